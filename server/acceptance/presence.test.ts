import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ServerProcess } from '../../testing/server-process.ts';
import type { Message, RawClient } from '../../testing/raw-client.ts';
import { Stranger } from '../../testing/stranger.ts';

interface Entry {
  readonly sessionId: string;
  readonly user: { readonly id: string; readonly name: string; readonly color: string };
  readonly role: string;
  readonly state: string;
  readonly cursor: { readonly version: number; readonly ranges: readonly object[] } | null;
}

let server: ServerProcess;
let owner: Stranger;

beforeAll(async () => {
  server = await ServerProcess.start();
  owner = await Stranger.guest(server.url, { name: 'Olga', color: '#2e67c6' });
});
afterAll(() => server.dispose());

const entriesOf = (answer: Message): Entry[] => answer['collaborators'] as Entry[];
const sessionOf = (answer: Message): string => (answer['session'] as { id: string }).id;
const caret = (position: number): object[] => [{ anchor: position, head: position }];
const updateWith = (part: 'joined' | 'left' | 'changed', sessionId: string) => (message: Message) =>
  message.type === 'collaborators-update' && JSON.stringify(message[part]).includes(sessionId);
const entryIn = (message: Message, part: 'joined' | 'changed', sessionId: string): Entry =>
  (message[part] as Entry[]).find((entry) => entry.sessionId === sessionId)!;

/** What somebody who comes now is told of a session. */
async function seenBy(id: string, sessionId: string): Promise<Entry | undefined> {
  const { client, answer } = await owner.join(id);
  client.send({ type: 'leave' });
  return entriesOf(answer).find((entry) => entry.sessionId === sessionId);
}

async function moveCursor(client: RawClient, version: number, ranges: object[] | null): Promise<void> {
  const from = client.received.length;
  client.send([
    { type: 'cursor', version, ranges },
    { type: 'ping', nonce: 'moved' },
  ]);
  await client.next(({ type }) => type === 'pong', from);
}

