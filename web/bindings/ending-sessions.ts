import type { DocumentSession } from '../../shared/client/document-session.ts';

/** Sessions that nobody shows any more, and whose edits are still on their way; by their key. */
const ending = new Map<string, Set<DocumentSession>>();

/** Leaves a session once everything typed in it is durable, or can no longer become so. */
export async function endSession(key: string, session: DocumentSession): Promise<void> {
  const sessions = ending.get(key) ?? new Set();
  ending.set(key, sessions.add(session));
  try {
    await session.whenSaved();
  } catch {
    // Refused, or left already: it waits for nothing.
  }
  await session.leave();
  sessions.delete(session);
  if (sessions.size === 0 && ending.get(key) === sessions) ending.delete(key);
}

/**
 * Has ended sessions hand over to a next one of the same key: what they keep in the browser, the next one finds there. Those that can
 * keep nothing go on until they are saved. Undefined if there is nothing to wait for.
 */
export function handOver(key: string): Promise<unknown> | undefined {
  const keeping = [...(ending.get(key) ?? [])].filter((session) => session.keepsUnsent);
  return keeping.length === 0 ? undefined : Promise.all(keeping.map((session) => session.leave()));
}
