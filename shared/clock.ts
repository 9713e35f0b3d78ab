/** Time in milliseconds, and timers. Passed in wherever time matters, so that tests own it. */
export interface Clock {
  /**
   * Milliseconds since 1970, as the machine tells them. For stamps that somebody reads; the machine's time may be wrong, and
   * be set forwards or back at any moment.
   */
  now(): number;
  /** Milliseconds since some moment of this process. Never goes back and never jumps: for intervals, rates and due times. */
  monotonic(): number;
  /** Calls back once after `delay` milliseconds, of any length; returns the function that cancels it. */
  after(delay: number, callback: () => void): () => void;
}

/**
 * A clock without the machine's time. Whoever measures intervals asks for no more than this, so that a machine whose time is set
 * cannot stretch or cut them.
 */
export type Stopwatch = Pick<Clock, 'monotonic' | 'after'>;

/** Milliseconds of the longest timer that engines know; longer ones fire at once. */
export const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * Makes `after` of timers that know no delay above LONGEST_TIMER: a longer one is waited for in pieces. `start` sets a timer and
 * returns the function that cancels it.
 */
export function afterInPieces(start: (delay: number, callback: () => void) => () => void): Clock['after'] {
  return (delay, callback) => {
    let cancel: () => void;
    const wait = (left: number): void => {
      const piece = Math.min(left, LONGEST_TIMER);
      cancel = start(piece, () => (left > piece ? wait(left - piece) : callback()));
    };
    wait(Math.max(0, delay));
    return () => cancel();
  };
}

/** The value of a promise, or undefined if it is rejected or takes longer than `delay` milliseconds. */
export function within<T>(clock: Stopwatch, delay: number, promise: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve) => {
    const cancel = clock.after(delay, () => resolve(undefined));
    const finish = (value: T | undefined): void => {
      cancel();
      resolve(value);
    };
    promise.then(finish, () => finish(undefined));
  });
}