describe('who is here', () => {
  it('P1 and P2 list oneself with everybody, with count, and no clientId of anybody', async () => {
    const id = await owner.makeDocument();
    const first = await owner.join(id);
    expect(entriesOf(first.answer)).toEqual([
      {
        sessionId: sessionOf(first.answer),
        user: (first.answer['session'] as { user: object }).user,
        role: 'owner',
        state: 'active',
        cursor: null,
      },
    ]);
    expect(entriesOf(first.answer)[0]!.user).toMatchObject({ name: 'Olga', color: '#2e67c6' });
    const guest = new Stranger(server.url);
    const second = await guest.join(id, { join: { name: '  Zoë 😀', color: '#aabbcc' } });
    expect(second.answer['count']).toBe(2);
    expect(
      entriesOf(second.answer)
        .map(({ sessionId }) => sessionId)
        .sort(),
    ).toEqual([sessionOf(first.answer), sessionOf(second.answer)].sort());
    const told = await first.client.next(updateWith('joined', sessionOf(second.answer)));
    expect(told).toMatchObject({ documentId: id, left: [], count: 2 });
    expect(entryIn(told, 'joined', sessionOf(second.answer))).toMatchObject({
      user: { name: '  Zoë 😀', color: '#aabbcc' },
      role: 'editor',
      state: 'active',
      cursor: null,
    });
    second.client.cut();
    const gone = await first.client.next(updateWith('left', sessionOf(second.answer)));
    expect(gone).toMatchObject({ joined: [], left: [sessionOf(second.answer)], count: 1 });
    expect(JSON.stringify(first.client.received)).not.toContain(second.client.clientId);
    expect(JSON.stringify(second.client.received)).not.toContain(first.client.clientId);
  });

  it('P3 tells changes of state, of name and of colour', async () => {
    const id = await owner.makeDocument();
    const watcher = (await new Stranger(server.url).join(id)).client;
    const person = await Stranger.guest(server.url, { name: 'Before' });
    const { client, answer } = await person.join(id);
    const sessionId = sessionOf(answer);
    await watcher.next(updateWith('joined', sessionId));
    for (const state of ['idle', 'away', 'active']) {
      const from = watcher.received.length;
      client.send({ type: 'presence', state });
      const told = await watcher.next(updateWith('changed', sessionId), from);
      expect(entryIn(told, 'changed', sessionId).state).toBe(state);
      expect(told).toMatchObject({ joined: [], left: [], count: 2 });
    }
    const from = watcher.received.length;
    await person.send('POST', '/api/session', { name: 'After', color: '#010203' });
    const told = await watcher.next(updateWith('changed', sessionId), from);
    expect(entryIn(told, 'changed', sessionId).user).toMatchObject({ name: 'After', color: '#010203' });
  });

  it('P1 who one is comes from the server, whatever a message says of it (FM10)', async () => {
    const id = await owner.makeDocument();
    const victim = await owner.join(id);
    const { client, answer } = await (await Stranger.guest(server.url, { name: 'Mallory' })).join(id);
    const [own, other] = [sessionOf(answer), sessionOf(victim.answer)];
    const lies = { sessionId: other, userId: 'guest_owner', user: { id: 'guest_owner', name: 'Olga' }, role: 'owner' };
    await victim.client.next(updateWith('joined', own));
    client.send({ type: 'presence', state: 'away', ...lies });
    await victim.client.next(updateWith('changed', own));
    expect(await seenBy(id, own)).toMatchObject({ state: 'away', role: 'editor', user: { name: 'Mallory' } });
    expect(await seenBy(id, other)).toMatchObject({ state: 'active', role: 'owner', user: { name: 'Olga' } });
    client.send({ type: 'leave', ...lies });
    expect(await client.closed()).toMatchObject({ code: 1000 });
    expect(await seenBy(id, other)).toBeDefined();
  });

  it('P3 tells a crowd in a few messages, at most one per 100 ms', async () => {
    const id = await owner.makeDocument();
    const { client: watcher } = await owner.join(id);
    const begun = performance.now();
    const crowd = await Promise.all(Array.from({ length: 30 }, () => new Stranger(server.url).join(id)));
    for (const state of ['idle', 'away', 'idle', 'active', 'away']) {
      for (const { client } of crowd) client.send({ type: 'presence', state });
    }
    for (const { client } of crowd.slice(10)) client.cut();
    await watcher.next(({ type, count }) => type === 'collaborators-update' && count === 11);
    const updates = watcher.received.filter(({ type }) => type === 'collaborators-update');
    expect(updates.length).toBeLessThanOrEqual(Math.ceil((performance.now() - begun) / 100) + 1);
    // What the messages add up to is who is here, and a newcomer is told the same.
    const here = new Map<string, Entry>();
    for (const update of updates) {
      for (const sessionId of update['left'] as string[]) here.delete(sessionId);
      for (const entry of [...(update['joined'] as Entry[]), ...(update['changed'] as Entry[])]) {
        here.set(entry.sessionId, entry);
      }
    }
    expect(here.size).toBe(11);
    const { answer } = await owner.join(id);
    const told = entriesOf(answer).filter(({ sessionId }) => sessionId !== sessionOf(answer));
    expect(new Map(told.map((entry) => [entry.sessionId, entry]))).toEqual(here);
  });

  it('P2 lists 64 of a larger room, oneself among them, and counts all', async () => {
    const id = await owner.makeDocument();
    const crowd = await Promise.all(Array.from({ length: 66 }, () => owner.join(id)));
    const { answer } = await owner.join(id);
    expect(answer['count']).toBe(67);
    expect(entriesOf(answer)).toHaveLength(64);
    expect(entriesOf(answer).map(({ sessionId }) => sessionId)).toContain(sessionOf(answer));
    for (const { client } of crowd) client.cut();
  });
});

