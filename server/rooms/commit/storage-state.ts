/** Pauses between attempts to commit, in milliseconds; they double from the first to the last. */
const RETRY_FIRST = 50;
export const RETRY_LAST = 1000;

interface Failing {
  readonly kind: 'failing';
  /** Commits fail since then. Monotonic milliseconds. */
  readonly since: number;
  /** Milliseconds to the next attempt. */
  readonly pause: number;
}

/** How the commits of a room go. */
export type StorageState =
  | { readonly kind: 'healthy' }
  /** They are retried, and nothing is refused yet. */
  | Failing
  /** Submissions are refused until a probe succeeds. */
  | { readonly kind: 'unavailable' };

/** The state after one more failure, at a time in monotonic milliseconds. */
export function failedAgain(state: StorageState, now: number): Failing {
  if (state.kind !== 'failing') return { kind: 'failing', since: now, pause: RETRY_FIRST };
  return { ...state, pause: Math.min(state.pause * 2, RETRY_LAST) };
}
