/*
 * The tokens in which two texts differ: Myers, "An O(ND) Difference Algorithm", 1986, with a bound on the work.
 */

/** Beyond this many differing tokens a stretch is replaced as a whole: the search costs the square of them. */
const MAX_DISTANCE = 1000;
/** V8 hashes longer strings, in UTF-16 units, by their length only: each is compared with every other of its length. */
const MAX_HASHED_UNITS = 16_383;
/** Comparing this many units costs about as much as one step of a search. */
const UNITS_PER_STEP = 64;
/** After this many steps or tokens, some milliseconds of work, a search in slices rests. */
export const STEPS_PER_SLICE = 65_536;
export const TOKENS_PER_SLICE = 8192;

/** How much work is left to one difference. */
export interface Effort {
  steps: number;
}

/** Work that rests between its slices. */
export type InSlices<Result> = Generator<undefined, Result, undefined>;

/** Tokens `[oldFrom, oldTo)` were replaced by `[newFrom, newTo)`. */
export interface Hunk {
  readonly oldFrom: number;
  readonly oldTo: number;
  readonly newFrom: number;
  readonly newTo: number;
}

/** Myers' greedy search; undefined if the lists differ in more than MAX_DISTANCE tokens, or the effort is spent. */
export function* compareTokens(
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

/** A number for each token, the same for equal ones, so that a search compares numbers and reads a long line only once. */
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
    if (index % TOKENS_PER_SLICE === TOKENS_PER_SLICE - 1) yield;
  }
  return row;
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
