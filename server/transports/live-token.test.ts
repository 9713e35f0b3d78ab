import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SESSION_COOKIE } from '../access/identity.ts';
import { AppKit, type Caller } from '../testing/app-kit.ts';
import { RawClient, type Message, type RawClientOptions } from '../../testing/raw-client.ts';
import { forgeToken, goodClaims, JWT_SECRET, signToken } from '../../testing/token-maker.ts';
import { insert } from '../../shared/testing/operations.ts';

const START = 1_700_000_000_000;
const MINUTE = 60_000;
/** The clock jumps in these tests; nobody shall be taken for dead. */
const PATIENT = { WEFT_HEARTBEAT_INTERVAL_MS: '600000', WEFT_HEARTBEAT_TIMEOUT_MS: '3600000' };

let kit: AppKit;
let owner: Caller;
let id: string;
let socketUrl: string;

async function open(settings: Record<string, string> = {}): Promise<void> {
  kit = await AppKit.open({ settings: { WEFT_JWT_SECRET: JWT_SECRET, ...PATIENT, ...settings } });
  const port = await kit.listen();
  owner = await kit.guest();
  id = await owner.makeDocument({ linkAccess: 'none' });
  socketUrl = `ws://127.0.0.1:${port}/live/${id}`;
}
beforeEach(() => open());
afterEach(() => kit.close());

const grant = (role: string, changes: object = {}) => goodClaims({ documents: [{ id, role }], ...changes });
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const ownCookie = () => ({ cookie: `${SESSION_COOKIE}=${owner.cookie}` });
const session = (answer: Message) =>
  answer['session'] as { user: { id: string; name: string; color: string }; role: string };

async function join(token: string, options: RawClientOptions & { join?: object } = {}) {
  return RawClient.join(socketUrl, { ...options, join: { token, ...options.join } });
}

/** What became of a socket that was refused: the HTTP status, or the messages and the close code. */
async function refusal(options: RawClientOptions, join?: object): Promise<unknown> {
  const client = new RawClient(socketUrl, options);
  if (join !== undefined) {
    await client.opened();
    client.send({ type: 'join', clientId: client.clientId, ...join });
  }
  const { code, status } = await client.closed();
  return status ?? [client.received.map((message) => message['code'] ?? message.type), code];
}

describe('K3 a token', () => {
  it('counts in the Authorization header of the upgrade, and in join', async () => {
    const token = await signToken(grant('commenter'));
    const upgraded = await RawClient.join(socketUrl, { headers: bearer(token) });
    const joined = await join(token);
    for (const { answer } of [upgraded, joined]) {
      expect(session(answer)).toMatchObject({ user: { id: 'mina', name: 'Mina 민아' }, role: 'commenter' });
    }
  });

  it('that is invalid is refused with 401 on the upgrade and 4401 after join, and nobody becomes a guest', async () => {
    await owner.send('PATCH', `/api/documents/${id}`, { body: { linkAccess: 'edit' } });
    const expired = await signToken(grant('editor', { exp: START / 1000 - 61 }));
    for (const token of ['', 'null', 'x.y.z', forgeToken({ alg: 'none' }), expired, 'x'.repeat(100_000)]) {
      expect([token.slice(0, 20), await refusal({}, { token })]).toEqual([
        token.slice(0, 20),
        [['unauthenticated'], 4401],
      ]);
      // More than 16 KiB of headers are not read at all.
      if (token.length < 16_384) expect(await refusal({ headers: bearer(token) })).toBe(401);
    }
    for (const authorization of ['Basic bWluYTp4', 'Bearer', 'Bearer a b', await signToken(grant('editor'))]) {
      expect(await refusal({ headers: { authorization } })).toBe(401);
    }
  });

  it('FW2 stands there once', async () => {
    const token = `Bearer ${await signToken(grant('editor'))}`;
    const headers = { authorization: [token, token] as unknown as string };
    expect(await refusal({ headers })).toBe(401);
  });

  it('FW2 never stands in the URL', async () => {
    const token = await signToken(grant('editor'));
    for (const name of ['token', 'access_token']) {
      const client = new RawClient(`${socketUrl}?${name}=${token}`);
      expect((await client.closed()).status).toBe(401);
    }
  });
});

