import { expect, it, vi } from 'vitest';
import type { Problem } from '../events/session-status.ts';
import type { ConnectionHandlers, Transport } from './transport.ts';
import { explainRefusals, webSocketTransport, type Explanation, type WebSocketLike } from './websocket-transport.ts';

class Socket implements WebSocketLike {
  readyState = 0;
  readonly bufferedAmount = 0;
  readonly sent: string[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: never) => void) | null = null;
  onclose: ((event: never) => void) | null = null;
  onerror: (() => void) | null = null;

  send(frame: string): void {
    this.sent.push(frame);
  }

  close(): void {
    this.readyState = 2;
  }
}

it('writes nothing before the socket is open, and nothing once it closes, though the close is not told yet', () => {
  const socket = new Socket();
  const connection = webSocketTransport('ws://example.org/live/abc', () => socket).connect({
    onOpen: () => {},
    onFrame: () => {},
    onClose: () => {},
  });
  connection.send('"early"');
  socket.readyState = 1;
  connection.send('"in time"');
  socket.readyState = 2;
  connection.send('"closing"');
  socket.readyState = 3;
  connection.send('"closed"');
  expect(socket.sent).toEqual(['"in time"']);
});

interface End {
  readonly code: number;
  readonly problem?: Problem | undefined;
}

/** Connects through `explainRefusals` and tells with what the connection ends. */
async function endOf(play: (handlers: ConnectionHandlers) => void, ask: () => Promise<Explanation>): Promise<End> {
  const transport: Transport = {
    connect: (handlers) => {
      play(handlers);
      return { send: () => undefined, close: () => undefined };
    },
  };
  return new Promise((resolve) => {
    explainRefusals(transport, ask).connect({
      onOpen: () => undefined,
      onFrame: () => undefined,
      onClose: (code, _reason, problem) => resolve({ code, ...(problem && { problem }) }),
    });
  });
}

const refuse = (handlers: ConnectionHandlers): void => handlers.onClose(1006, '');

it('ends a refused connection with what HTTP says of it', async () => {
  expect(await endOf(refuse, () => Promise.resolve({ status: 404 }))).toEqual({ code: 4404 });
  expect(await endOf(refuse, () => Promise.resolve({ status: 503 }))).toEqual({ code: 1013 });
});

it('leaves the code where the document is there, or nobody answers', async () => {
  expect(await endOf(refuse, () => Promise.resolve({ status: 200 }))).toEqual({ code: 1006 });
  expect(await endOf(refuse, () => Promise.reject(new TypeError('no network')))).toEqual({ code: 1006 });
});

it('asks nothing where the connection had opened', async () => {
  const ask = vi.fn(() => Promise.resolve({ status: 404 }));
  const cut = (handlers: ConnectionHandlers): void => {
    handlers.onOpen();
    handlers.onClose(1006, '');
  };
  expect(await endOf(cut, ask)).toEqual({ code: 1006 });
  expect(ask).not.toHaveBeenCalled();
});

it('hands on why an upgrade is refused where the document could be read', async () => {
  const problem = { code: 'forbidden', message: 'This request came from a page of another site' } as const;
  expect(await endOf(refuse, () => Promise.resolve({ status: 200, problem }))).toEqual({ code: 1006, problem });
});
