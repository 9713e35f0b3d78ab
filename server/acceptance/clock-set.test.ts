import { afterAll, beforeAll, expect, it } from 'vitest';
import { ServerProcess } from '../../testing/server-process.ts';
import { RawClient, type Message } from '../../testing/raw-client.ts';
import { insert } from '../../testing/wire-text.ts';

const HOUR = 3_600_000;
/** Sets the machine's time, as the process sees it, back by an hour at the first SIGUSR2, and forwards by two at the next. */
const SETTABLE = `let lead = 0;
const now = Date.now;
Date.now = () => now() + lead;
process.on('SIGUSR2', () => (lead = lead < 0 ? ${HOUR} : -${HOUR}));`;

let server: ServerProcess;
beforeAll(async () => {
  server = await ServerProcess.start({
    nodeOptions: ['--import', `data:text/javascript,${encodeURIComponent(SETTABLE)}`],
    // Whoever is lost is noticed within a tenth of a second.
    env: { WEFT_HEARTBEAT_INTERVAL_MS: '200', WEFT_HEARTBEAT_TIMEOUT_MS: '60000' },
  });
}, 120_000);
afterAll(() => server.dispose());

/** Sets the server's time and resolves once it tells the other one. */
async function setTime(client: RawClient, isThere: (lead: number) => boolean): Promise<void> {
  process.kill(server.pid, 'SIGUSR2');
  for (;;) {
    const { length } = client.received;
    client.send({ type: 'ping' });
    const { timestamp } = await client.next(({ type }) => type === 'pong', length);
    if (isThere((timestamp as number) - Date.now())) return;
  }
}

it('FR8 the shipped server: its time is set back an hour and forwards two while people type, and nothing happens', async () => {
  const response = await fetch(`${server.url}/api/documents`, { method: 'POST' });
  const { id } = (await response.json()) as { id: string };
  const url = server.socketUrl(id);
  const { client: ann } = await RawClient.join(url);
  const { client: ben } = await RawClient.join(url);
  const { client: quiet } = await RawClient.join(url);
  const stamps: number[] = [];
  const beats = [(lead: number) => lead < -HOUR / 2, (lead: number) => lead > HOUR / 2];
  for (const [round, isThere] of beats.entries()) {
    await setTime(ann, isThere);
    const { length } = ben.received;
    const heard = (type: string): Promise<Message> => ben.next((message) => message.type === type, length);
    ann.submit(round + 1, round, [insert(0, 'a')]);
    stamps.push((await heard('document-update'))['timestamp'] as number);
    ann.send({ type: 'cursor', version: round + 1, ranges: [{ anchor: 0, head: 1 }] });
    await heard('cursor-update');
    const { client: newcomer } = await RawClient.join(url);
    await heard('collaborators-update');
    newcomer.close();
    await quiet.pinged(2);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  }
  expect(stamps[1]! - stamps[0]!).toBeGreaterThan(HOUR);
  expect([ann.ending, ben.ending, quiet.ending]).toEqual([undefined, undefined, undefined]);
});