describe('K4 of several credentials', () => {
  it('the token of join counts before that of the header, and both before the cookie', async () => {
    const [first, second] = [await signToken(grant('viewer')), await signToken(grant('editor', { sub: 'jun' }))];
    const headers = { ...ownCookie(), ...bearer(first) };
    expect(session((await RawClient.join(socketUrl, { headers: ownCookie() })).answer).role).toBe('owner');
    expect(session((await RawClient.join(socketUrl, { headers })).answer).user.id).toBe('mina');
    expect(session((await join(second, { headers })).answer)).toMatchObject({ user: { id: 'jun' }, role: 'editor' });
  });

  it('the one that counts is refused where it is invalid, whatever stands beside it', async () => {
    const good = await signToken(grant('editor'));
    expect(await refusal({ headers: { ...ownCookie(), ...bearer('x.y.z') } })).toBe(401);
    expect(await refusal({ headers: { ...ownCookie(), ...bearer(good) } }, { token: 'x.y.z' })).toEqual([
      ['unauthenticated'],
      4401,
    ]);
  });

  it('the weaker ones are not looked at', async () => {
    const headers = { cookie: `${SESSION_COOKIE}=forged`, ...bearer(await signToken(grant('editor'))) };
    expect(session((await RawClient.join(socketUrl, { headers })).answer).user.id).toBe('mina');
  });
});

it('K5 name and colour stand in the token, and join does not change them', async () => {
  const token = await signToken(grant('editor', { color: '#2e67c6' }));
  const { answer } = await join(token, { join: { name: 'Somebody else', color: '#ba3d47' } });
  expect(session(answer).user).toEqual({ id: 'mina', name: 'Mina 민아', color: '#2e67c6' });
  expect(JSON.stringify(answer)).not.toMatch(/expiresAt|grants|choseColor/);
});

it('K2 a token that names documents opens no other', async () => {
  const other = await owner.makeDocument({ linkAccess: 'edit' });
  const token = await signToken(goodClaims({ documents: [{ id: other, role: 'editor' }] }));
  expect(await refusal({}, { token })).toEqual([['not_found'], 4404]);
  expect(await refusal({}, { token: await signToken(goodClaims({ documents: [] })) })).toEqual([['not_found'], 4404]);
});

describe('K6 FA8 a token on a live socket', () => {
  it('is warned of 60 s before it expires, counts 60 s longer, and ends with 4401; what was sent until then is durable', async () => {
    const { client } = await join(await signToken(grant('editor', { exp: START / 1000 + 300 })));
    kit.clock.advance(4 * MINUTE - 1);
    client.submit(1, 0, [insert(0, 'x')]);
    await client.answerTo(1);
    expect(client.received.some(({ type }) => type === 'token-expiring')).toBe(false);
    kit.clock.advance(1);
    expect(await client.next(({ type }) => type === 'token-expiring')).toEqual({
      type: 'token-expiring',
      expiresAt: START + 5 * MINUTE,
    });
    kit.clock.advance(2 * MINUTE - 1);
    client.submit(2, 1, [insert(0, 'x')]);
    expect(await client.answerTo(2)).toMatchObject({ type: 'ack', version: 2 });
    kit.clock.advance(1);
    expect((await client.closed()).code).toBe(4401);
    expect((await owner.get(`/api/documents/${id}/content`)).body).toBe('xx');
  });

  it('G6 counts when a submission is sequenced, not when it came', async () => {
    // Three seconds of grace are left; after five without a disk everything that waits would be refused.
    const { client } = await join(await signToken(grant('editor', { exp: START / 1000 - 57 })));
    const { client: first } = await RawClient.join(socketUrl, { headers: ownCookie() });
    kit.faults.fault = 'refuse';
    first.submit(1, 0, [insert(0, 'x')]);
    await vi.waitFor(() => expect(kit.faults.appends).toBe(1), { timeout: 10_000 });
    client.submit(1, 0, [insert(0, 'late')]);
    await vi.waitFor(() => expect(kit.rooms.health().queued).toBe(1), { timeout: 10_000 });
    kit.clock.advance(4000);
    expect((await client.closed()).code).toBe(4401);
    kit.faults.fault = 'none';
    kit.clock.advance(900);
    await first.answerTo(1);
    await vi.waitFor(() => expect(kit.rooms.health().queued).toBe(0), { timeout: 10_000 });
    expect((await owner.get(`/api/documents/${id}/content`)).body).toBe('x');
  });

  it('takes what the settings say in place of 60 s', async () => {
    await kit.close();
    await open({ WEFT_TOKEN_WARNING_MS: '1000', WEFT_TOKEN_GRACE_MS: '500' });
    const { client } = await join(await signToken(grant('editor', { exp: START / 1000 + 10 })));
    kit.clock.advance(9000);
    await client.next(({ type }) => type === 'token-expiring');
    kit.clock.advance(1500);
    expect((await client.closed()).code).toBe(4401);
  });
});

