import { vi } from 'vitest';

/** Milliseconds; a busy machine is slow, and only a failing test waits as long. */
const PATIENCE = 15_000;

/** Resolves with what a check returns once it throws no more. */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: PATIENCE, interval: 10 });
}
