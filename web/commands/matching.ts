import { lettersOf } from './letters-of.ts';

/**
 * How well a name fits what was typed; 0 if it does not. Every typed word must be in it, in any order: best as the beginning of a
 * word, then within one, then as letters that follow each other with gaps. `also`: other words for the same, which count less.
 */
export function fitOf(typed: string, name: string, also = ''): number {
  const wanted = wordsOf(typed);
  const fits = wanted.map((word) => Math.max(fitOfWord(word, wordsOf(name)), fitOfWord(word, wordsOf(also)) / 2));
  return fits.includes(0) ? 0 : fits.reduce((sum, fit) => sum + fit, 0) / Math.max(1, fits.length);
}

function wordsOf(text: string): string[] {
  return lettersOf(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

function fitOfWord(word: string, words: readonly string[]): number {
  if (words[0]?.startsWith(word)) return 8;
  if (words.some((one) => one.startsWith(word))) return 6;
  if (words.some((one) => one.includes(word))) return 4;
  // The first letter begins a word, or nearly everything would fit.
  return words.some((_, index) => isAmong(word, words.slice(index).join(''))) ? 2 : 0;
}

/** Whether the letters of a word stand in a text in their order; the first one at its beginning. */
function isAmong(word: string, text: string): boolean {
  let at = -1;
  return [...word].every((letter, index) => {
    at = text.indexOf(letter, at + 1);
    return index === 0 ? at === 0 : at >= 0;
  });
}
