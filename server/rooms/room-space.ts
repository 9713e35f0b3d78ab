import { RefusalError } from '../base/refusal.ts';
import type { SpaceLimits } from './services/room-limits.ts';

/** What is asked of a room that may have to go. */
export interface Tenant {
  /** About what it takes in memory. */
  readonly bytes: number;
  /** Nobody is in it and nothing waits, so that it can be read again whenever it is asked for. */
  readonly isEmpty: boolean;
  /** Clock milliseconds. */
  readonly lastUsed: number;
}

/** Milliseconds after which there may be space again. */
const RETRY_AFTER = 5000;

/**
 * Makes space where rooms are more, or larger, than they may be: `evict` is called for empty ones, the longest unused first.
 * What is `opening` is not among the tenants yet, and stays. Throws RefusalError `unavailable` where that is not enough.
 */
export function makeSpace<T extends Tenant>(
  tenants: Iterable<T>,
  opening: { readonly rooms: number; readonly bytes: number },
  limits: SpaceLimits,
  evict: (tenant: T) => void,
): void {
  const all = [...tenants];
  let count = all.length + opening.rooms;
  let bytes = all.reduce((sum, tenant) => sum + tenant.bytes, opening.bytes);
  const isFull = (): boolean => count > limits.rooms || bytes > limits.roomBytes;
  if (!isFull()) return;
  const empty = all.filter((tenant) => tenant.isEmpty).sort((a, b) => a.lastUsed - b.lastUsed);
  for (const tenant of empty) {
    count -= 1;
    bytes -= tenant.bytes;
    evict(tenant);
    if (!isFull()) return;
  }
  throw new RefusalError('unavailable', 'This server holds as many documents in memory as it may', RETRY_AFTER);
}
