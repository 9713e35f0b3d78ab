import { counted } from '../formats.ts';
import { inLanguage } from '../words.ts';

/** How much is written. */
export const countWords = inLanguage('counts', {
  words: (count: number): string => counted(count, { one: '# word', other: '# words' }),
  characters: (count: number): string => counted(count, { one: '# character', other: '# characters' }),
  /** A selection: both are counts with their words but the first, which is a bare number. */
  someOf: (some: string, all: string): string => `${some} of ${all}`,
});
