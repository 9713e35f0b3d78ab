import { counted, inDigits } from '../formats.ts';
import { inLanguage } from '../words.ts';

/** By their names in shared/person-colors.ts. */
const COLOURS: Readonly<Record<string, string>> = {
  ...{ Madder: 'Madder', Rust: 'Rust', Ochre: 'Ochre', Olive: 'Olive', Moss: 'Moss', Pine: 'Pine' },
  ...{ Teal: 'Teal', Lagoon: 'Lagoon', Woad: 'Woad', Iris: 'Iris', Plum: 'Plum', Cochineal: 'Cochineal' },
};

/** Who is here, and where. Names come isolated, where their direction could turn a sentence. */
export const peopleWords = inLanguage('people', {
  peopleHere: (count: number): string => counted(count, { one: '# person here', other: '# people here' }),
  /** In the bar, behind the discs. */
  andMore: (count: number): string => `+${inDigits(count)}`,
  showAll: (count: number): string =>
    counted(count, { one: '# more person. Show everybody', other: '# more people. Show everybody' }),
  untold: (count: number): string => counted(count, { one: 'And # more who reads', other: 'And # more who read' }),
  you: 'You',
  youAre: (name: string): string => `You are ${name}`,
  inTabs: (count: number): string => counted(count, { one: 'in # tab', other: 'in # tabs' }),
  changeSelf: 'Change name or colour',
  idle: 'idle',
  above: 'above',
  below: 'below',
  here: 'on your screen',
  follow: 'Follow',
  followOne: (name: string): string => `Follow ${name}`,
  stop: 'Stop',
  stopFollowing: 'Stop following',
  following: 'Following',
  /** Of somebody who is followed and has no caret. */
  notInText: 'Not in the text yet',
  goThere: 'Go there',
  goTo: (name: string): string => `Go to ${name}`,
  onlyYou: 'Only you are here. Share the document to write together.',

  howOthersSeeYou: 'How others see you',
  name: 'Name',
  colour: 'Colour',
  colours: COLOURS,
  /** Begins a sentence that ends with what went wrong. */
  nameProblem: (problem: string): string => `The name ${problem}`,
  colourProblem: (problem: string): string => `The colour ${problem}`,
  nowCalled: (name: string): string => `You are now ${name}.`,

  viewerWhy: 'You are a viewer: you can see what others write, but not change it.',
  commenterWhy: 'You are a commenter: you can see what others write, but not change it.',
  linkWhy: 'Anyone with the link can read this document, but not change it.',
  nowViewer: 'Your role has changed: you are now a viewer and can no longer change the text.',
  nowCommenter: 'Your role has changed: you are now a commenter and can no longer change the text.',
  anOwner: 'its owner',
  askFor: (owners: string): string => `Ask ${owners} to let you write, or go on in your own copy.`,
  readOnly: 'Read-only',
  ownCopy: 'Make my own copy',
  copyNotMade: (why: string): string => `The copy was not made. ${why}`,
});
