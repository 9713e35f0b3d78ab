import { EditBuilder, type Edit } from './edit.ts';

/** Beyond this many differing tokens a stretch is replaced as a whole: the search costs the square of them. */
const MAX_DISTANCE = 1000;
/** Stretches above so many units are not compared by words, or not by letters: taking them apart costs time as well. */
const MAX_WORDS_UNITS = 200_000;
const MAX_LETTERS_UNITS = 20_000;
/** Steps that all searches of one difference may take together, below 0.1 s; what is left then is replaced as a whole. */
const MAX_STEPS = 3_000_000;

/** Tokens `[oldFrom, oldTo)` were replaced by `[newFrom, newTo)`. */
interface Hunk {
  readonly oldFrom: number;
  readonly oldTo: number;
  readonly newFrom: number;
  readonly newTo: number;
}

/**
 * A small edit that turns one text into another, so that carets and unsent edits survive when a text is replaced as a whole.
 * Compared by lines, by words within changed lines, and by letters within changed words, which are whole sentences where a script has no
 * spaces (Myers, "An O(ND) Difference Algorithm", 1986, with a bound).
 * Surrogate pairs are never split when both texts are well-formed; letters with marks and joined emoji change as a whole.
 */
export function difference(before: string, after: string): Edit {
  const builder = new EditBuilder();
  appendDifference(builder, before, after, STAGES, { steps: MAX_STEPS });
  return builder.finish();
}

/** Takes texts apart, where both together have at most so many units. */
interface Stage {
  readonly split: (text: string) => string[];
  readonly longest: number;
}

const STAGES: readonly Stage[] = [
  { split: splitLines, longest: Infinity },
  { split: splitWords, longest: MAX_WORDS_UNITS },
  { split: splitLetters, longest: MAX_LETTERS_UNITS },
];

/** What belongs to the sign before it: marks, tones of skin, joiners, and the tags of flags. */
const EXTENDER = /[\p{M}\p{EMod}\u200D\u{E0020}-\u{E007F}]/u;
const LETTER = /(?:\p{RI}\p{RI}|[^])(?:[\p{M}\p{EMod}\u{E0020}-\u{E007F}]|\u200D[^]?)*/gu;
const WORD = new RegExp(`[\\p{L}\\p{N}\\p{M}_]+|\\s+|${LETTER.source}`, 'gu');

/** What is left of the work that may be spent. */
interface Effort {
  steps: number;
}

function splitLines(text: string): string[] {
  const lines: string[] = [];
  let from = 0;
  while (from < text.length) {
    const end = text.indexOf('\n', from);
    const to = end === -1 ? text.length : end + 1;
    lines.push(text.slice(from, to));
    from = to;
  }
  return lines;
}

function splitWords(text: string): string[] {
  return text.match(WORD) ?? [];
}

function splitLetters(text: string): string[] {
  return text.match(LETTER) ?? [];
}

/** Appends the difference of two texts by the first stage, and of what differs then by the remaining ones. */
function appendDifference(
  builder: EditBuilder,
  before: string,
  after: string,
  stages: readonly Stage[],
  effort: Effort,
): void {
  const { prefix, suffix } = commonEnds(before, after);
  const oldText = before.slice(prefix, before.length - suffix);
  const newText = after.slice(prefix, after.length - suffix);
  builder.retain(prefix);
  const [stage, ...finer] = stages;
  const refine =
    oldText !== '' &&
    newText !== '' &&
    stage !== undefined &&
    effort.steps > 0 &&
    oldText.length + newText.length <= stage.longest;
  const oldTokens = refine ? stage.split(oldText) : [];
  const newTokens = refine ? stage.split(newText) : [];
  const hunks = refine ? compareTokens(oldTokens, newTokens, effort) : undefined;
  if (hunks === undefined) {
    builder.insert(newText);
    builder.delete(oldText.length);
  } else {
    let read = 0;
    for (const hunk of hunks) {
      builder.retain(lengthOf(oldTokens, read, hunk.oldFrom));
      const oldPart = oldTokens.slice(hunk.oldFrom, hunk.oldTo).join('');
      const newPart = newTokens.slice(hunk.newFrom, hunk.newTo).join('');
      appendDifference(builder, oldPart, newPart, finer, effort);
      read = hunk.oldTo;
    }
    builder.retain(lengthOf(oldTokens, read, oldTokens.length));
  }
  builder.retain(suffix);
}

