import type { Random } from '../transport/transport.ts';

/** The bound of the first wait, in milliseconds; every further failure doubles it. */
const FIRST_BOUND = 500;
/** No wait is longer. */
const LONGEST_WAIT = 30_000;

/**
 * How long to wait before an attempt, in milliseconds, after `failures` failures in a row (from 0). Full jitter: anything between
 * nothing and the bound, so that many clients that were cut at once come back spread out.
 */
export function reconnectDelay(failures: number, random: Random): number {
  return random() * Math.min(LONGEST_WAIT, FIRST_BOUND * 2 ** Math.min(failures, 16));
}

/**
 * Failures that a close code counts for at least: a server that restarts or is overloaded must not be met by everybody within
 * half a second.
 */
export function failuresOf(closeCode: number): number {
  if (closeCode === 1012) return 2;
  return closeCode === 1013 || closeCode === 4429 ? 4 : 0;
}
