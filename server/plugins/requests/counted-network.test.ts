import { afterEach, describe, expect, it } from 'vitest';
import { AppKit, type Caller } from '../../testing/app-kit.ts';
import { RawClient } from '../../../testing/raw-client.ts';

/** Where a request comes from: the address of its connection, and what its head says of whom it is forwarded for. */
interface From {
  readonly remoteAddress: string;
  readonly headers: Readonly<Record<string, string>>;
}

const HERE = '127.0.0.1';
/** Small enough that the second or third of anything is too much for a network. */
const SETTINGS = {
  WEFT_GUESTS_PER_MINUTE: '1',
  WEFT_DOCUMENTS_PER_MINUTE: '1',
  WEFT_HISTORY_READS_PER_SECOND: '1',
  WEFT_SUBMISSIONS_PER_SECOND: '1',
  WEFT_PASSWORDS_PER_MINUTE: '2',
  WEFT_NETWORK_BYTES_PER_DAY: '1024',
  WEFT_MAX_CONNECTIONS_PER_ADDRESS: '1',
};

let kit: AppKit;
let owner: Caller;
/** Guests that were made elsewhere, each from a network of their own. */
let guests = 0;
afterEach(() => kit.close());

async function open(settings: Record<string, string> = {}): Promise<string> {
  kit = await AppKit.open({ settings: { ...SETTINGS, ...settings } });
  owner = kit.caller();
  const response = await owner.send('POST', '/api/documents', { remoteAddress: '198.51.100.1', body: {} });
  return `/api/documents/${response.json<{ id: string }>().id}`;
}

const visit = async (method: 'GET' | 'POST', url: string, from: From, body?: object): Promise<number> =>
  (await kit.caller().send(method, url, { ...from, ...(body !== undefined && { body }) })).statusCode;

type Deed = readonly [name: string, (url: string, from: From) => Promise<number>];

/** What is bounded by the source: who guesses, or comes without a credential. */
const OF_NOBODY: readonly Deed[] = [
  ['new documents', (_url, from) => visit('POST', '/api/documents', from, {})],
  ['pages of history', (url, from) => visit('GET', `${url}/changes`, from)],
  [
    'changes',
    (url, from) => {
      const operations = [{ type: 'insert', position: 0, text: 'x' }];
      return visit('POST', `${url}/operations`, from, { version: 0, operations });
    },
  ],
  [
    'passwords',
    async (url, from) => {
      const made = await owner.send('POST', `${url}/links`, { ...from, body: { role: 'viewer', password: 'right' } });
      return made.statusCode;
    },
  ],
];

/** What is bounded by the network beside the limits of each. */
const OF_MANY: readonly Deed[] = [
  ['new guests', (_url, from) => visit('POST', '/api/session', from)],
  [
    'bytes of a day',
    async (url, from) => {
      const mina = kit.caller();
      guests += 1;
      await mina.send('POST', '/api/session', { remoteAddress: `10.0.0.${guests}` });
      const body = { version: 0, operations: [{ type: 'insert', position: 0, text: 'x'.repeat(500) }] };
      return (await mina.send('POST', `${url}/operations`, { ...from, body })).statusCode;
    },
  ],
];

const often = async (times: number, once: () => Promise<number>): Promise<boolean> => {
  const statuses: number[] = [];
  for (let count = 0; count < times; count += 1) statuses.push(await once());
  expect(statuses.filter((status) => status >= 400 && status !== 429)).toEqual([]);
  return statuses.includes(429);
};

const FORWARDED: From = { remoteAddress: HERE, headers: { 'x-forwarded-for': '203.0.113.7' } };
const FROM_HERE: From = { remoteAddress: HERE, headers: {} };

describe.each(OF_MANY)('L5 FH23 %s', (_name, doIt) => {
  it('count for this machine where it comes by itself, and for nobody where an untold proxy forwards', async () => {
    const url = await open();
    expect(await often(4, () => doIt(url, FORWARDED))).toBe(false);
    expect(await often(4, () => doIt(url, FROM_HERE))).toBe(true);
  });
});

describe.each(OF_NOBODY)('L5 FH23 %s', (_name, doIt) => {
  it('count for the source, whatever a head says that the server does not believe', async () => {
    const url = await open();
    let last = 0;
    const once = (): Promise<number> => {
      last += 1;
      return doIt(url, { remoteAddress: HERE, headers: { 'x-forwarded-for': `203.0.113.${last}` } });
    };
    expect(await often(4, once)).toBe(true);
  });
});

const SOCKETS: Deed = [
  'sockets',
  async (url, from) => {
    await kit.app.ready();
    if (!kit.app.server.listening) await kit.listen();
    const { port } = kit;
    const client = new RawClient(`ws://${HERE}:${port}${url.replace('/api/documents', '/live')}`, {
      headers: from.headers,
    });
    return client.opened().then(
      () => 101,
      async () => (await client.closed()).status!,
    );
  },
];

describe.each([...OF_MANY, ...OF_NOBODY, SOCKETS])('L5 FH23 %s', (_name, doIt) => {
  it('count for the network that a trusted proxy names', async () => {
    const url = await open({ WEFT_TRUST_PROXY: 'true' });
    let last = 0;
    const once = (): Promise<number> => {
      last += 1;
      return doIt(url, { remoteAddress: HERE, headers: { 'x-forwarded-for': `2001:db8::${last}` } });
    };
    expect(await often(4, once)).toBe(true);
  });
});