describe('K7 authenticate', () => {
  const renewed = ({ type }: Message): boolean => type === 'authenticated';

  it('renews the token of a live socket, which stays', async () => {
    const { client } = await join(await signToken(grant('editor', { exp: START / 1000 + 300 })));
    kit.clock.advance(5 * MINUTE);
    client.send({ type: 'authenticate', token: await signToken(grant('editor', { exp: START / 1000 + 900 })) });
    expect(await client.next(renewed)).toEqual({ type: 'authenticated', expiresAt: START + 15 * MINUTE });
    kit.clock.advance(5 * MINUTE);
    client.submit(1, 0, [insert(0, 'x')]);
    expect(await client.answerTo(1)).toMatchObject({ type: 'ack' });
    kit.clock.advance(6 * MINUTE);
    expect((await client.closed()).code).toBe(4401);
  });

  it('brings the role, name and colour of the new token', async () => {
    const { client } = await join(await signToken(grant('viewer')));
    const { client: other } = await join(await signToken(grant('viewer', { sub: 'jun' })));
    const claims = grant('editor', { name: 'Mina Kim', color: '#2e67c6' });
    client.send({ type: 'authenticate', token: await signToken(claims) });
    expect(await client.next(({ type }) => type === 'role-update')).toMatchObject({ role: 'editor' });
    client.submit(1, 0, [insert(0, 'x')]);
    expect(await client.answerTo(1)).toMatchObject({ type: 'ack' });
    kit.clock.advance(100);
    await other.next((message) => JSON.stringify(message).includes('"name":"Mina Kim","color":"#2e67c6"'));
  });

  it('with a token that does not open the document any more closes with 4403', async () => {
    const { client } = await join(await signToken(grant('editor')));
    client.send({ type: 'authenticate', token: await signToken(goodClaims({ documents: [] })) });
    expect((await client.closed()).code).toBe(4403);
  });

  it.each([
    ['of somebody else', () => signToken(grant('owner', { sub: 'jun' }))],
    ['that is expired', () => signToken(grant('editor', { exp: START / 1000 - 61 }))],
    ['that is forged', () => Promise.resolve('x.y.z')],
  ])('with a token %s is refused and closes with 4401', async (_name, token) => {
    const { client } = await join(await signToken(grant('editor')));
    client.send({ type: 'authenticate', token: await token() });
    expect((await client.closed()).code).toBe(4401);
    expect(client.received.at(-1)).toMatchObject({ type: 'error', code: 'unauthenticated', retryable: false });
  });

  it('makes no user of a guest', async () => {
    await owner.send('PATCH', `/api/documents/${id}`, { body: { linkAccess: 'edit' } });
    const { client } = await RawClient.join(socketUrl);
    client.send({ type: 'authenticate', token: await signToken(grant('owner')) });
    expect((await client.closed()).code).toBe(4401);
  });

  it('is taken one at a time', async () => {
    const { client } = await join(await signToken(grant('editor')));
    const token = await signToken(grant('editor'));
    client.send([
      { type: 'authenticate', token },
      { type: 'authenticate', token },
    ]);
    await client.next(renewed);
    expect(client.received.filter(({ code }) => code === 'bad_message')).toHaveLength(1);
    client.send({ type: 'authenticate', token });
    await client.next(renewed, client.received.findIndex(renewed) + 1);
  });
});

describe('K8 where guests are off', () => {
  beforeEach(async () => {
    await kit.close();
    kit = await AppKit.open({ settings: { WEFT_JWT_SECRET: JWT_SECRET, WEFT_GUESTS: 'off' } });
    const port = await kit.listen();
    const headers = bearer(await signToken(goodClaims({ sub: 'owner' })));
    id = (await kit.caller().send('POST', '/api/documents', { body: { linkAccess: 'edit' }, headers })).json().id;
    socketUrl = `ws://127.0.0.1:${port}/live/${id}`;
  });

  it('a socket without a token is closed with 4401 after join, one with a session cookie too', async () => {
    expect(await refusal({}, {})).toEqual([['unauthenticated'], 4401]);
    expect(await refusal({ headers: ownCookie() }, {})).toEqual([['unauthenticated'], 4401]);
    expect(await refusal({ headers: bearer('x.y.z') })).toBe(401);
  });

  it('a token counts as ever, also beside a cookie from other days', async () => {
    const { answer } = await join(await signToken(grant('editor')), { headers: ownCookie() });
    expect(session(answer).user.id).toBe('mina');
  });
});
