import { afterEach, beforeEach, expect, it } from 'vitest';
import { AppKit, type Caller } from '../testing/app-kit.ts';
import { samplesOf } from '../../testing/prometheus.ts';

const PER_SECOND = 2;
/** A bucket holds what its rate gives in two seconds. */
const AT_ONCE = 2 * PER_SECOND;

let kit: AppKit;
let owner: Caller;
beforeEach(async () => {
  const settings = { WEFT_SUBMISSIONS_PER_SECOND: String(PER_SECOND), WEFT_OPERATIONS_PER_SECOND: '100' };
  kit = await AppKit.open({ settings });
  owner = await kit.guest();
});
afterEach(() => kit.close());

const submit = async (caller: Caller, id: string) => {
  const body = { version: 0, operations: [{ type: 'insert', position: 0, text: 'x' }] };
  return caller.send('POST', `/api/documents/${id}/operations`, { body });
};

it('L2 bounds what a user commits over HTTP, on all documents and by both routes, and says when to go on', async () => {
  const [one, other] = [await owner.makeDocument(), await owner.makeDocument()];
  for (let count = 0; count < AT_ONCE; count += 1)
    expect((await submit(owner, count % 2 ? one : other)).statusCode).toBe(200);
  const refused = await submit(owner, one);
  expect([refused.statusCode, refused.json(), refused.headers['retry-after']]).toEqual([
    429,
    { error: { code: 'rate_limited', message: 'These are too many changes' } },
    '1',
  ]);
  expect((await owner.putText(`/api/documents/${other}/content`, 'new')).statusCode).toBe(429);
  const { body } = await owner.get('/metrics');
  expect(samplesOf(body).get('weft_refusals_total{code="rate_limited"}')).toBe(2);

  kit.clock.advance(499);
  expect((await submit(owner, one)).statusCode).toBe(429);
  kit.clock.advance(1);
  expect((await owner.putText(`/api/documents/${one}/content`, 'new')).statusCode).toBe(200);
  expect((await submit(owner, one)).statusCode).toBe(429);
  expect((await owner.get(`/api/documents/${one}/content`)).body).toBe('new');
});

it('L2 FM19 bounds how many operations a user commits over HTTP', async () => {
  const id = await owner.makeDocument();
  const send = async (count: number): Promise<number> => {
    const operations = Array.from({ length: count }, () => ({ type: 'insert', position: 0, text: 'x' }));
    const body = { version: 0, operations };
    return (await owner.send('POST', `/api/documents/${id}/operations`, { body })).statusCode;
  };
  expect([await send(150), await send(51), await send(50)]).toEqual([200, 429, 200]);
  kit.clock.advance(500);
  expect([await send(50), await send(1)]).toEqual([200, 429]);
});

it('L2 leaves everybody else as much as ever, and reading out of it', async () => {
  const id = await owner.makeDocument();
  for (let count = 0; count < AT_ONCE; count += 1) await submit(owner, id);
  expect((await submit(owner, id)).statusCode).toBe(429);
  const neighbour = await kit.guest();
  expect((await submit(neighbour, id)).statusCode).toBe(200);
  expect((await owner.get(`/api/documents/${id}/changes`)).statusCode).toBe(200);
});
