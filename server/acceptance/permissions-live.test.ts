import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientMessageSchema } from '../../shared/protocol/messages.ts';
import { ServerProcess } from '../../testing/server-process.ts';
import { MESSAGES } from '../access/permissions.ts';
import { RawClient, type Message } from '../../testing/raw-client.ts';
import { Stranger } from '../../testing/stranger.ts';
import { receive, stateOf, VISITOR_SETTINGS, VISITORS, type Visitor } from '../../testing/visitors.ts';

/** One good message of every type; `join` comes first, and what ends a session last. */
const MESSAGE_OF: Readonly<Record<string, (version: number) => Message>> = {
  ping: () => ({ type: 'ping' }),
  cursor: (version) => ({ type: 'cursor', version, ranges: [{ anchor: 0, head: 0 }] }),
  presence: () => ({ type: 'presence', state: 'idle' }),
  submit: (version) => ({
    type: 'submit',
    seq: 1,
    version,
    operations: [{ type: 'insert', position: 0, text: 'x' }],
  }),
  authenticate: () => ({ type: 'authenticate', token: 'none' }),
  leave: () => ({ type: 'leave' }),
};

let server: ServerProcess;
let owner: Stranger;
beforeAll(async () => {
  server = await ServerProcess.start({ env: VISITOR_SETTINGS });
  owner = await Stranger.guest(server.url);
}, 120_000);
afterAll(() => server.dispose());

it('M5 every message has a row, and is tried', () => {
  const types = clientMessageSchema.def.options.map((option) => option.shape.type.def.values[0]);
  expect(Object.keys(MESSAGES).sort()).toEqual([...types].sort());
  expect(['join', ...Object.keys(MESSAGE_OF)].sort()).toEqual([...types].sort());
});

async function arrive(visitor: Visitor) {
  const premises = await receive(visitor, server.url, owner);
  const client = new RawClient(`${server.url.replace('http', 'ws')}/live/${premises.id}`, {
    headers: premises.headers,
  });
  return { premises, client };
}

describe.each(VISITORS.filter(({ role }) => role !== undefined))('$name', ({ role, ...visitor }) => {
  it('M5 and G7 FA5: may send what the table says, and nobody hears of anything else', async () => {
    const { premises, client } = await arrive({ ...visitor, role });
    const watcher = (await owner.join(premises.id)).client;
    await client.opened();
    client.send({ type: 'join', clientId: client.clientId });
    const answer = await client.next(({ type }) => type === 'document-init');
    expect(answer['session']).toMatchObject({ role });
    const results: Record<string, boolean> = {};
    for (const [type, message] of Object.entries(MESSAGE_OF)) {
      const from = client.received.length;
      client.send(type === 'ping' ? message(1) : [message(1), { type: 'ping', nonce: type }]);
      const closes = type === 'authenticate' || type === 'leave';
      if (type === 'submit') await client.answerTo(1, from);
      else if (!closes) await client.next((one) => one.type === 'pong', from);
      if (closes) break;
      results[type] = !client.received.slice(from).some(({ code }) => code === 'forbidden');
    }
    const closing = await client.closed();
    // A token that is none is what ends it here, and not the role.
    results['authenticate'] = closing.code === 4401;
    const wanted = Object.keys(results).map((type) => {
      const { roles } = MESSAGES[type as keyof typeof MESSAGES];
      return [type, roles === 'anybody' || roles.includes(role!)];
    });
    expect(results).toEqual(Object.fromEntries(wanted));
    const { version } = await owner.read(premises.id);
    expect(version).toBe(results['submit'] ? 2 : 1);
    watcher.send({ type: 'ping' });
    await watcher.next(({ type }) => type === 'pong');
    expect(watcher.received.filter(({ type }) => type === 'document-update')).toHaveLength(results['submit'] ? 1 : 0);
    watcher.cut();
  });
});

describe.each(VISITORS.filter(({ role }) => role === undefined))('$name', (visitor) => {
  it('M5 and E3: gets no further than join, and learns nothing', async () => {
    const { premises, client } = await arrive(visitor);
    const before = await stateOf(premises);
    if (visitor.isTrashed) {
      expect((await client.closed()).status).toBe(404);
    } else {
      await client.opened();
      client.send([{ type: 'join', clientId: client.clientId }, MESSAGE_OF['submit']!(1)]);
      expect((await client.closed()).code).toBe(4404);
      expect(client.received).toMatchObject([
        { type: 'error', code: 'not_found' },
        { type: 'error', code: 'not_found', seq: 1 },
      ]);
    }
    expect(await stateOf(premises)).toEqual(before);
  });
});
