/** How texts are searched, whatever kind of store it is: what counts as equal, and where something was found. */

/** Words of a query that count. */
const MOST_WORDS = 8;

/** Where words were found: `ranges` of UTF-16 units in `text`. */
export interface Match {
  readonly in: 'title' | 'text';
  readonly text: string;
  readonly ranges: readonly (readonly [from: number, to: number])[];
}

/** Letters of which most have accents; in other scripts a decomposed letter is another one. */
const ACCENTED = /[\u00c0-\u024f\u0386-\u03ce\u0400-\u045f\u1e00-\u1fff]/g;
const FULL_WIDTH = /[\uff01-\uff5e]/g;
const FULL_WIDTH_OFFSET = 0xfee0;

const bases = new Map<string, string>();

/**
 * A text without case, without accents and without full-width letters, unit by unit: it is as long as before, and what is at a place
 * stays there. Of the accents only those in one unit with their letter go; compose the text first.
 */
export function folded(text: string): string {
  // The capital İ is the one letter that is longer in lower case; a σ looks different at the end of a word.
  const lower = text.replaceAll('İ', 'I').toLowerCase().replaceAll('ς', 'σ');
  return lower
    .replace(ACCENTED, (letter) => baseOf(letter))
    .replace(FULL_WIDTH, (letter) => String.fromCharCode(letter.charCodeAt(0) - FULL_WIDTH_OFFSET).toLowerCase());
}

/** The words of a query, folded, the longest first; at most eight, which is more than anybody types. */
export function wordsOf(query: string): string[] {
  const words = folded(composed(query)).split(/\s+/u);
  return [...new Set(words.filter((word) => word !== ''))].sort((a, b) => b.length - a.length).slice(0, MOST_WORDS);
}

/** A text in which letters and their accents are one unit where Unicode has one, and that every store keeps as it is. */
export function composed(text: string): string {
  return text.replaceAll('\0', ' ').toWellFormed().normalize('NFC');
}

/** The title, if all words are in it. */
export function matchInTitle(title: string, words: readonly string[]): Match | undefined {
  const text = composed(title);
  const key = folded(text);
  return words.every((word) => key.includes(word)) ? { in: 'title', text, ranges: rangesOf(key, words) } : undefined;
}

/** Where any of the words is in a folded text, in order; what overlaps or touches is one range. */
export function rangesOf(key: string, words: readonly string[]): [number, number][] {
  const found: [number, number][] = [];
  for (const word of words) {
    for (let at = key.indexOf(word); at >= 0; at = key.indexOf(word, at + word.length))
      found.push([at, at + word.length]);
  }
  const ranges: [number, number][] = [];
  for (const [from, to] of found.sort(([a], [b]) => a - b)) {
    const last = ranges.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else ranges.push([from, to]);
  }
  return ranges;
}

function baseOf(letter: string): string {
  let base = bases.get(letter);
  if (base === undefined) {
    const parts = [...letter.normalize('NFD')];
    base = parts.length > 1 && parts.slice(1).every((part) => /\p{M}/u.test(part)) ? parts[0]! : letter;
    bases.set(letter, base);
  }
  return base;
}
