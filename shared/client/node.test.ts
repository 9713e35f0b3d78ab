import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { nodeTransport, openDocument, SessionEndedError } from './node.ts';

let http: Server;
let origin: string;
let answer: { status: number; headers?: Record<string, string> } | undefined;
let requests: { url: string; protocol: string; authorization: string }[];
let sockets: WebSocketServer;

beforeEach(async () => {
  answer = undefined;
  requests = [];
  http = createServer();
  sockets = new WebSocketServer({ noServer: true });
  http.on('upgrade', (request, socket, head) => {
    const { 'sec-websocket-protocol': protocol = '', authorization = '' } = request.headers;
    requests.push({ url: request.url ?? '', protocol, authorization });
    if (answer !== undefined) {
      socket.end(`HTTP/1.1 ${answer.status} No\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (accepted) => {
      accepted.on('message', (data: Buffer) => {
        if (data.toString() === '"bye"') accepted.close(4409, 'taken over');
        else accepted.send(`["echo",${data.toString()}]`);
      });
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  origin = `127.0.0.1:${(http.address() as AddressInfo).port}`;
});

afterEach(async () => {
  for (const socket of sockets.clients) socket.terminate();
  await new Promise((resolve) => http.close(resolve));
});

describe('the transport of Node', () => {
  it('carries frames both ways and tells the close code once', async () => {
    const events: string[] = [];
    await new Promise<void>((resolve) => {
      const connection = nodeTransport(`ws://${origin}/live/abc`, { headers: { authorization: 'Bearer x' } }).connect({
        onOpen: () => connection.send('"hi"'),
        onFrame: (frame) => {
          events.push(frame);
          connection.send('"bye"');
        },
        onClose: (code, reason) => {
          events.push(`${code} ${reason}`);
          connection.send('"late"');
          connection.close();
          resolve();
        },
      });
    });
    expect(events).toEqual(['["echo","hi"]', '4409 taken over']);
    expect(requests).toEqual([{ url: '/live/abc', protocol: 'weft.v1', authorization: 'Bearer x' }]);
  });

  it.each([
    [404, 4404],
    [401, 4401],
    [503, 1013],
    [500, 1006],
  ])('tells the answer %i before the upgrade as close code %i', async (status, expected) => {
    answer = { status };
    const code = await new Promise<number>((resolve) => {
      nodeTransport(`ws://${origin}/live/abc`).connect({ onOpen() {}, onFrame() {}, onClose: resolve });
    });
    expect(code).toBe(expected);
  });

  it('tells 1006 where nobody listens', async () => {
    const code = await new Promise<number>((resolve) => {
      nodeTransport('ws://127.0.0.1:1/live/abc').connect({ onOpen() {}, onFrame() {}, onClose: resolve });
    });
    expect(code).toBe(1006);
  });
});

describe('openDocument', () => {
  it.each([
    ['http://HOST/d/abc', '/live/abc'],
    ['http://HOST/notes/d/abc?x#y', '/notes/live/abc'],
    ['ws://HOST/live/abc', '/live/abc'],
  ])('finds the socket of %s', async (address, url) => {
    answer = { status: 404 };
    const session = openDocument(address.replace('HOST', origin));
    await expect(session.whenReady()).rejects.toThrow(SessionEndedError);
    expect(session.status).toEqual({ kind: 'refused', reason: 'not_found', unsaved: 0 });
    expect(requests.map((request) => request.url)).toEqual([url]);
    await session.leave();
  });

  it('refuses addresses that are no document', () => {
    expect(() => openDocument('http://localhost/about')).toThrow(TypeError);
  });
});
