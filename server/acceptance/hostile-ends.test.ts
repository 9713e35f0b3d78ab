import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ServerProcess } from '../../testing/server-process.ts';
import { RawClient } from '../../testing/raw-client.ts';

let server: ServerProcess;
beforeAll(async () => {
  server = await ServerProcess.start({
    env: { WEFT_HEADERS_TIMEOUT_MS: '300', WEFT_REQUEST_TIMEOUT_MS: '1000', WEFT_SHUTDOWN_TIMEOUT_MS: '20000' },
  });
}, 120_000);
afterAll(() => server.dispose());

/** A peer that never ends its own half of the connection, and resolves `closed` only when the server has torn it down. */
async function halfOpen(bytes: string): Promise<{ socket: Socket; answer: () => string; closed: Promise<unknown> }> {
  const socket = connect({ port: Number(new URL(server.url).port), host: '127.0.0.1', allowHalfOpen: true });
  let answer = '';
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket
    .on('error', () => undefined)
    .on('data', (data: Buffer) => {
      answer += data.toString();
    });
  await once(socket, 'connect');
  socket.write(bytes);
  // One that was torn down, and not only ended, is noticed where one writes.
  socket.once('end', () => {
    const knock = setInterval(() => socket.write(' '), 200);
    void closed.finally(() => clearInterval(knock));
  });
  return { socket, answer: () => answer, closed };
}

const upgrade = (path: string, lines: readonly string[]): string =>
  [`GET ${path} HTTP/1.1`, 'Host: x', 'Connection: Upgrade', 'Upgrade: websocket', ...lines, '', ''].join('\r\n');

describe('a peer that is refused and stays is dropped', () => {
  it.each([
    ['after 408, for it said nothing', '', '408'],
    ['after 408, for half a head', 'GET / HTTP/1.1\r\nHost:', '408'],
    ['after 400, for what is no HTTP', 'nonsense\r\n\r\n', '400'],
    ['after the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', '400'],
    ['after a hello of TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', '400'],
    ['after 400, for a bad upgrade', upgrade('/live/DOCUMENT', ['Sec-WebSocket-Version: 1']), '400'],
    ['after 404, for an upgrade of nothing', upgrade('/nowhere', ['Sec-WebSocket-Version: 13']), '404'],
    [
      'after an upgrade whose body never comes',
      'POST /api/documents HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n',
      '',
    ],
    ['after CONNECT', 'CONNECT example.org:443 HTTP/1.1\r\nHost: x\r\n\r\n', ''],
  ])('%s', async (_name, bytes, status) => {
    const made = await fetch(`${server.url}/api/documents`, { method: 'POST' });
    const { id } = (await made.json()) as { id: string };
    const peer = await halfOpen(bytes.replace('DOCUMENT', id));
    await peer.closed;
    expect(peer.answer()).toContain(status === '' ? '' : `HTTP/1.1 ${status}`);
  });
});

it('SIGTERM ends in time beside peers who do not end, and one who goes on submitting (FR1)', async () => {
  const made = await fetch(`${server.url}/api/documents`, { method: 'POST' });
  const { id } = (await made.json()) as { id: string };
  for (const bytes of ['', 'nonsense\r\n\r\n', upgrade(`/live/${id}`, ['Sec-WebSocket-Version: 1'])])
    await halfOpen(bytes);
  const { client } = await RawClient.join(server.socketUrl(id));
  const ended = server.stop();
  for (let seq = 1; client.ending === undefined; seq += 1) {
    client.submit(seq, 0, [{ type: 'insert', position: 0, text: 'x' }]);
    await client.answerTo(seq).catch(() => undefined);
  }
  expect([await ended, client.ending.code]).toEqual([0, 1012]);
});
