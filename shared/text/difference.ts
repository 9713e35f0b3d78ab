import { compareTokens, STEPS_PER_SLICE, TOKENS_PER_SLICE, type Effort, type InSlices } from './compare-tokens.ts';
import { EditBuilder, type Edit } from './edit.ts';

/** Longer stretches, in UTF-16 units, are not compared by words, or not by letters: taking them apart costs time as well. */
const MAX_WORDS_UNITS = 200_000;
const MAX_LETTERS_UNITS = 20_000;
/** A longer letter, in units, has endless marks and may be cut between two of them: looking for its end would take time. */
const MAX_LETTER_UNITS = 64;
/** Cutting off one line and numbering it costs about as much as this many steps of a search. */
const STEPS_PER_LINE = 4;
/** After comparing this many units, some milliseconds of work, a difference in slices rests. */
const UNITS_PER_SLICE = 262_144;

/**
 * Steps that all stages of one difference may take together: tokens cut, edits tried, tokens compared. About 50 ms on a quiet
 * core, whatever the texts. What differs in the rest is replaced as a whole.
 */
export const MAX_STEPS = 1_000_000;

/**
 * A small edit that turns one text into another, so that carets and unsent edits survive when a text is replaced as a whole.
 * The texts are compared by lines, changed lines by words, and changed words by letters; in a script without spaces a word is a
 * whole sentence.
 * Surrogate pairs are never split when both texts are well-formed; letters with marks and joined emoji change as a whole.
 */
export function difference(before: string, after: string, effort: Effort = { steps: MAX_STEPS }): Edit {
  const slices = differenceSlices(before, after, effort);
  for (;;) {
    const slice = slices.next();
    if (slice.done === true) return slice.value;
  }
}

/** `difference` in slices of a few milliseconds, between which the caller may serve others. */
export function* differenceSlices(
  before: string,
  after: string,
  effort: Effort = { steps: MAX_STEPS },
): InSlices<Edit> {
  const builder = new EditBuilder();
  yield* appendDifference(builder, before, after, STAGES, effort);
  return builder.finish();
}

/** Cuts texts into tokens, if both together have at most `longest` units; undefined if the effort does not suffice. */
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
    if (lines.length % TOKENS_PER_SLICE === 0) yield;
  }
  return lines;
}

// Words and letters are cut in stretches that are short enough for one slice.

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

/** The greatest length up to this one that splits no letter or, within a letter above MAX_LETTER_UNITS, no surrogate pair. */
function lastWhole(length: number, splitsAt: (length: number, isNear: boolean) => boolean): number {
  const least = length - MAX_LETTER_UNITS;
  let whole = length;
  while (whole > 0 && splitsAt(whole, whole > least)) whole -= 1;
  return whole;
}

/** True between the halves of a surrogate pair and, with `letters`, also before an extender and behind a joiner. */
function splits(text: string, position: number, letters: boolean): boolean {
  if (position <= 0 || position >= text.length) return false;
  if ((text.charCodeAt(position) & 0xfc00) === 0xdc00 && (text.charCodeAt(position - 1) & 0xfc00) === 0xd800)
    return true;
  if (!letters) return false;
  return text.charCodeAt(position - 1) === 0x200d || EXTENDER.test(String.fromCodePoint(text.codePointAt(position)!));
}
