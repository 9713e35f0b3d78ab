import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { ServerProcess } from '../../testing/server-process.ts';
import { Command } from '../testing/command.ts';
import { eventually } from '../../testing/eventually.ts';
import { Stranger } from '../../testing/stranger.ts';

beforeAll(() => Command.build());

it('FH18 at WEFT_MAX_STORE_BYTES the shipped server takes no more, goes on reading, and takes more where it may', async () => {
  const settings = { WEFT_MAX_STORE_BYTES: '2000000', WEFT_UNAVAILABLE_AFTER_MS: '300' };
  const env: Record<string, string> = { ...settings };
  const server = await ServerProcess.start({ env });
  onTestFinished(() => server.dispose());
  const owner = await Stranger.guest(server.url);
  const id = await owner.makeDocument({ content: 'kept' });
  const { client } = await owner.join(id);
  // What does not compress.
  const noise = (): string => Array.from({ length: 12_000 }, () => Math.random().toString(36).slice(2)).join('');
  let made = await owner.send('POST', '/api/documents', { content: noise() });
  for (let count = 0; made.status === 201 && count < 100; count += 1) {
    made = await owner.send('POST', '/api/documents', { content: noise() });
  }
  expect([made.status, made.code, Number(made.headers.get('retry-after')) > 0]).toEqual([503, 'unavailable', true]);

  client.submit(1, 1, [{ type: 'insert', position: 0, text: noise() }]);
  expect(await client.answerTo(1)).toMatchObject({ code: 'unavailable', retryable: true });
  expect((await owner.read(id)).text).toBe('kept');
  const { client: other, answer } = await owner.join(id);
  expect(answer).toMatchObject({ type: 'document-init', version: 1 });
  other.close();

  client.close();
  expect(await server.stop()).toBe(0);
  env['WEFT_MAX_STORE_BYTES'] = '20000000';
  await server.start();
  expect((await owner.send('POST', '/api/documents', { content: noise() })).status).toBe(201);
  await eventually(async () => expect((await fetch(`${server.url}/readyz`)).status).toBe(200));
  expect((await owner.read(id)).text).toBe('kept');
}, 120_000);
