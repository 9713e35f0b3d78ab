import { editFromParts } from '../text/edit.ts';
import { operationsFromEdit } from '../text/operation.ts';
import type { Missed, Update } from './document-messages.ts';

/** The fields of the surrounding join answer that give the changes their numbers. */
interface Answer {
  /** The version after the last missed change. */
  readonly version: number;
  /** The last committed seq of the client. */
  readonly seq: number;
  readonly session: { readonly id: string };
}

/** The missed changes as updates. Throws RangeError if they are not what J10 says. */
export function updatesFromMissed(
  { timestamp, authors, changes }: Missed,
  { version, seq, session }: Answer,
): Update[] {
  const updates: Update[] = [];
  let time = timestamp;
  for (const [index, [author, later, ...parts]] of changes.entries()) {
    const names = typeof author === 'number' ? authors[author] : undefined;
    if (names === undefined || typeof later !== 'number')
      throw new RangeError('A missed change without author or time');
    time += later;
    const [userId, sessionId] = names;
    const operations = operationsFromEdit(editFromParts(parts));
    updates.push({ version: version - changes.length + 1 + index, timestamp: time, operations, userId, sessionId });
  }
  return markOwn(updates, session.id, seq);
}

/** Adds the seqs of the client's own changes: they are consecutive, and the last one is the last committed. */
function markOwn(updates: readonly Update[], sessionId: string, lastSeq: number): Update[] {
  let seq = lastSeq + 1 - updates.filter((update) => update.sessionId === sessionId).length;
  return updates.map((update) => (update.sessionId === sessionId ? { ...update, seq: seq++ } : update));
}
