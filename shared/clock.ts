/** Time in milliseconds, and timers. Always passed in, so that tests control it. */
export interface Clock {
  /**
   * Milliseconds since 1970 by the machine's time, which may be wrong and may be set forwards or back at any moment. For timestamps
   * only.
   */
  now(): number;
  /** Milliseconds since some moment of this process. Never goes back or jumps: for intervals, rates and due times. */
  monotonic(): number;
  /** Calls back once after `delay` milliseconds, however many; returns the function that cancels it. */
  after(delay: number, callback: () => void): () => void;
}

/**
 * A clock without the machine's time. Code that measures intervals asks only for this, so that setting the machine's time cannot
 * change them.
 */
export type Stopwatch = Pick<Clock, 'monotonic' | 'after'>;

/** Milliseconds of the longest timer of JavaScript engines; longer ones fire at once. */
export const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * Makes `after` from timers that take no delay above LONGEST_TIMER: a longer delay is split into several timers. `start` sets a
 * timer and returns the function that cancels it.
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
