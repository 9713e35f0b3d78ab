import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ServerProcess } from '../../testing/server-process.ts';
import { Command } from '../testing/command.ts';
import { eventually } from '../../testing/eventually.ts';
import { samplesOf } from '../../testing/prometheus.ts';
import { RawClient } from '../../testing/raw-client.ts';
import { Stranger } from '../../testing/stranger.ts';
import { TcpClient } from '../../testing/tcp-client.ts';
import { JWT_SECRET, signToken } from '../../testing/token-maker.ts';

// What only time brings about, in the server as it is shipped, by the clock of the machine.

let server: ServerProcess;
let owner: Stranger;
beforeAll(async () => {
  server = await ServerProcess.start({
    env: {
      WEFT_JWT_SECRET: JWT_SECRET,
      WEFT_JOIN_TIMEOUT_MS: '2000',
      WEFT_HEARTBEAT_INTERVAL_MS: '500',
      WEFT_HEARTBEAT_TIMEOUT_MS: '3000',
      WEFT_SEND_BUFFER_TIMEOUT_MS: '1000',
      WEFT_SEND_BUFFER_BYTES: '65536',
      WEFT_TOKEN_WARNING_MS: '60000',
      WEFT_TOKEN_GRACE_MS: '0',
    },
  });
  owner = await Stranger.guest(server.url);
}, 120_000);
afterAll(() => server.dispose());

const port = (): number => Number(new URL(server.url).port);
const sample = async (name: string): Promise<number> => samplesOf((await owner.get('/metrics')).text).get(name) ?? 0;

describe('the server as it is shipped', () => {
  it('pings its peers, and gives up one that is silent and one that never joins (4408)', async () => {
    const id = await owner.makeDocument();
    const silent = await TcpClient.open(port(), id);
    silent.say({ type: 'join', clientId: 'a'.repeat(22) });
    await silent.hears('document-init');
    const { client } = await owner.join(id);
    await client.pinged(3);
    const before = await sample('weft_job_runs_total{job="heartbeat"}');
    await silent.closed();
    expect(silent.closeCode).toBe(4408);
    expect((await (await owner.open(id)).closed()).code).toBe(4408);
    expect(await sample('weft_job_runs_total{job="heartbeat"}')).toBeGreaterThan(before);
    expect(await sample('weft_job_failures_total{job="heartbeat"}')).toBe(0);
    expect(client.ending).toBeUndefined();
    client.close();
  });

  it('warns of a token that ends, and closes its socket then (4401)', async () => {
    const id = await owner.makeDocument({ linkAccess: 'edit' });
    const exp = Math.floor(Date.now() / 1000) + 6;
    const token = await signToken({ sub: 'mina', name: 'Mina', aud: 'weft', exp });
    const { client } = await RawClient.join(server.socketUrl(id), { headers: { authorization: `Bearer ${token}` } });
    await client.next(({ type }) => type === 'token-expiring');
    expect((await client.closed()).code).toBe(4401);
    expect(Date.now()).toBeGreaterThanOrEqual(1000 * exp);
  });

  it('ends what a share link gave when the link ends (4403)', async () => {
    const id = await owner.makeDocument({ linkAccess: 'none' });
    const expiresAt = Date.now() + 6000;
    const link = await owner.send('POST', `/api/documents/${id}/links`, { role: 'editor', expiresAt });
    const { id: linkId, secret } = link.json as { id: string; secret: string };
    const { client } = await (await Stranger.guest(server.url)).join(id, { join: { link: { id: linkId, secret } } });
    expect((await client.closed()).code).toBe(4403);
    expect(Date.now()).toBeGreaterThanOrEqual(expiresAt);
  });

  it('closes a socket that reads too slowly (4430), and hangs up on such a reader of HTTP', async () => {
    const id = await owner.makeDocument({ content: 'long '.repeat(990_000) });
    const slow = await TcpClient.open(port(), id);
    slow.pause();
    slow.say({ type: 'join', clientId: 'b'.repeat(22) });
    await eventually(async () => expect(await sample('weft_slow_readers_total')).toBe(1));
    slow.destroy();

    const reader = connect(port(), '127.0.0.1').on('error', () => undefined);
    await once(reader, 'connect');
    reader.pause();
    const head = `GET /api/documents/${id}/content HTTP/1.1\r\nHost: x\r\nCookie: ${owner.cookie!}\r\n\r\n`;
    reader.write(head.repeat(4));
    await eventually(async () => expect(await sample('weft_slow_http_readers_total')).toBe(1));
    expect(await sample('weft_job_failures_total{job="http-readers"}')).toBe(0);
    reader.destroy();
  });

  it('keeps a snapshot of what is in memory when it stops', async () => {
    const id = await owner.makeDocument();
    const { client } = await owner.join(id);
    for (let seq = 1; seq <= 200; seq += 1) client.submit(seq, seq - 1, [{ type: 'insert', position: 0, text: 'x' }]);
    await client.answerTo(200);
    const snapshots = async (): Promise<number> => {
      const stats = new Command(['stats', '--json', '--data', server.dataFolder]);
      expect([await stats.end(), stats.errors]).toEqual([0, '']);
      return (JSON.parse(stats.output) as { snapshots: { rows: number } }).snapshots.rows;
    };
    const before = await snapshots();
    expect(await server.stop()).toBe(0);
    expect(await snapshots()).toBeGreaterThan(before);
    expect(server.output).not.toMatch(/"level":[456]0/);
  });
});
