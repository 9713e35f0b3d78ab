import { EditBuilder, type Edit } from './edit.ts';

/** Beyond this many differing tokens a stretch is replaced as a whole: the search costs the square of them. */
const MAX_DISTANCE = 1000;
/** Stretches above so many units are not compared by words, or not by letters: taking them apart costs time as well. */
const MAX_WORDS_UNITS = 200_000;
const MAX_LETTERS_UNITS = 20_000;
/** Letters above so many units (marks without end) may be cut between two marks: to look for their ends would take time. */
const MAX_LETTER_UNITS = 64;
/** V8 hashes strings above so many units by their length only: each is compared with every other of its length. */
const MAX_HASHED_UNITS = 16_383;
/** Comparing so many units costs about what one step of a search costs. */
const UNITS_PER_STEP = 64;
/** Taking a line off and numbering it costs about what so many steps of a search cost. */
const STEPS_PER_LINE = 4;
/** Steps of a search, units that are compared, and lines, after which a difference that is made in slices may rest: some milliseconds. */
const STEPS_PER_SLICE = 65_536;
const UNITS_PER_SLICE = 262_144;
const LINES_PER_SLICE = 8192;

/**
 * Steps that one difference may take in all its stages together: tokens taken apart, edits tried, tokens compared. About 50 ms on a
 * quiet core, whatever the texts; what is left then is replaced as a whole.
 */
export const MAX_STEPS = 1_000_000;

/** What is left of the work that one difference may do. */
export interface Effort {
  steps: number;
}

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
export function difference(before: string, after: string, effort: Effort = { steps: MAX_STEPS }): Edit {
  const slices = differenceSlices(before, after, effort);
  for (;;) {
    const slice = slices.next();
    if (slice.done === true) return slice.value;
  }
}

/** The same in slices of a few milliseconds, between which the caller may serve others. */
export function* differenceSlices(
  before: string,
  after: string,
  effort: Effort = { steps: MAX_STEPS },
): InSlices<Edit> {
  const builder = new EditBuilder();
  yield* appendDifference(builder, before, after, STAGES, effort);
  return builder.finish();
}

/** Work that rests between its slices. */
type InSlices<Result> = Generator<undefined, Result, undefined>;

