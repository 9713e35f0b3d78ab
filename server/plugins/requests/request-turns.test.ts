import Fastify, { type FastifyRequest } from 'fastify';
import { expect, it } from 'vitest';
import type { App } from '../app-deps.ts';
import { requestTurns } from './request-turns.ts';

/** An app that notes who was begun in which turn of the event loop. */
function noted() {
  const app = Fastify() as unknown as App;
  app.decorateRequest('source', {
    getter(this: FastifyRequest) {
      return this.ip;
    },
  });
  requestTurns(app);
  const turns: string[][] = [];
  let isOver = false;
  const turn = (): void => {
    turns.push([]);
    if (!isOver) setImmediate(turn);
  };
  turn();
  app.addHook('onClose', async () => void (isOver = true));
  app.addHook('onRequest', (request, _reply, done) => {
    turns.at(-1)!.push(String(request.headers.name));
    done();
  });
  app.get('/', async () => 'here');
  const ask = (name: string, remoteAddress: string) => app.inject({ url: '/', remoteAddress, headers: { name } });
  return { app, turns, ask };
}

it('FH24 spreads requests that come together over turns, in which networks take turns', async () => {
  const { app, turns, ask } = noted();
  await app.ready();
  const many = Array.from({ length: 20 }, (_, at) => ask(`many ${at}`, '192.0.2.1'));
  const others = ['one', 'two'].map((name) => ask(name, '192.0.2.2'));
  const answers = await Promise.all([...many, ...others]);
  expect(answers.every(({ statusCode }) => statusCode === 200)).toBe(true);
  expect(turns.flat()).toHaveLength(22);
  expect(Math.max(...turns.map(({ length }) => length))).toBeLessThanOrEqual(4);
  // Behind the first four that came before them, and one of the others at most before each.
  expect(turns.flat().indexOf('two')).toBeLessThanOrEqual(7);
  await app.close();
});

it('FH24 lets those who come one after the other in at once', async () => {
  const { app, turns, ask } = noted();
  for (let at = 0; at < 6; at += 1) expect((await ask(`visitor ${at}`, '192.0.2.1')).statusCode).toBe(200);
  expect(turns.flat()).toHaveLength(6);
  await app.close();
});
