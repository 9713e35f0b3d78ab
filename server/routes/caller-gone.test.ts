import Fastify from 'fastify';
import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { whenGone } from './caller-gone.ts';

/** Asks and hangs up: before the route is reached, or while it works. Resolves with what its signal says then. */
async function hangUp(when: 'before' | 'during'): Promise<boolean> {
  const app = Fastify();
  let reached: () => void = () => undefined;
  const isReached = new Promise<void>((resolve) => (reached = resolve));
  app.addHook('onRequest', async (_request, reply) => {
    if (when === 'during') return;
    reached();
    await once(reply.raw, 'close');
  });
  const aborted = new Promise<boolean>((resolve) => {
    app.get('/', async (_request, reply) => {
      const signal = whenGone(reply);
      reached();
      if (!signal.aborted) await once(signal, 'abort');
      resolve(signal.aborted && String(signal.reason).includes('gone'));
    });
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nhost: weft.example\r\n\r\n');
  await isReached;
  socket.destroy();
  const answer = await aborted;
  await app.close();
  return answer;
}

it('FH15 knows of a caller who hangs up while a route works, and of one who had gone before', async () => {
  expect(await hangUp('during')).toBe(true);
  expect(await hangUp('before')).toBe(true);
});
