import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { ServerProcess } from '../../testing/server-process.ts';
import { Command } from '../testing/command.ts';
import { Stranger } from '../../testing/stranger.ts';

beforeAll(() => Command.build());

it('FH15 requests that are given up leave the queue of passwords of the shipped server', async () => {
  const queue = 60;
  const env = { WEFT_PASSWORD_QUEUE: String(queue), WEFT_PASSWORDS_PER_MINUTE: '1000' };
  const server = await ServerProcess.start({ env });
  onTestFinished(() => server.dispose());
  const owner = await Stranger.guest(server.url);
  const url = `/api/documents/${await owner.makeDocument()}`;
  const giveUp = new AbortController();
  let made = 0;
  const ask = async (): Promise<number> => {
    const response = await fetch(`${server.url}${url}/links`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: owner.cookie! },
      body: JSON.stringify({ role: 'viewer', password: 'a long password' }),
      signal: giveUp.signal,
    });
    if (response.status === 201) made += 1;
    return response.status;
  };
  // One more than are hashed and wait: all others wait by the time that it is refused.
  const asked = Array.from({ length: queue + 8 }, () => ask().catch(() => undefined));
  await Promise.race(asked.map(async (each) => ((await each) === 429 ? undefined : never())));
  giveUp.abort();
  await Promise.all(asked);

  expect((await owner.send('POST', `${url}/links`, { role: 'viewer', password: 'another one' })).status).toBe(201);
  const { links } = (await owner.get(`${url}/access`)).json as unknown as { links: readonly unknown[] };
  // Those that were answered, this one, and at most one that was being hashed and one that was being stored.
  expect(links.length).toBeLessThanOrEqual(made + 3);
  expect(made).toBeLessThan(queue / 2);
}, 120_000);

const never = (): Promise<never> => new Promise(() => undefined);
