import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDocument } from '../../shared/client/node.ts';
import { eventually } from '../../testing/eventually.ts';
import { AppKit, type AppKitOptions, type Caller } from '../testing/app-kit.ts';
import { newClientId, RawClient, type Message } from '../../testing/raw-client.ts';
import { TcpClient } from '../../testing/tcp-client.ts';
import { insert } from '../../shared/testing/operations.ts';

let kit: AppKit;
let owner: Caller;
let id: string;
let port: number;

async function open(options: AppKitOptions = {}): Promise<void> {
  kit = await AppKit.open(options);
  port = await kit.listen();
  owner = await kit.guest();
  id = await owner.makeDocument();
}
beforeEach(() => open());
afterEach(() => kit.close());

const url = (): string => `ws://127.0.0.1:${port}/live/${id}`;

/** Lets time pass second by second; somebody says something in each, and is answered. */
async function pass(seconds: number, somebody: RawClient): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    kit.clock.advance(1000);
    const { length } = somebody.received;
    somebody.send({ type: 'ping' });
    await somebody.next(({ type }) => type === 'pong', length);
  }
}

describe('B1 a peer whose network has gone', () => {
  it('is dropped after 45 s, its presence with it, and its socket soon after', async () => {
    const lost = await TcpClient.open(port, id);
    lost.say({ type: 'join', clientId: newClientId(), name: 'Lost' });
    await lost.hears('document-init');
    const { client } = await RawClient.join(url());
    await pass(43, client);
    expect([kit.rooms.health().sessions, lost.isClosed]).toEqual([2, false]);
    const { length } = client.received;
    await pass(2, client);
    expect(kit.rooms.health().sessions).toBe(1);
    const left = await client.next(({ type }) => type === 'collaborators-update', length);
    expect([left['count'], (left['left'] as string[]).length]).toEqual([1, 1]);
    await pass(2, client);
    await lost.closed();
    expect(lost.closeCode).toBe(4408);
  });

  it('is kept for as long as it answers pings, whatever else it does not say', async () => {
    const quiet = await RawClient.join(url());
    const { client } = await RawClient.join(url());
    await pass(120, client);
    expect(quiet.client.ending).toBeUndefined();
  });

  it.each([-3_600_000, 3_600_000])(
    'is as quiet as it was where the machine’s time is set by %i ms (FR8)',
    async (leap) => {
      const quiet = await RawClient.join(url());
      const { client } = await RawClient.join(url());
      kit.clock.setBy(leap);
      await pass(16, client);
      expect([quiet.client.ending, kit.rooms.health().sessions]).toEqual([undefined, 2]);
    },
  );

  it('hurts nobody when its old socket ends after it came back', async () => {
    const clientId = newClientId();
    const old = await TcpClient.open(port, id);
    old.say({ type: 'join', clientId });
    await old.hears('document-init');
    const { client, answer } = await RawClient.join(url(), { clientId, join: { version: 0 } });
    const witness = await RawClient.join(url());
    old.destroy();
    await eventually(() => expect(kit.log.join('')).toContain('"code":4409'));
    client.submit(1, 0, [insert(0, 'still here')]);
    expect(await client.answerTo(1)).toMatchObject({ type: 'ack' });
    expect(kit.rooms.health().sessions).toBe(2);
    expect(JSON.stringify(witness.client.received)).not.toContain(
      `"left":["${(answer['session'] as { id: string }).id}"`,
    );
  });
});

describe('J3 peers that never join', () => {
  it('are closed after 5 s, however many they are, and members hear nothing of it', async () => {
    const { client } = await RawClient.join(url());
    const silent = await Promise.all(Array.from({ length: 100 }, () => TcpClient.open(port, id)));
    const talking = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const each = new RawClient(url());
        await each.opened();
        for (let count = 0; count < 50; count += 1) each.send({ type: 'ping' });
        return each;
      }),
    );
    client.submit(1, 0, [insert(0, 'x')]);
    expect(await client.answerTo(1)).toMatchObject({ type: 'ack' });
    kit.clock.advance(5000);
    expect((await Promise.all(talking.map((each) => each.closed()))).map(({ code }) => code)).toEqual(
      Array(20).fill(4408),
    );
    kit.clock.advance(2000);
    await Promise.all(silent.map((each) => each.closed()));
    expect(client.received.filter(({ type }) => type === 'collaborators-update')).toHaveLength(
      client.received.filter(({ count }) => count === 1).length - 1,
    );
    expect(client.ending).toBeUndefined();
  });

  it('are closed with 4429 where they flood, before anything they say is done', async () => {
    const flood = new RawClient(url());
    await flood.opened();
    flood.send({ type: 'submit', seq: 1, version: 0, operations: [insert(0, 'not yet')] });
    flood.send(Array.from({ length: 10_000 }, () => ({ type: 'ping' })));
    expect((await flood.closed()).code).toBe(4429);
    expect(flood.received[0]).toMatchObject({ type: 'error', code: 'bad_message' });
    expect((await kit.store.head(id)).version).toBe(0);
  });
});

describe('L2 the client engine', () => {
  it('waits for as long as it is told, loses nothing, and is not closed', async () => {
    await kit.close();
    await open({ settings: { WEFT_SUBMISSIONS_PER_SECOND: '1', WEFT_RATE_STRIKES: '5' } });
    const session = openDocument(url(), { clock: kit.clock, random: () => 0 });
    session.connect();
    await session.whenReady();
    const watcher = await RawClient.join(url());
    const refused = (): number => kit.rooms.counters.refusals.get('rate_limited') ?? 0;
    const words = ['one ', 'two ', 'three ', 'four '];
    const write = (word: string): void => session.insert(session.text.length, word);
    write(words[0]!);
    await session.whenSaved();
    write(words[1]!);
    await session.whenSaved();
    write(words[2]!);
    await eventually(() => expect(refused()).toBe(1));
    write(words[3]!);
    const saved = session.whenSaved();
    await eventually(() => {
      kit.clock.advance(100);
      expect(session.unsaved).toBe(0);
    });
    await saved;
    // The third and the fourth, once each.
    expect(refused()).toBe(2);
    expect((await owner.get(`/api/documents/${id}/content`)).body).toBe(words.join(''));
    expect(kit.rooms.counters.closes.size).toBe(0);
    const versions = watcher.client.received.filter(({ type }: Message) => type === 'document-update');
    expect(versions).toHaveLength(4);
    void session.leave();
    kit.clock.advance(1000);
  });
});
