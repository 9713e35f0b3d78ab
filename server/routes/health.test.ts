import { afterEach, beforeEach, expect, it } from 'vitest';
import { AppKit } from '../testing/app-kit.ts';

let kit: AppKit;
beforeEach(async () => {
  kit = await AppKit.open();
});
afterEach(() => kit.close());

it('GET /healthz answers while the process lives, also with storage gone', async () => {
  kit.faults.fault = 'refuse';
  expect((await kit.caller().get('/healthz')).json()).toEqual({ status: 'ok' });
});

it('GET /readyz follows the store, asked at most every two seconds', async () => {
  const caller = kit.caller();
  expect((await caller.get('/readyz')).statusCode).toBe(200);
  kit.faults.fault = 'refuse';
  expect((await caller.get('/readyz')).statusCode).toBe(200);
  kit.clock.advance(2000);
  const response = await caller.get('/readyz');
  expect([response.statusCode, response.json().error.code]).toEqual([503, 'unavailable']);
  expect(Number(response.headers['retry-after'])).toBeGreaterThan(0);
  kit.faults.fault = 'none';
  kit.clock.advance(2000);
  expect((await caller.get('/readyz')).statusCode).toBe(200);
});

it('GET /readyz and the API say so while the server stops', async () => {
  const caller = kit.caller();
  await kit.rooms.close();
  expect((await caller.get('/healthz')).statusCode).toBe(200);
  for (const url of ['/readyz', '/api/documents']) {
    const response = await caller.get(url);
    expect([response.statusCode, response.json().error.code]).toEqual([503, 'unavailable']);
  }
});

it('GET /readyz says so where slow readers and idle documents are not cleared away', async () => {
  const caller = kit.caller();
  const socketAuth = {
    admit: () => Promise.reject(new Error('nobody')),
    verify: () => Promise.reject(new Error('nobody')),
  };
  let isBroken = true;
  let looks = 0;
  const { session } = kit.rooms.startSession(
    'a',
    {
      connectionId: 'a connection',
      get queuedBytes(): number {
        if (isBroken) throw new Error('a session that nobody expected');
        return 0;
      },
      send: () => 'written',
      close: () => undefined,
    },
    socketAuth,
  );
  const other = kit.rooms.startSession(
    'a',
    {
      connectionId: 'another connection',
      get queuedBytes(): number {
        looks += 1;
        return 0;
      },
      send: () => 'written',
      close: () => undefined,
    },
    socketAuth,
  );
  kit.clock.advance(3000);
  // Those behind it are looked at all the same.
  expect(looks).toBe(3);
  await expect.poll(async () => (await caller.get('/readyz')).statusCode).toBe(503);
  isBroken = false;
  expect((await caller.get('/metrics')).body).toContain('\nweft_job_failures_total{job="sweep"} 3\n');
  expect(kit.log.filter((line) => line.includes('A background job failed'))).toHaveLength(1);
  kit.clock.advance(1000);
  await expect.poll(async () => (await caller.get('/readyz')).statusCode).toBe(200);
  session.close(1001);
  other.session.close(1001);
});

it('FR6 GET /readyz says so where connections are refused for ten seconds; the log says it once a minute', async () => {
  const caller = kit.caller();
  const status = async (): Promise<number> => (await caller.get('/readyz')).statusCode;
  const told = (): number => kit.log.filter((line) => line.includes('others are refused')).length;
  // What Node says of a connection beyond their number, and of one that the system has no file for.
  const events = [
    () => kit.app.server.emit('drop'),
    () =>
      kit.app.server.emit('error', Object.assign(new Error('accept EMFILE'), { code: 'EMFILE', syscall: 'accept' })),
  ];
  await kit.listen();
  for (let second = 0; second < 10; second += 1) {
    expect(await status()).toBe(200);
    events[second % 2]!();
    kit.clock.advance(1000);
  }
  expect([await status(), told()]).toEqual([503, 1]);
  kit.clock.advance(10_000);
  expect(await status()).toBe(200);
  kit.clock.advance(60_000);
  events[0]!();
  expect([await status(), told()]).toEqual([200, 2]);
  expect(kit.log.filter((line) => line.includes('"level":50'))).toEqual([]);
});

it('GET /metrics counts rooms and requests', async () => {
  const owner = await kit.guest();
  const id = await owner.makeDocument({ content: 'x' });
  await owner.get(`/api/documents/${id}/content`);
  const response = await owner.get('/metrics');
  expect(response.headers['content-type']).toContain('text/plain; version=0.0.4');
  expect(response.body).toContain('\nweft_rooms 1\n');
  expect(response.body).toContain('\nweft_sessions 0\n');
  expect(response.body).toContain('\nweft_accepting 1\n');
  expect(response.body).toContain(
    'weft_http_request_seconds_count{method="GET",route="/api/documents/:id/content",status="200"} 1',
  );
  expect(response.body).not.toContain(id);
});