describe('P4 cursors', () => {
  it('are told to others in the newest text, never to oneself, and taken away by null', async () => {
    const id = await owner.makeDocument({ content: 'hello world' });
    const watcher = (await owner.join(id)).client;
    const { client, answer } = await owner.join(id);
    const sessionId = sessionOf(answer);
    watcher.submit(1, 1, [{ type: 'insert', position: 0, text: '>> ' }]);
    await watcher.answerTo(1);
    const from = watcher.received.length;
    // Sent in the text of version 1, while the document is at 2.
    client.send({ type: 'cursor', version: 1, ranges: [{ anchor: 11, head: 6 }] });
    const told = await watcher.next(({ type }) => type === 'cursor-update', from);
    expect(told).toEqual({ type: 'cursor-update', sessionId, version: 2, ranges: [{ anchor: 14, head: 9 }] });
    expect((await seenBy(id, sessionId))?.cursor).toEqual({ version: 2, ranges: [{ anchor: 14, head: 9 }] });
    client.send({ type: 'cursor', ranges: null });
    const none = await watcher.next(({ type, ranges }) => type === 'cursor-update' && ranges === null, from);
    expect(none).toMatchObject({ sessionId, version: 2 });
    expect((await seenBy(id, sessionId))?.cursor).toBeNull();
    expect(client.received.filter(({ type }) => type === 'cursor-update')).toEqual([]);
  });

  it('V6 stay left of what others insert at their place, and follow what their owner types', async () => {
    const id = await owner.makeDocument({ content: 'ab' });
    const { client, answer } = await owner.join(id);
    const other = (await owner.join(id)).client;
    await moveCursor(client, 1, caret(1));
    other.submit(1, 1, [{ type: 'insert', position: 1, text: 'XX' }]);
    await other.answerTo(1);
    expect((await seenBy(id, sessionOf(answer)))?.cursor).toEqual({ version: 2, ranges: caret(1) });
    client.submit(1, 2, [{ type: 'insert', position: 1, text: 'yy' }]);
    await client.answerTo(1);
    expect((await seenBy(id, sessionOf(answer)))?.cursor).toEqual({ version: 3, ranges: caret(3) });
    other.submit(2, 3, [{ type: 'delete', from: 0, to: 5 }]);
    await other.answerTo(2);
    expect((await seenBy(id, sessionOf(answer)))?.cursor).toEqual({ version: 4, ranges: caret(0) });
  });

  it('H7 stay where they are in the words when the whole text is put', async () => {
    const id = await owner.makeDocument({ content: 'first line\nsecond line\nthird line\n' });
    const { client, answer } = await owner.join(id);
    await moveCursor(client, 1, caret(18));
    const text = 'a new first line\nsecond line\nthird LINE!\n';
    expect((await owner.send('PUT', `/api/documents/${id}/content`, text)).status).toBe(200);
    const cursor = (await seenBy(id, sessionOf(answer)))?.cursor;
    expect(cursor).toEqual({ version: 2, ranges: caret(text.indexOf(' line\nthird') + 1) });
    const update = await client.next(({ type }) => type === 'document-update');
    expect(update).toMatchObject({ version: 2 });
    expect(JSON.stringify(update['operations'])).not.toContain('second');
  });

  it('of a version that is not there change nothing and are no error', async () => {
    const id = await owner.makeDocument({ content: 'ab' });
    const { client, answer } = await owner.join(id);
    await moveCursor(client, 1, caret(2));
    await moveCursor(client, 99, caret(1));
    await moveCursor(client, 1, caret(50));
    const [range] = (await seenBy(id, sessionOf(answer)))!.cursor!.ranges as { anchor: number }[];
    expect(range!.anchor).toBeLessThanOrEqual(2);
    expect(client.received.filter(({ type }) => type === 'error')).toEqual([]);
  });
});
