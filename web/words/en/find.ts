import { counted, inDigits } from '../formats.ts';
import { inLanguage } from '../words.ts';

/** Finding and replacing in the text, and going to a line. */
export const findWords = inLanguage('find', {
  find: 'Find',
  replace: 'Replace',
  replaceAll: 'Replace all',
  /** What a button opens, on a narrow screen. */
  more: 'Replace and options',
  next: 'Next',
  previous: 'Previous',
  matchCase: 'Match case',
  wholeWords: 'Whole words',
  close: 'Close',
  none: 'None',
  /** One of the places found is selected: "2 of 9". `all` may be "1,000+". */
  placeOf: (place: number, all: string): string => `${inDigits(place)} of ${all}`,
  /** As many as are counted, and more: "1,000+". */
  andMore: (count: number): string => `${inDigits(count)}+`,
  /** Read out. */
  currentMatch: 'current match',
  replacedOnLine: 'replaced on line $',
  replacedMany: 'replaced $',
  onLine: 'on line',
  goToLine: 'Go to line',
  lineNumber: 'Line number',
  ofLines: (count: number): string => counted(count, { one: 'of # line', other: 'of # lines' }),
  go: 'Go',
});
