import type { Stopwatch } from './clock.ts';

/** What a promise brings, or nothing where it is rejected or takes longer than `delay` milliseconds. */
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
