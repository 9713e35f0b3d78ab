import { DocumentSession } from '../../shared/client/document-session.ts';
import type { Transport } from '../../shared/client/transport/transport.ts';
import type { Pace } from './pace.ts';
import type { Trace } from './trace.ts';

/** Unsent keystrokes at which the typist waits for the server: a person offline for an afternoon, not a memory test. */
const MAX_UNSENT = 2000;

/** Has one session type a trace while the others read along; returns what each has in the end, the typist first. */
export async function replaySequentially(
  trace: Trace,
  openTransport: () => Transport,
  clients: number,
  pace: Pace,
): Promise<{ texts: readonly string[] }> {
  const sessions = Array.from({ length: clients }, (_, index) => {
    const name = index === 0 ? 'Typist' : `Reader ${index}`;
    return new DocumentSession({ transport: openTransport(), name });
  });
  for (const session of sessions) session.connect();
  await Promise.all(sessions.map((session) => session.whenReady()));
  const [typist, ...readers] = sessions as [DocumentSession, ...DocumentSession[]];
  for (const { edit } of trace.transactions) {
    typist.edit(edit);
    await pace.step();
    if (typist.unsaved > MAX_UNSENT) await typist.whenSaved();
  }
  await typist.whenSaved();
  await Promise.all(readers.map((reader) => reachVersion(reader, typist.version)));
  const texts = sessions.map((session) => session.text.toString());
  await Promise.all(sessions.map((session) => session.leave()));
  return { texts };
}

/** Resolves when a session has a version. */
async function reachVersion(session: DocumentSession, version: number): Promise<void> {
  if (session.version >= version) return;
  await new Promise<void>((resolve) => {
    const stop = session.on('change', () => {
      if (session.version < version) return;
      stop();
      resolve();
    });
  });
}
