import type { Change } from '../../../../shared/sync/change.ts';
import { EditBuilder, editsEqual, type Edit } from '../../../../shared/text/edit.ts';

/** A change as its run stores it; version and timestamp follow from the run's row. */
export interface StoredChange {
  readonly client: number;
  readonly seq: number;
  readonly edit: Edit;
}

/** Entries per change: client key, version minus seq (0 for a document's only client, which keeps rows short), edit. */
const ENTRIES = 3;

/** The `data` of a run. JSON escapes lone surrogates, so every string keeps its UTF-16 units. */
export function encodeRun(changes: readonly Change[], clientKey: (clientId: string) => number): string {
  return JSON.stringify(
    changes.flatMap(({ clientId, version, seq, edit }) => [clientKey(clientId), version - seq, edit]),
  );
}

/** Reads the `data` of a run of `size` changes from `version` on. Throws if it is not exactly what `encodeRun` writes. */
export function decodeRun(data: string, version: number, size: number): StoredChange[] {
  const entries = parse(data);
  if (!Array.isArray(entries) || entries.length !== size * ENTRIES) throw new Error(`Not a list of ${size} changes`);
  const changes: StoredChange[] = [];
  for (let index = 0; index < size; index += 1) {
    const [client, lag, edit] = entries.slice(index * ENTRIES, (index + 1) * ENTRIES) as [unknown, unknown, unknown];
    if (!isInteger(client) || !isInteger(lag)) throw new Error('A change without client or seq');
    changes.push({ client, seq: version + index - lag, edit: decodeEdit(edit) });
  }
  return changes;
}

/** JSON.parse without its own error, which would quote the text of documents in logs. */
function parse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    throw new Error('Not JSON');
  }
}

function isInteger(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

/** Accepts only canonical edits, so that what is read is what was applied when it was committed. */
function decodeEdit(value: unknown): Edit {
  if (!Array.isArray(value)) throw new Error('Not an edit');
  const builder = new EditBuilder();
  for (const part of value as unknown[]) {
    if (typeof part === 'string') builder.insert(part);
    else if (!isInteger(part)) throw new Error('Not a part of an edit');
    else if (part > 0) builder.retain(part);
    else builder.delete(-part);
  }
  const edit = builder.finish();
  if (!editsEqual(edit, value as Edit)) throw new Error('Not a canonical edit');
  return edit;
}
