import { expect, it } from 'vitest';
import { webSocketTransport, type WebSocketLike } from './websocket-transport.ts';

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
