import { readdirSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../testing/eventually.ts';
import { AppKit, type Caller } from '../../testing/app-kit.ts';
import { samplesOf } from '../../../testing/prometheus.ts';
import { RawClient } from '../../../testing/raw-client.ts';
import { insert } from '../../../shared/testing/operations.ts';

let kit: AppKit;
let owner: Caller;
let id: string;
let url: string;
beforeEach(async () => {
  kit = await AppKit.open({ settings: { WEFT_SUBMISSIONS_PER_SECOND: '2' } });
  await kit.listen();
  owner = await kit.guest();
  id = await owner.makeDocument();
  url = `ws://127.0.0.1:${kit.port}/live/${id}`;
});
afterEach(() => kit.close());

const metrics = async (): Promise<ReadonlyMap<string, number>> => samplesOf((await owner.get('/metrics')).body);

describe('GET /metrics', () => {
  it('counts connections, how they end, and how they were joined', async () => {
    const first = await RawClient.join(url);
    await RawClient.join(url, { clientId: first.client.clientId, join: { version: 0 } });
    await first.client.closed();
    await RawClient.join(url, { join: { version: 7, timestamp: 7 } });
    first.client.close();
    const binary = await RawClient.join(url);
    binary.client.sendBinary(new Uint8Array([1]));
    await binary.client.closed();
    await eventually(async () => expect((await metrics()).get('weft_connections')).toBe(2));
    const samples = await metrics();
    expect(samples.get('weft_connections_total')).toBe(4);
    expect(samples.get('weft_connections_closed_total{code="4409"}')).toBe(1);
    expect(samples.get('weft_connections_closed_total{code="1003"}')).toBe(1);
    expect(samples.get('weft_joins_total{answer="new"}')).toBe(2);
    expect(samples.get('weft_joins_total{answer="sync"}')).toBe(1);
    expect(samples.get('weft_joins_total{answer="fork"}')).toBe(1);
    expect([samples.get('weft_sessions'), samples.get('weft_rooms')]).toEqual([2, 1]);
  });

  it('counts refused handshakes by reason', async () => {
    await new RawClient(url.replace(id, 'nothing')).closed();
    await new RawClient(url, { protocols: ['weft.v0'] }).closed();
    await new RawClient(url, { headers: { authorization: 'Bearer x' } }).closed();
    const upgrade = { connection: 'upgrade', upgrade: 'websocket', 'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==' };
    const old = request(url.replace('ws:', 'http:'), { headers: { ...upgrade, 'sec-websocket-version': '7' } }).end();
    const [answer] = (await once(old, 'response')) as [IncomingMessage];
    expect(answer.statusCode).toBe(400);
    await RawClient.join(url);
    const samples = await metrics();
    const failed = [...samples].filter(([name]) => name.startsWith('weft_handshakes_failed_total'));
    expect(Object.fromEntries(failed)).toEqual({
      'weft_handshakes_failed_total{reason="not_found"}': 1,
      'weft_handshakes_failed_total{reason="bad_message"}': 1,
      'weft_handshakes_failed_total{reason="unauthenticated"}': 1,
      'weft_handshakes_failed_total{reason="bad_handshake"}': 1,
    });
  });

  it('counts messages and bytes both ways, submissions, acknowledgements, refusals and commits', async () => {
    const reader = await RawClient.join(url);
    const writer = await RawClient.join(url);
    const before = await metrics();
    const difference = async (name: string): Promise<number> => (await metrics()).get(name)! - (before.get(name) ?? 0);
    for (let seq = 1; seq <= 5; seq += 1) writer.client.submit(seq, 0, [insert(0, 'é')]);
    await writer.client.answerTo(5);
    writer.client.sendText('?');
    await writer.client.next(({ code }) => code === 'bad_message');
    await reader.client.next(({ version }) => version === 4);
    const sent = JSON.stringify({ type: 'submit', seq: 1, version: 0, operations: [insert(0, 'é')] });
    expect(await difference('weft_received_messages_total')).toBe(6);
    expect(await difference('weft_received_bytes_total')).toBe(5 * Buffer.byteLength(sent) + 1);
    // Four acknowledgements, four updates and two errors.
    expect(await difference('weft_sent_messages_total')).toBe(10);
    expect(await difference('weft_sent_bytes_total')).toBeGreaterThan(1000);
    expect(await difference('weft_submissions_total')).toBe(4);
    expect(await difference('weft_acknowledgements_total')).toBe(4);
    const samples = await metrics();
    expect(samples.get('weft_refusals_total{code="rate_limited"}')).toBe(1);
    expect(samples.get('weft_refusals_total{code="bad_message"}')).toBe(1);
    expect(samples.get('weft_commit_changes_sum')).toBe(4);
    expect(samples.get('weft_commit_seconds_count')).toBe(samples.get('weft_commit_changes_count'));
  });

  it('tells failed commits, the size of the store and what is held in memory', async () => {
    const { client } = await RawClient.join(url);
    kit.faults.fault = 'refuse';
    client.submit(1, 0, [insert(0, 'x'.repeat(500))]);
    await eventually(async () => expect((await metrics()).get('weft_commits_failed_total')).toBe(1));
    kit.faults.fault = 'none';
    await eventually(() => {
      kit.clock.advance(50);
      expect(client.received.some(({ type }) => type === 'ack')).toBe(true);
    });
    const samples = await metrics();
    expect(samples.get('weft_store_bytes')).toBeGreaterThan(10_000);
    expect(samples.get('weft_room_bytes')).toBeGreaterThan(1000);
    expect(samples.get('weft_send_buffer_bytes')).toBe(0);
    expect(samples.get('weft_outbox_bytes')).toBe(0);
    expect(samples.get('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0);
  });
});

describe('deploy/grafana', () => {
  const folder = new URL('../../../deploy/grafana/', import.meta.url);

  it.each(readdirSync(folder))(
    '%s asks for nothing that /metrics does not have, and shows everything of ours',
    async (file) => {
      const dashboard = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as {
        panels: { title: string; targets?: { expr: string }[] }[];
      };
      const queries = dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)).join('\n');
      const asked = new Set(queries.match(/\b(weft|nodejs|process)_\w+/g));
      const { body } = await owner.get('/metrics');
      const offered = [...body.matchAll(/^# TYPE (\w+) (\w+)$/gm)].flatMap(([, name, kind]) =>
        kind === 'histogram' ? ['_bucket', '_sum', '_count'].map((end) => `${name!}${end}`) : [name!],
      );
      expect([...asked].filter((name) => !offered.includes(name))).toEqual([]);
      const deprecated = new Set([...body.matchAll(/^# HELP (weft_\w+) Deprecated/gm)].map(([, name]) => name!));
      expect([...asked].filter((name) => deprecated.has(name))).toEqual([]);
      const all = [...body.matchAll(/^# TYPE (weft_\w+)/gm)].map(([, name]) => name!);
      const ours = all.filter((name) => !deprecated.has(name));
      expect(ours.filter((name) => !queries.includes(name))).toEqual([]);
    },
  );
});
