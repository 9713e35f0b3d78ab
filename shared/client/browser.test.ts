import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openBrowserSession, type DocumentSession } from './browser.ts';

/** What stands in for the browser: a page with nothing in it, and sockets that a test opens, or has refused. */
class PageSocket {
  static readonly all: PageSocket[] = [];
  readyState = 0;
  readonly bufferedAmount = 0;
  readonly sent: { type: string; token?: string }[] = [];
  onopen: (() => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  readonly url: string;

  constructor(url: string) {
    this.url = url;
    PageSocket.all.push(this);
  }

  send(frame: string): void {
    this.sent.push(JSON.parse(frame) as { type: string });
  }

  close(): void {
    queueMicrotask(() => this.onclose?.({ code: 1006, reason: '' }));
  }
}

interface Asked {
  readonly url: string;
  readonly authorization: string | undefined;
  readonly credentials: string | undefined;
}

let asked: Asked[];
/** What the server answers over HTTP. */
let answer: { readonly status: number; readonly json?: () => Promise<unknown> };
let session: DocumentSession;

beforeEach(() => {
  asked = [];
  answer = { status: 401 };
  PageSocket.all.length = 0;
  const events = { addEventListener: () => undefined, removeEventListener: () => undefined };
  vi.stubGlobal('addEventListener', events.addEventListener);
  vi.stubGlobal('removeEventListener', events.removeEventListener);
  vi.stubGlobal('document', { ...events, visibilityState: 'visible' });
  vi.stubGlobal('navigator', { onLine: true });
  vi.stubGlobal('WebSocket', PageSocket);
  vi.stubGlobal('location', { origin: 'https://app.example' });
  vi.stubGlobal('fetch', (url: string, { headers, credentials }: RequestInit & { headers: Record<string, string> }) => {
    asked.push({ url, authorization: headers['authorization'], credentials });
    return Promise.resolve(answer);
  });
  session = openBrowserSession({ documentId: 'notes', origin: 'https://weft.example', token: async () => 'secret' });
  session.connect();
});
afterEach(async () => {
  await session.leave();
  vi.unstubAllGlobals();
});

it('K3 shows the token in join, and not in the address of the socket', async () => {
  const [socket] = PageSocket.all;
  socket!.readyState = 1;
  socket!.onopen!();
  await vi.waitFor(() => expect(socket!.sent).toMatchObject([{ type: 'join', token: 'secret' }]), 10_000);
  expect(socket!.url).not.toContain('secret');
});

it('K3 asks why an upgrade was refused with the token, and not in the address', async () => {
  PageSocket.all[0]!.onclose!({ code: 1006, reason: '' });
  // The function may have a better token by now; it is asked once more.
  await vi.waitFor(() => expect(PageSocket.all).toHaveLength(2), 10_000);
  PageSocket.all[1]!.onclose!({ code: 1006, reason: '' });
  await vi.waitFor(() => expect(session.status).toMatchObject({ kind: 'refused', reason: 'unauthenticated' }), 10_000);
  const authorization = 'Bearer secret';
  const question = { url: 'https://weft.example/api/documents/notes', authorization, credentials: 'omit' };
  expect(asked).toEqual([question, question]);
});

it('J11 asks a server of another origin to look at no cookie, and one of its own only where told to', async () => {
  const addressOf = (options: { origin?: string; credentials?: 'omit' }): string => {
    const one = openBrowserSession({ documentId: 'notes', ...options });
    one.connect();
    void one.leave();
    return PageSocket.all.at(-1)!.url;
  };
  expect(PageSocket.all[0]!.url).toBe('wss://weft.example/live/notes?credentials=omit');
  expect(addressOf({})).toBe('wss://app.example/live/notes');
  expect(addressOf({ origin: 'https://app.example/weft/' })).toBe('wss://app.example/weft/live/notes');
  expect(addressOf({ credentials: 'omit' })).toBe('wss://app.example/live/notes?credentials=omit');
});

it('J12 is refused with the words of a server that does not let its page in', async () => {
  const problem = { code: 'forbidden', message: 'WEFT_ORIGINS does not name https://app.example' };
  answer = { status: 403, json: () => Promise.resolve({ error: problem }) };
  PageSocket.all[0]!.onclose!({ code: 1006, reason: '' });
  await vi.waitFor(() => expect(session.status.kind).toBe('refused'), 10_000);
  expect(session.status).toEqual({ kind: 'refused', reason: 'forbidden', unsaved: 0, problem });
});

it('finds a server below a path, and asks it in its own words why it takes a page on its host for a foreign one', async () => {
  await session.leave();
  const problem = { code: 'forbidden', message: 'This request came from a page of another site' };
  vi.stubGlobal('location', { origin: 'https://weft.example' });
  vi.stubGlobal('fetch', (url: string, { method }: { method?: string }) => {
    asked.push({ url, authorization: undefined, credentials: undefined });
    return Promise.resolve(method === 'POST' ? Response.json({ error: problem }, { status: 403 }) : Response.json({}));
  });
  session = openBrowserSession({ documentId: 'notes', origin: 'https://weft.example/weft/' });
  session.connect();
  const socket = PageSocket.all.at(-1)!;
  expect(socket.url).toBe('wss://weft.example/weft/live/notes');
  socket.onclose!({ code: 1006, reason: '' });
  await vi.waitFor(() => expect(session.status).toMatchObject({ problem }), 10_000);
  const at = 'https://weft.example/weft/api';
  const ofThis = asked.map(({ url }) => url).filter((url) => url.startsWith(at));
  expect(ofThis).toEqual([`${at}/documents/notes`, `${at}/session`]);
});
