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

let asked: { url: string; authorization: string | undefined }[];
let session: DocumentSession;

beforeEach(() => {
  asked = [];
  PageSocket.all.length = 0;
  const events = { addEventListener: () => undefined, removeEventListener: () => undefined };
  vi.stubGlobal('addEventListener', events.addEventListener);
  vi.stubGlobal('removeEventListener', events.removeEventListener);
  vi.stubGlobal('document', { ...events, visibilityState: 'visible' });
  vi.stubGlobal('navigator', { onLine: true });
  vi.stubGlobal('WebSocket', PageSocket);
  vi.stubGlobal('fetch', (url: string, { headers }: { headers: Record<string, string> }) => {
    asked.push({ url, authorization: headers['authorization'] });
    return Promise.resolve({ status: 401 });
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
  expect(socket!.url).toBe('wss://weft.example/live/notes');
});

it('K3 asks why an upgrade was refused with the token, and not in the address', async () => {
  PageSocket.all[0]!.onclose!({ code: 1006, reason: '' });
  await vi.waitFor(() => expect(session.status).toMatchObject({ kind: 'refused', reason: 'unauthenticated' }), 10_000);
  expect(asked).toEqual([{ url: 'https://weft.example/api/documents/notes', authorization: 'Bearer secret' }]);
});
