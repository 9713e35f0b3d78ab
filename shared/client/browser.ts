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
  /**
   * `omit`: the session goes without the browser's cookies for the server. So does every session of a server that is not the page's own
   * origin: a cookie of ours would be refused there.
   */
  credentials?: 'omit';
}

/**
 * A session of a document with everything that a browser gives: WebSocket, online and visibility events, and an outbox in
 * IndexedDB. Call `connect()` to begin. If the browser has no IndexedDB or no Web Locks, it works without an outbox, and
 * `keepsUnsent` stays false.
 */
export function openBrowserSession(given: BrowserSessionOptions): DocumentSession {
  const { documentId, origin, credentials, ...rest } = given;
  const server = (origin ?? pageOrigin()).replace(/\/$/, '');
  const omitsCookies = credentials === 'omit' || new URL(server).origin !== pageOrigin();
  const address = `${server.replace(/^http/, 'ws')}/live/${documentId}`;
  const socket = webSocketTransport(omitsCookies ? `${address}?credentials=omit` : address);
  const transport = explainRefusals(socket, () => explain({ server, documentId, omitsCookies, token: rest.token }));
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

interface Question extends Pick<DocumentSessionOptions, 'token'> {
  /** Without a slash at the end. */
  readonly server: string;
  readonly documentId: string;
  readonly omitsCookies: boolean;
}

async function explain({ server, documentId, omitsCookies, token }: Question): Promise<Explanation> {
  const shown = typeof token === 'function' ? await token() : token;
  const headers: Record<string, string> = shown === undefined ? {} : { authorization: `Bearer ${shown}` };
  const signal = AbortSignal.timeout(ANSWER_WITHIN);
  const credentials = omitsCookies ? 'omit' : 'same-origin';
  const answer = await fetch(`${server}/api/documents/${documentId}`, { headers, signal, credentials });
  const { status } = answer;
  // A document that may not be read is not found: what is forbidden is this page, and only the server can tell why.
  if (status === 403) return { status, problem: await problemIn(answer) };
  // A cookie counts for the server's own pages only, and the server may take this page for a foreign one. A read does not show that.
  const isByCookie = status === 200 && shown === undefined && !omitsCookies;
  return isByCookie ? { status, problem: await problemOfWrites(server, signal) } : { status };
}

/** Why the server refuses writes of this page, in its own words. Asks for the session, which changes nothing. */
async function problemOfWrites(server: string, signal: AbortSignal): Promise<Problem | undefined> {
  try {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${server}/api/session`, { method: 'POST', headers, body: '{}', signal });
    return answer.status === 403 ? await problemIn(answer) : undefined;
  } catch {
    return undefined;
  }
}

/** The refusal in an answer; undefined if it holds none, because it is of a proxy. */
async function problemIn(answer: Response): Promise<Problem | undefined> {
  try {
    return ((await answer.json()) as ErrorBody).error;
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
