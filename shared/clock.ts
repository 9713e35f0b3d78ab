/** Time in milliseconds, and timers. Passed in wherever time matters, so that tests own it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls back once after `delay` milliseconds; returns the function that cancels it. */
  after(delay: number, callback: () => void): () => void;
}
