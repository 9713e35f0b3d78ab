import type { ErrorBody } from '../protocol/http.ts';
import { DocumentSession, type DocumentSessionOptions } from './document-session.ts';
import { IndexedDbOutbox, type TabMemory } from './outbox/indexeddb-outbox.ts';
import type { BackupStorage } from './outbox/unload-backup.ts';
import { sendAbandonedOutboxes } from './abandoned-outboxes.ts';
import { browserLifecycle } from './transport/platform.ts';
import { explainRefusals, webSocketTransport, type Explanation } from './transport/websocket-transport.ts';
import type { Problem } from './events/session-status.ts';
import { webTabLocks } from './outbox/tab-lock.ts';

export { DocumentSession } from './document-session.ts';

export interface BrowserSessionOptions extends Pick<DocumentSessionOptions, 'name' | 'color' | 'token' | 'link'> {
  documentId: string;
  /** Where the server is, `https://host[/path]`; the page's origin by default. */
  origin?: string;
}

/**
 * A session of a document with everything that a browser gives: WebSocket, online and visibility events, and an outbox in
 * IndexedDB. Call `connect()` to begin. If the browser has no IndexedDB or no Web Locks, it works without an outbox, and
 * `keepsUnsent` stays false.
 */
export function openBrowserSession({ documentId, origin, ...rest }: BrowserSessionOptions): DocumentSession {
  const server = (origin ?? pageOrigin()).replace(/\/$/, '');
  const socket = webSocketTransport(`${server.replace(/^http/, 'ws')}/live/${documentId}`);
  const transport = explainRefusals(socket, () => explain(server, documentId, rest.token));
  const options = { ...rest, transport, pageLifecycle: browserLifecycle() };
  const locks = typeof indexedDB === 'undefined' ? undefined : webTabLocks();
  if (locks === undefined) return new DocumentSession(options);
  const { sessionStorage: memory, localStorage: backupStorage } = storages();
  const outbox = new IndexedDbOutbox({ documentId, locks, memory, backupStorage });
  const session = new DocumentSession({ ...options, outbox });
  // Only when this session is joined: what crashed tabs left can wait, and the server is known to be there.
  const stopWaiting = session.on('status', ({ kind }) => {
    if (kind !== 'live' && kind !== 'saving' && kind !== 'saved') return;
    stopWaiting();
    const openOutbox = (except: ReadonlySet<string>) =>
      new IndexedDbOutbox({
        documentId,
        locks,
        backupStorage,
        userId: session.self?.user.id,
        onlyAbandoned: true,
        except,
      });
    void sendAbandonedOutboxes({ options, openOutbox });
  });
  return session;
}

/** Milliseconds after which no explanation is waited for any more. */
const ANSWER_WITHIN = 5_000;

async function explain(
  server: string,
  documentId: string,
  token: DocumentSessionOptions['token'],
): Promise<Explanation> {
  const shown = typeof token === 'function' ? await token() : token;
  const headers: Record<string, string> = shown === undefined ? {} : { authorization: `Bearer ${shown}` };
  const signal = AbortSignal.timeout(ANSWER_WITHIN);
  const { status } = await fetch(`${server}/api/documents/${documentId}`, { headers, signal });
  // A cookie counts for the server's own pages only, and the server may take this page for a foreign one. A read does not show that.
  const isByCookie = status === 200 && shown === undefined && server === pageOrigin();
  return isByCookie ? { status, problem: await problemOfWrites(server, signal) } : { status };
}

/** Why the server refuses writes of this page, in its own words. Asks for the session, which changes nothing. */
async function problemOfWrites(server: string, signal: AbortSignal): Promise<Problem | undefined> {
  try {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${server}/api/session`, { method: 'POST', headers, body: '{}', signal });
    return answer.status === 403 ? ((await answer.json()) as ErrorBody).error : undefined;
  } catch {
    return undefined;
  }
}

declare const indexedDB: object | undefined;

function pageOrigin(): string {
  return (globalThis as unknown as { location: { origin: string } }).location.origin;
}

/** The storages of the tab and of the browser, if the page may use them. */
function storages(): { sessionStorage?: TabMemory; localStorage?: BackupStorage } {
  try {
    const { sessionStorage, localStorage } = globalThis as unknown as ReturnType<typeof storages>;
    return { ...(sessionStorage && { sessionStorage }), ...(localStorage && { localStorage }) };
  } catch {
    return {};
  }
}