function lengthOf(tokens: readonly string[], from: number, to: number): number {
  let length = 0;
  for (let index = from; index < to; index += 1) length += tokens[index]!.length;
  return length;
}

/** How many units two texts share at their ends, without splitting a letter and without overlapping. */
function commonEnds(a: string, b: string): { prefix: number; suffix: number } {
  const limit = Math.min(a.length, b.length);
  let prefix = 0;
  while (prefix < limit && a.charCodeAt(prefix) === b.charCodeAt(prefix)) prefix += 1;
  while (prefix > 0 && (splitsLetter(a, prefix) || splitsLetter(b, prefix))) prefix -= 1;
  let suffix = 0;
  while (suffix < limit - prefix && a.charCodeAt(a.length - 1 - suffix) === b.charCodeAt(b.length - 1 - suffix))
    suffix += 1;
  while (suffix > 0 && (splitsLetter(a, a.length - suffix) || splitsLetter(b, b.length - suffix))) suffix -= 1;
  return { prefix, suffix };
}

/** True between the halves of a pair, before an extender and behind a joiner. */
function splitsLetter(text: string, position: number): boolean {
  if (position <= 0 || position >= text.length) return false;
  if ((text.charCodeAt(position) & 0xfc00) === 0xdc00 && (text.charCodeAt(position - 1) & 0xfc00) === 0xd800)
    return true;
  return text.charCodeAt(position - 1) === 0x200d || EXTENDER.test(String.fromCodePoint(text.codePointAt(position)!));
}

/** Myers' greedy search; nothing where the lists differ in more than MAX_DISTANCE tokens, or the effort is spent. */
function compareTokens(a: readonly string[], b: readonly string[], effort: Effort): Hunk[] | undefined {
  const furthest = new Int32Array(2 * MAX_DISTANCE + 3);
  const middle = MAX_DISTANCE + 1;
  const trace: Int32Array[] = [];
  for (let distance = 0; distance <= Math.min(MAX_DISTANCE, a.length + b.length); distance += 1) {
    effort.steps -= distance + 1;
    if (effort.steps < 0) return undefined;
    trace.push(furthest.slice(middle - distance, middle + distance + 1));
    for (let diagonal = -distance; diagonal <= distance; diagonal += 2) {
      const down = goesDown(diagonal, distance, (k) => furthest[middle + k]!);
      let x = down ? furthest[middle + diagonal + 1]! : furthest[middle + diagonal - 1]! + 1;
      const from = x;
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x += 1;
      effort.steps -= x - from;
      furthest[middle + diagonal] = x;
      if (x >= a.length && x - diagonal >= b.length) return traceBack(trace, a.length, b.length);
    }
  }
  return undefined;
}

function goesDown(diagonal: number, distance: number, furthest: (diagonal: number) => number): boolean {
  return diagonal === -distance || (diagonal !== distance && furthest(diagonal - 1) < furthest(diagonal + 1));
}

/** Walks the recorded search backwards and joins its single steps to hunks. */
function traceBack(trace: readonly Int32Array[], oldLength: number, newLength: number): Hunk[] {
  const hunks: Hunk[] = [];
  let x = oldLength;
  let y = newLength;
  for (let distance = trace.length - 1; distance > 0; distance -= 1) {
    const row = trace[distance]!;
    const at = (diagonal: number): number => row[diagonal + distance]!;
    const down = goesDown(x - y, distance, at);
    const diagonal = down ? x - y + 1 : x - y - 1;
    const fromX = at(diagonal);
    const fromY = fromX - diagonal;
    const toX = down ? fromX : fromX + 1;
    const toY = down ? fromY + 1 : fromY;
    const next = hunks.at(-1);
    if (next !== undefined && next.oldFrom === toX && next.newFrom === toY) {
      hunks[hunks.length - 1] = { ...next, oldFrom: fromX, newFrom: fromY };
    } else {
      hunks.push({ oldFrom: fromX, oldTo: toX, newFrom: fromY, newTo: toY });
    }
    x = fromX;
    y = fromY;
  }
  return hunks.reverse();
}