/** Takes texts apart, where both together have at most so many units; nothing where the effort does not suffice. */
interface Stage {
  readonly split: (text: string, effort: Effort) => InSlices<string[] | undefined>;
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

function* splitLines(text: string, effort: Effort): InSlices<string[] | undefined> {
  const lines: string[] = [];
  let from = 0;
  while (from < text.length) {
    if (effort.steps < STEPS_PER_LINE) return undefined;
    effort.steps -= STEPS_PER_LINE;
    const end = text.indexOf('\n', from);
    const to = end === -1 ? text.length : end + 1;
    lines.push(text.slice(from, to));
    from = to;
    if (lines.length % LINES_PER_SLICE === 0) yield;
  }
  return lines;
}

// Words and letters are taken apart in stretches that are short enough for one slice.

function* splitWords(text: string, effort: Effort): InSlices<string[] | undefined> {
  yield;
  return splitBy(WORD, text, effort);
}

function* splitLetters(text: string, effort: Effort): InSlices<string[] | undefined> {
  return splitBy(LETTER, text, effort);
}

function splitBy(token: RegExp, text: string, effort: Effort): string[] | undefined {
  if (effort.steps < text.length) return undefined;
  effort.steps -= text.length;
  return text.match(token) ?? [];
}

/** Appends the difference of two texts by the first stage, and of what differs then by the remaining ones. */
function* appendDifference(
  builder: EditBuilder,
  before: string,
  after: string,
  stages: readonly Stage[],
  effort: Effort,
): InSlices<void> {
  const { prefix, suffix } = yield* commonEnds(before, after);
  const oldText = before.slice(prefix, before.length - suffix);
  const newText = after.slice(prefix, after.length - suffix);
  builder.retain(prefix);
  const [stage, ...finer] = stages;
  const mayRefine = oldText !== '' && newText !== '' && stage !== undefined;
  const refine = mayRefine && oldText.length + newText.length <= stage.longest;
  const oldTokens = refine ? yield* stage.split(oldText, effort) : undefined;
  const newTokens = refine ? yield* stage.split(newText, effort) : undefined;
  const hunks = oldTokens && newTokens && (yield* compareTokens(oldTokens, newTokens, effort));
  if (hunks === undefined) {
    builder.insert(newText);
    builder.delete(oldText.length);
  } else {
    const oldStarts = startsOf(oldTokens!);
    const newStarts = startsOf(newTokens!);
    let read = 0;
    let rested = effort.steps;
    for (const hunk of hunks) {
      const oldFrom = oldStarts[hunk.oldFrom]!;
      const oldTo = oldStarts[hunk.oldTo]!;
      builder.retain(oldFrom - read);
      const newPart = newText.slice(newStarts[hunk.newFrom], newStarts[hunk.newTo]);
      yield* appendDifference(builder, oldText.slice(oldFrom, oldTo), newPart, finer, effort);
      read = oldTo;
      if (rested - effort.steps < STEPS_PER_SLICE) continue;
      rested = effort.steps;
      yield;
    }
    builder.retain(oldText.length - read);
  }
  builder.retain(suffix);
}

/** Where each token starts, in units, and where the last one ends. */
function startsOf(tokens: readonly string[]): Uint32Array {
  const starts = new Uint32Array(tokens.length + 1);
  for (let index = 0; index < tokens.length; index += 1) starts[index + 1] = starts[index]! + tokens[index]!.length;
  return starts;
}

/** How many units two texts share at their ends, without splitting a letter and without overlapping. */
function* commonEnds(a: string, b: string): InSlices<{ prefix: number; suffix: number }> {
  const limit = Math.min(a.length, b.length);
  let prefix = 0;
  for (let end = 0; prefix === end && end < limit;) {
    if (end > 0) yield;
    end = Math.min(limit, end + UNITS_PER_SLICE);
    while (prefix < end && a.charCodeAt(prefix) === b.charCodeAt(prefix)) prefix += 1;
  }
  prefix = lastWhole(prefix, (length, isNear) => splits(a, length, isNear) || splits(b, length, isNear));
  let suffix = 0;
  for (let end = 0; suffix === end && end < limit - prefix;) {
    if (end > 0) yield;
    end = Math.min(limit - prefix, end + UNITS_PER_SLICE);
    while (suffix < end && a.charCodeAt(a.length - 1 - suffix) === b.charCodeAt(b.length - 1 - suffix)) suffix += 1;
  }
  suffix = lastWhole(
    suffix,
    (length, isNear) => splits(a, a.length - length, isNear) || splits(b, b.length - length, isNear),
  );
  return { prefix, suffix };
}

/** The greatest length up to this one that splits no letter, or, within a letter of too many units, no pair. */
function lastWhole(length: number, splitsAt: (length: number, isNear: boolean) => boolean): number {
  const least = length - MAX_LETTER_UNITS;
  let whole = length;
  while (whole > 0 && splitsAt(whole, whole > least)) whole -= 1;
  return whole;
}

/** True between the halves of a pair and, where letters are asked for as well, before an extender and behind a joiner. */
function splits(text: string, position: number, letters: boolean): boolean {
  if (position <= 0 || position >= text.length) return false;
  if ((text.charCodeAt(position) & 0xfc00) === 0xdc00 && (text.charCodeAt(position - 1) & 0xfc00) === 0xd800)
    return true;
  if (!letters) return false;
  return text.charCodeAt(position - 1) === 0x200d || EXTENDER.test(String.fromCodePoint(text.codePointAt(position)!));
}

/** A number for each token, the same for equal ones: a long line is looked at once, not at each step of a search. */
function* numbered(tokens: readonly string[], numbers: Map<string, number>, effort: Effort): InSlices<Int32Array> {
  const row = new Int32Array(tokens.length);
  let unhashed = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.length > MAX_HASHED_UNITS) {
      effort.steps = Math.max(0, effort.steps - Math.ceil((unhashed * token.length) / UNITS_PER_STEP));
      unhashed += 1;
    }
    if (effort.steps === 0) break;
    const number = numbers.get(token) ?? numbers.size;
    numbers.set(token, number);
    row[index] = number;
    if (index % LINES_PER_SLICE === LINES_PER_SLICE - 1) yield;
  }
  return row;
}

/** Myers' greedy search; nothing where the lists differ in more than MAX_DISTANCE tokens, or the effort is spent. */
function* compareTokens(
  oldTokens: readonly string[],
  newTokens: readonly string[],
  effort: Effort,
): InSlices<Hunk[] | undefined> {
  const numbers = new Map<string, number>();
  const a = yield* numbered(oldTokens, numbers, effort);
  const b = yield* numbered(newTokens, numbers, effort);
  let rested = effort.steps;
  const furthest = new Int32Array(2 * MAX_DISTANCE + 3);
  const middle = MAX_DISTANCE + 1;
  const trace: Int32Array[] = [];
  for (let distance = 0; distance <= Math.min(MAX_DISTANCE, a.length + b.length); distance += 1) {
    if (effort.steps < distance + 1) return undefined;
    effort.steps -= distance + 1;
    trace.push(furthest.slice(middle - distance, middle + distance + 1));
    for (let diagonal = -distance; diagonal <= distance; diagonal += 2) {
      const down = goesDown(diagonal, distance, (k) => furthest[middle + k]!);
      let x = down ? furthest[middle + diagonal + 1]! : furthest[middle + diagonal - 1]! + 1;
      const from = x;
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x += 1;
      effort.steps = Math.max(0, effort.steps - (x - from));
      furthest[middle + diagonal] = x;
      if (x >= a.length && x - diagonal >= b.length) return traceBack(trace, a.length, b.length);
    }
    if (rested - effort.steps < STEPS_PER_SLICE) continue;
    rested = effort.steps;
    yield;
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
