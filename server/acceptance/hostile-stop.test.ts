import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { ServerProcess } from '../../testing/server-process.ts';
import { Command } from '../testing/command.ts';
import { eventually } from '../../testing/eventually.ts';
import { samplesOf } from '../../testing/prometheus.ts';
import { Stranger } from '../../testing/stranger.ts';

// A server that is told to stop ends by itself, with 0, whatever its peers do or leave out: one that does not is killed at its
// deadline and has no exit code.

beforeAll(() => Command.build());

const SETTINGS = {
  WEFT_SHUTDOWN_TIMEOUT_MS: '20000',
  WEFT_SUBMISSIONS_PER_SECOND: '100000',
  WEFT_MESSAGES_PER_SECOND: '100000',
};

async function start(env: Record<string, string> = {}): Promise<{ server: ServerProcess; owner: Stranger }> {
  const server = await ServerProcess.start({ env: { ...SETTINGS, ...env } });
  onTestFinished(() => server.dispose());
  return { server, owner: await Stranger.guest(server.url) };
}

/** It ends by itself, and has nothing to say about it. */
async function stops(server: ServerProcess): Promise<void> {
  const code = await server.stop();
  expect([code, server.output.split('\n').filter((line) => line.startsWith('{'))]).toEqual([0, []]);
}

/** A connection whose own half is never ended, and on which nothing is said after these bytes. */
async function peer(server: ServerProcess, bytes: string): Promise<Socket> {
  const socket = connect({ port: Number(new URL(server.url).port), host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  socket.write(bytes);
  return socket;
}

/** A document of so many changes at its beginning, each in a piece of its own. */
async function longHistory(owner: Stranger, changes: number): Promise<string> {
  const id = await owner.makeDocument();
  const { client } = await owner.join(id);
  for (let seq = 1; seq <= changes; seq += 1) {
    client.submit(seq, seq - 1, [{ type: 'insert', position: Math.floor((seq - 1) / 2), text: 'x' }]);
    if (seq % 500 === 0) await client.answerTo(seq);
  }
  client.close();
  return id;
}

const request = (method: string, path: string, lines: readonly string[] = []): string =>
  [`${method} ${path} HTTP/1.1`, 'Host: x', ...lines, '', ''].join('\r\n');

describe('FR1 SIGTERM ends in time and with 0 beside', { timeout: 120_000 }, () => {
  it('floods of submissions on version 0, which nobody waits for', async () => {
    const { server, owner } = await start({
      WEFT_SUBMISSIONS_PER_SECOND: '100000',
      WEFT_MESSAGES_PER_SECOND: '100000',
    });
    const id = await longHistory(owner, 3000);
    const clients = await Promise.all(Array.from({ length: 4 }, async () => (await owner.join(id)).client));
    const seqs = clients.map(() => 0);
    const flood = (): void => {
      clients.forEach((client, index) => {
        if (client.ending !== undefined) return;
        for (let time = 0; time < 20; time += 1) {
          seqs[index]! += 1;
          client.submit(seqs[index]!, 0, [{ type: 'insert', position: 0, text: 'y' }]);
        }
      });
    };
    const flooding = setInterval(flood, 5);
    onTestFinished(() => clearInterval(flooding));
    // So much waits for commits that they would take longer than the server has.
    const waiting = async () => samplesOf((await owner.get('/metrics')).text).get('weft_queued_submissions');
    await eventually(async () => expect(await waiting()).toBeGreaterThan(2000));
    await stops(server);
    for (const client of clients) expect((await client.closed()).code).toBe(1012);
  });

  it('half-open peers that were refused and say no more', async () => {
    const { server, owner } = await start({ WEFT_HEADERS_TIMEOUT_MS: '300' });
    const id = await owner.makeDocument();
    const upgrade = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 1'];
    const refused: [string, string][] = [
      [request('GET', `/live/${id}`, upgrade), '400'],
      ['nonsense\r\n\r\n', '400'],
      ['GET / HTTP/1.1\r\nHost:', '408'],
      ['', '408'],
    ];
    await Promise.all(
      refused.map(async ([bytes, status]) => {
        const socket = await peer(server, bytes);
        expect(String((await once(socket, 'data'))[0])).toContain(`HTTP/1.1 ${status}`);
      }),
    );
    await stops(server);
  });

  it('readers of HTTP that read nothing', async () => {
    const { server, owner } = await start({ WEFT_SHUTDOWN_TIMEOUT_MS: '10000', WEFT_SEND_BUFFER_TIMEOUT_MS: '60000' });
    const id = await owner.makeDocument({ content: 'long '.repeat(900_000) });
    const cookie = [`Cookie: ${owner.cookie!}`];
    const sockets = await Promise.all(
      Array.from({ length: 30 }, () => peer(server, request('GET', `/api/documents/${id}/content`, cookie).repeat(4))),
    );
    await Promise.all(
      sockets.map(async (socket) => {
        await once(socket, 'readable');
        socket.pause();
      }),
    );
    await stops(server);
  });

  it('catch-ups, pages of history and late submissions under way', async () => {
    const { server, owner } = await start({ WEFT_HISTORY_READS_PER_SECOND: '10000' });
    const id = await longHistory(owner, 4000);
    const behind = Array.from({ length: 40 }, async () => {
      const client = await owner.open(id);
      client.send({ type: 'join', clientId: client.clientId, version: 0 });
      client.submit(1, 0, [{ type: 'insert', position: 0, text: 'late' }]);
      return client;
    });
    const pages = Array.from({ length: 60 }, () =>
      owner.get(`/api/documents/${id}/changes?after=0&limit=1000`).catch(() => undefined),
    );
    const old = Array.from({ length: 60 }, (_, version) =>
      owner.get(`/api/documents/${id}/content?version=${version}`).catch(() => undefined),
    );
    const clients = await Promise.all(behind);
    await stops(server);
    await Promise.all([...pages, ...old, ...clients.map((client) => client.closed())]);
  });

  it('passwords that wait to be hashed', async () => {
    const { server, owner } = await start({ WEFT_PASSWORDS_PER_MINUTE: '1000' });
    const id = await owner.makeDocument();
    const make = (): Promise<unknown> =>
      owner
        .send('POST', `/api/documents/${id}/links`, { role: 'viewer', password: 'a long password' })
        .then(({ status }) => status)
        .catch(() => 'cut');
    const made = Array.from({ length: 90 }, make);
    await Promise.race(made);
    await stops(server);
    for (const status of await Promise.all(made)) expect([201, 503, 'cut']).toContain(status);
  });
});
