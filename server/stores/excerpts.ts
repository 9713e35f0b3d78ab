import { saidIn } from '../../shared/text/opening.ts';
import { folded, rangesOf, type Match } from './search-words.ts';

/** UTF-16 units of an excerpt, and of what stands in it before the first word that was found: two lines of a phone show both. */
const EXCERPT = 160;
const BEFORE = 24;
/** Units of a line that are read before and behind a word. */
const AROUND = 500;
/** Lines behind the one with the word that may go on with it. */
const FURTHER_LINES = 12;
/** Places that are looked at for one whose word can still be seen without the marks of Markdown. */
const MOST_PLACES = 16;

/**
 * What stands around the first of the words that a composed text has, without the marks of Markdown; undefined if it has none of them.
 * Where a word stands only in marks, or across them, they are shown: they are what was looked for.
 */
export function matchInText(text: string, words: readonly string[]): Match | undefined {
  const key = folded(text);
  const first = firstOf(key, words, 0);
  if (first === undefined) return undefined;
  let at: number | undefined = first;
  for (let places = 0; at !== undefined && places < MOST_PLACES; places += 1) {
    const { from, to } = lineAround(text, at);
    const line = saidIn([text.slice(from, to)]);
    const place = firstOf(folded(line), words, 0);
    if (place !== undefined) {
      const further = saidIn(linesFrom(text, to));
      return excerpt(further === '' ? line : `${line} ${further}`, place, words);
    }
    at = firstOf(key, words, Math.max(to, at + 1));
  }
  const { from, to } = lineAround(text, first);
  return excerpt(text.slice(from, to).replace(/[\s\p{Cc}]/gu, ' '), first - from, words);
}

/** A piece of a line around the word at `place`. */
function excerpt(line: string, place: number, words: readonly string[]): Match {
  const from = place <= BEFORE ? 0 : startOfWord(line, place - BEFORE, place);
  const before = from > 0 ? '…' : '';
  const room = EXCERPT - before.length;
  const to = line.length - from <= room ? line.length : evenPlace(line, from + room - 1);
  const after = to < line.length ? '…' : '';
  const shown = line.slice(from, to);
  const ranges = rangesOf(folded(shown), words).map(
    ([start, end]) => [start + before.length, end + before.length] as const,
  );
  return { in: 'text', text: `${before}${shown}${after}`, ranges };
}

/** Where the first of the words is in a folded text, from a place on. */
function firstOf(key: string, words: readonly string[], from: number): number | undefined {
  const places = words.map((word) => key.indexOf(word, from)).filter((place) => place >= 0);
  return places.length === 0 ? undefined : Math.min(...places);
}

/** The line with a place, as far as it is read: marks that stand in pairs are mostly whole in it. */
function lineAround(text: string, at: number): { from: number; to: number } {
  const begins = text.lastIndexOf('\n', at - 1) + 1;
  const ends = text.indexOf('\n', at);
  const from = at - begins <= AROUND ? begins : startOfWord(text, at - AROUND, at);
  return { from, to: evenPlace(text, Math.min(ends < 0 ? text.length : ends, at + AROUND)) };
}

/** The lines behind one that ends at a place; none if that is not its end. */
function linesFrom(text: string, end: number): string[] {
  if (text[end] !== '\n') return [];
  return text.slice(end + 1, evenPlace(text, end + 2 * EXCERPT)).split('\n', FURTHER_LINES);
}

/** Where the first word after `from` begins, at `latest` at the latest, never inside a pair. */
function startOfWord(text: string, from: number, latest: number): number {
  const space = text.slice(from, latest).search(/\s\S/u);
  return space >= 0 ? from + space + 1 : evenPlace(text, from);
}

/** A place in a text, or the one before if it would split a pair. */
export function evenPlace(text: string, place: number): number {
  return /[\udc00-\udfff]/.test(text.charAt(place)) ? place - 1 : place;
}
