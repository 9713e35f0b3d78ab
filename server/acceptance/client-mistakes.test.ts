import type { InjectOptions } from 'fastify';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SeededRandom } from '../../shared/testing/random.ts';
import { AppKit, type Caller } from '../testing/app-kit.ts';
import { oddBodies } from '../testing/odd-bodies.ts';

// A client's mistake is answered as one: never with 5xx, never with a line of an error in the log (docs/faults.md, FH21).

let kit: AppKit;
let owner: Caller;
beforeAll(async () => {
  kit = await AppKit.open({
    settings: {
      WEFT_SUBMISSIONS_PER_SECOND: '1000000',
      WEFT_DOCUMENTS_PER_MINUTE: '100000',
      WEFT_WRITTEN_BYTES_PER_MINUTE: '99999999999',
    },
  });
  owner = await kit.guest();
});
afterAll(() => kit.close());
afterEach(() => expect(kit.log.filter((line) => (JSON.parse(line) as { level: number }).level >= 50)).toEqual([]));

describe('FH12 a text that is millions of letters too long is refused by its length', () => {
  it.each(['\u200b', 'a', '😀', ' ', '\n'])('of %j', async (unit) => {
    const title = unit.repeat(9_000_000 / unit.length);
    const made = await owner.send('POST', '/api/documents', { body: { title } });
    expect([made.statusCode, made.json().error.code]).toEqual([400, 'bad_message']);
  });
});

describe('FH21 JSON that is no object, where one is due, is no object left out', () => {
  const paths = async (): Promise<[NonNullable<InjectOptions['method']>, string][]> => {
    const url = `/api/documents/${await owner.makeDocument()}`;
    return [
      ['POST', '/api/session'],
      ['POST', '/api/documents'],
      ['PATCH', url],
      ['POST', `${url}/operations`],
      ['PUT', `${url}/members/somebody`],
      ['POST', `${url}/links`],
      ['POST', `${url}/links/redeem`],
    ];
  };
  it.each(['null', '[]', '[{}]', '1', '"x"', 'true'])('%s', async (body) => {
    for (const [method, url] of await paths()) {
      const answer = await owner.send(method, url, { body, headers: { 'content-type': 'application/json' } });
      expect([method, url, answer.statusCode, answer.json().error.code]).toEqual([method, url, 400, 'bad_message']);
    }
  });
});

it('FH21 what meets the trash on its way hears that there is no such document', async () => {
  const visitor = await kit.guest();
  const seen = new Set<number>();
  for (let round = 0; round < 12; round += 1) {
    const id = await owner.makeDocument({ content: 'one' });
    const url = `/api/documents/${id}`;
    const link = (await owner.send('POST', `${url}/links`, { body: { role: 'editor' } })).json<{
      id: string;
      secret: string;
    }>();
    const operations = [{ type: 'insert', position: 0, text: 'x' }];
    const race = (caller: Caller) => [
      caller.send('POST', `${url}/operations`, { body: { version: 1, operations } }),
      caller.send('POST', `${url}/operations`, { body: { version: 0, operations } }),
      caller.putText(`${url}/content`, `two ${round}`),
      caller.putText(`${url}/content`, 'three', { 'if-match': '*' }),
      caller.send('PATCH', url, { body: { title: 'New' } }),
      caller.send('PATCH', url, { body: { linkAccess: 'view' } }),
      caller.send('PUT', `${url}/members/somebody`, { body: { role: 'viewer' } }),
      caller.send('DELETE', `${url}/members/somebody`),
      caller.send('POST', `${url}/links`, { body: { role: 'viewer' } }),
      caller.send('POST', `${url}/links/redeem`, { body: { secret: link.secret } }),
      caller.send('DELETE', `${url}/links/${link.id}`),
      caller.get(`${url}/content`),
      caller.get(`${url}/changes`),
      caller.get(`${url}/access`),
    ];
    const answers = await Promise.all([
      ...race(owner),
      ...race(visitor),
      turns(round).then(() => owner.send('DELETE', url)),
      ...race(visitor),
      ...race(owner),
    ]);
    for (const { statusCode, body } of answers) {
      expect(statusCode, body).toBeLessThan(500);
      seen.add(statusCode);
    }
  }
  expect([...seen]).toEqual(expect.arrayContaining([200, 403, 404]));
});

/** Resolves after so many turns of the loop. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** What the test reads of the description of a route. */
interface Described {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: object;
}

describe('FH21 every route of the description, with bodies, addresses and queries that nobody means', () => {
  it.each([1])('seed %i', async (seed) => {
    const random = new SeededRandom(seed);
    const { paths } = (await owner.get('/api/openapi.json')).json<{
      paths: Record<string, Record<string, Described>>;
    }>();
    for (const [path, methods] of Object.entries(paths)) {
      for (const [method, { parameters = [] }] of Object.entries(methods)) {
        for (const { body, type } of oddBodies(random)) {
          const id = await documentFor(random);
          const odd = (): string => encodeURIComponent(random.pick(ODD_WORDS));
          const address = path.replace('{id}', id).replaceAll(/\{\w+\}/g, () => odd());
          const query = parameters
            .filter((parameter) => parameter.in === 'query' && random.chance(50))
            .map(({ name }) => `${name}=${odd()}`);
          const answer = await owner.send(method.toUpperCase() as 'GET', `${address}?${query.join('&')}`, {
            ...(body === undefined ? {} : { body }),
            headers: type === undefined ? {} : { 'content-type': type },
          });
          // What oEmbed has for a format that is not given.
          if (path === '/api/oembed' && answer.statusCode === 501) continue;
          expect(answer.statusCode, `${method} ${address} ${String(body).slice(0, 200)}: ${answer.body}`).toBeLessThan(
            500,
          );
        }
      }
    }
  });

  let kept: string | undefined;
  /** Mostly one that is there. */
  async function documentFor(random: SeededRandom): Promise<string> {
    if (random.chance(20)) return encodeURIComponent(random.pick(ODD_WORDS));
    if (kept === undefined || (await owner.get(`/api/documents/${kept}`)).statusCode !== 200) {
      owner = await kit.guest();
      kept = await owner.makeDocument({ content: 'text' });
    }
    return kept;
  }
});

const ODD_WORDS = [
  'x',
  '',
  ' ',
  '__proto__',
  'constructor',
  '-1',
  '1e9',
  '9'.repeat(40),
  'null',
  '\u0000',
  '../..',
  '가',
  'a'.repeat(300),
];
