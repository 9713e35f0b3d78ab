import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { ServerProcess } from '../../testing/server-process.ts';
import { Command } from '../testing/command.ts';
import { eventually } from '../../testing/eventually.ts';
import { samplesOf } from '../../testing/prometheus.ts';
import { Stranger } from '../../testing/stranger.ts';
import { KeyHolder } from '../../testing/token-maker.ts';

beforeAll(() => Command.build());

/** The server as it is shipped, with the clock of the machine; it works often enough for a test to see it. */
async function start(env: Record<string, string> = {}): Promise<ServerProcess> {
  const server = await ServerProcess.start({ env });
  onTestFinished(() => server.dispose());
  return server;
}

async function samples(server: ServerProcess): Promise<ReadonlyMap<string, number>> {
  return samplesOf(await (await fetch(`${server.url}/metrics`)).text());
}

/** How often a job ran and failed, and when it last succeeded. */
async function job(server: ServerProcess, name: string): Promise<(number | undefined)[]> {
  const numbers = await samples(server);
  return ['runs_total', 'failures_total', 'last_success_timestamp_seconds'].map((what) =>
    numbers.get(`weft_job_${what}{job="${name}"}`),
  );
}

/** Makes a document of so many changes, one run each or nearly. */
async function typed(server: ServerProcess, changes: number): Promise<string> {
  const owner = await Stranger.guest(server.url);
  const id = await owner.makeDocument();
  const { client } = await owner.join(id);
  for (let seq = 1; seq <= changes; seq += 1) {
    client.submit(seq, seq - 1, [{ type: 'insert', position: 0, text: 'x' }]);
    await client.answerTo(seq);
  }
  client.close();
  await client.closed();
  return id;
}

async function stats(server: ServerProcess): Promise<Record<string, number>> {
  const command = new Command(['stats', '--json', '--data', server.dataFolder]);
  expect(await command.end()).toBe(0);
  return JSON.parse(command.output) as Record<string, number>;
}

describe('the server as it is shipped', () => {
  it('compacts cold history by itself, and says in /metrics that it does', async () => {
    const server = await start({ WEFT_COMPACT_INTERVAL_MS: '50', WEFT_COMPACT_IDLE_MS: '0' });
    const id = await typed(server, 120);
    const [before] = await job(server, 'compaction');
    // One walk may be under way; the next begins after the last change.
    await eventually(async () => expect((await job(server, 'compaction'))[0]).toBeGreaterThan(before! + 1));
    expect((await stats(server))['compacted']).toBeGreaterThanOrEqual(64);
    expect(await job(server, 'compaction')).toEqual([expect.any(Number), 0, expect.any(Number)]);
    expect((await new Stranger(server.url).read(id)).text).toBe('x'.repeat(120));
    expect(server.output).not.toMatch(/"level"/);
  });

  it('clears idle documents away, and keeps a snapshot of each', async () => {
    const server = await start({ WEFT_ROOM_IDLE_MS: '0' });
    await typed(server, 200);
    await eventually(async () => expect((await samples(server)).get('weft_rooms')).toBe(0));
    await eventually(async () => expect(await job(server, 'snapshot')).toEqual([1, 0, expect.any(Number)]));
    expect(await stats(server)).toMatchObject({ snapshots: { rows: 1 } });
    expect((await job(server, 'sweep'))[1]).toBe(0);
  });

  it('asks for the keys of tokens; /readyz and /metrics say where it has none and lets nobody else in', async () => {
    const keys = createServer((_request, response) => response.writeHead(500).end()).listen(0, '127.0.0.1');
    await once(keys, 'listening');
    onTestFinished(() => void keys.close());
    const { port } = keys.address() as AddressInfo;
    const settings = { WEFT_GUESTS: 'off', WEFT_JWT_JWKS_URL: `http://127.0.0.1:${port}/keys` };
    const server = await start(settings);
    await eventually(async () => expect(await job(server, 'token-keys')).toEqual([1, 1, 0]));
    expect((await fetch(`${server.url}/readyz`)).status).toBe(503);
    const holder = await KeyHolder.make('ES256', 'one');
    keys.removeAllListeners('request').on('request', (_request, response) => {
      (response as unknown as { end(text: string): void }).end(JSON.stringify({ keys: [holder.publicKey] }));
    });
    await server.restart();
    await eventually(async () => expect(await job(server, 'token-keys')).toEqual([1, 0, expect.any(Number)]));
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  });
});
