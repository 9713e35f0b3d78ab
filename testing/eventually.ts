import { vi } from 'vitest';

/** Milliseconds. Generous, because a busy machine is slow; only a failing test waits that long. */
const PATIENCE = 15_000;

/** Repeats `check` until it does not throw, and resolves with what it returns. */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: PATIENCE, interval: 10 });
}
