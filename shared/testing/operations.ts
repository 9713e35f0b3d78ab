import type { Operation } from '../text/operation.ts';

/** The operation that inserts `text` at `position`, in UTF-16 units. */
export function insert(position: number, text: string): Operation {
  return { type: 'insert', position, text };
}
