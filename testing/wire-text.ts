/** An operation as it stands on the wire, of any of the three kinds. */
export interface WireOperation {
  readonly type: string;
  readonly position?: number;
  readonly from?: number;
  readonly to?: number;
  readonly text?: string;
}

/** Applies operations in sequence by slicing, as section 2 of docs/protocol.md says. */
export function applyTo(text: string, operations: readonly WireOperation[]): string {
  return operations.reduce((before, { position, from = position!, to = from, text: inserted = '' }) => {
    if (from < 0 || to < from || to > before.length) throw new Error(`${from}–${to} of ${before.length} units`);
    return before.slice(0, from) + inserted + before.slice(to);
  }, text);
}

/** The operation that inserts `text` at `position`, in UTF-16 units. */
export function insert(position: number, text: string): WireOperation {
  return { type: 'insert', position, text };
}
