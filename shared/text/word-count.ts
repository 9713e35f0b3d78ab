import type { TextSource } from './edit.ts';

export interface TextCount {
  readonly words: number;
  /** As people see them: a letter with its marks, or an emoji of several, is one. Line breaks do not count. */
  readonly characters: number;
}

/** Up to this many UTF-16 units, words are found by the language's own rules; beyond, by a pattern. */
const SEGMENTED = 50_000;
/** UTF-16 units of one step. */
const STEP = 16_000;

/** Letters and digits that belong together; scripts without spaces count by character, as word processors do. */
const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{N}])(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{N}\p{M}]|['’_.,](?=[\p{L}\p{N}]))*/gu;

const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Counts a text at once. */
export function countText(text: TextSource): TextCount {
  let count: TextCount = { words: 0, characters: 0 };
  for (const next of countInSteps(text)) count = next;
  return count;
}

/** Counts a text in steps, so that a large one never stalls the page; each step yields what was counted up to there. */
export function* countInSteps(text: TextSource): Generator<TextCount> {
  const countWords = text.length <= SEGMENTED ? countSegments : countMatches;
  let words = 0;
  let characters = 0;
  for (let from = 0; from < text.length;) {
    const piece = cutAtSpace(text.slice(from, from + STEP), from + STEP >= text.length);
    words += countWords(piece);
    characters += countCharacters(piece);
    from += piece.length;
    yield { words, characters };
  }
}

function cutAtSpace(piece: string, isLast: boolean): string {
  if (isLast) return piece;
  const unit = piece.charCodeAt(piece.length - 1);
  const known = unit >= 0xd800 && unit <= 0xdbff ? piece.slice(0, -1) : piece;
  const space = Math.max(known.lastIndexOf(' '), known.lastIndexOf('\n'));
  const wanted = space > 0 ? Math.min(space + 1, known.length - 1) : known.length - 1;
  // What may go on behind the piece, an emoji of several or a mark on a space, belongs into the next one.
  const end = letters.segment(known).containing(wanted)?.index ?? 0;
  return end > 0 ? known.slice(0, end) : known;
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

function countSegments(text: string): number {
  let words = 0;
  for (const segment of segmenter.segment(text)) {
    if (segment.isWordLike === true) words += 1;
  }
  return words;
}

function countMatches(text: string): number {
  return text.match(WORD)?.length ?? 0;
}

function countCharacters(text: string): number {
  const lines = text.split('\n');
  // Looking for the limits of letters takes many times longer; in ASCII every unit is one.
  if (/^\p{ASCII}*$/u.test(text)) return text.length - (lines.length - 1);
  let count = 0;
  for (const line of lines) for (const _ of letters.segment(line)) count += 1;
  return count;
}
