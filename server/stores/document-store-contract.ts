import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeAccessCatalogue } from './access-catalogue-contract.ts';
import { describeCompaction } from './compaction-contract.ts';
import { describeDocumentCatalogue } from './document-catalogue-contract.ts';
import { describeDocumentLists } from './document-lists-contract.ts';
import { describeSnapshots } from './snapshot-contract.ts';
import { ANNA, BORIS, createDocument, START, textOf, Writer, type Store, type StoreUnderTest } from './testing/runs.ts';

/** An empty place for the store of one test, which is closed and opened again there. Each kind of store has its own. */
export interface StorePlace<Kind extends Store> {
  open(): Promise<Kind>;
  /** Compacts as much as the store ever would, without waiting for its time. Does nothing if the store never compacts. */
  compact(store: Kind): Promise<void>;
  /** Removes everything. Called when the store is closed. */
  remove(): Promise<void>;
}

/** Every kind of text that a storage engine has been seen to alter. */
const DIFFICULT_TEXTS: Readonly<Record<string, string>> = {
  'a byte order mark': '\ufeffstart',
  'emoji joined by ZWJ': '👩‍👩‍👧‍👦 and 🏳️‍🌈',
  'line and paragraph separators': 'a\u2028b\u2029c\u0085d',
  'Chinese, Japanese and Korean': '漢字かな交じり文、한국어',
  'decomposed and composed accents': 'e\u0301 é',
  'right to left with bidi controls': '\u202eשלום\u202c \u2067مرحبا\u2069',
  'control characters': '\u0001\u0008\u001b[0m\u007f\t\n',
  'quotes and backslashes': '"\\"\'`${x}\\u0041 -- ; DROP',
  'beyond the basic plane': '𠮷𝒳\u{10ffff}\ufffd\ufffe',
};

/** The whole contract of a store. Every kind of store passes it, given an empty place for each test. */
export function describeDocumentStore<Kind extends Store>(
  name: string,
  prepare: () => Promise<StorePlace<Kind>>,
): void {
  describe(name, () => {
    let place: StorePlace<Kind>;
    let store: Kind;

    beforeEach(async () => {
      place = await prepare();
      store = await place.open();
    });

    afterEach(async () => {
      await store.close();
      await place.remove();
    });

    /** Closes and opens again: what is not on disk is gone. */
    async function restart(): Promise<void> {
      await store.close();
      store = await place.open();
    }

    describe('the log', () => {
      it('is empty at version 0 for a new document', async () => {
        await createDocument(store, 'a');
        expect(await store.head('a')).toEqual(START);
        expect(await store.load('a')).toEqual({ snapshot: { ...START, text: '' }, changes: [] });
        expect(await store.changesAfter('a', 0, 10)).toEqual([]);
      });

      it('has nothing of a document that does not exist, and takes nothing for it', async () => {
        expect(await store.load('nowhere')).toBeUndefined();
        expect(await store.head('nowhere')).toEqual(START);
        expect(await store.changesAfter('nowhere', 0, 10)).toEqual([]);
        expect(await store.client('nowhere', 'client')).toBeUndefined();
        expect(await store.append(new Writer('nowhere').run([['x']]))).toBe(false);
        expect(await store.head('nowhere')).toEqual(START);
      });

      it('gives back changes as they were committed, also after a restart', async () => {
        await createDocument(store, 'a');
        const writer = new Writer('a');
        await writer.type(store, [['one']]);
        await writer.type(store, [[3, ' two'], ['O'.repeat(5), -1], []]);
        await writer.type(store, [[1, 'x', -2]]);
        for (const open of [() => Promise.resolve(), restart]) {
          await open();
          expect(await store.load('a')).toEqual({ snapshot: { ...START, text: '' }, changes: writer.changes });
          expect(await store.changesAfter('a', 0, 100)).toEqual(writer.changes);
          expect(await store.head('a')).toEqual({ version: 5, timestamp: writer.head.timestamp });
        }
      });

      it('reads from any version, inside a run too, up to a limit', async () => {
        await createDocument(store, 'a');
        const writer = new Writer('a');
        await writer.type(store, [['a'], ['b'], ['c']]);
        await writer.type(store, [['d']]);
        await writer.type(store, [['e'], ['f']]);
        for (let after = 0; after <= 7; after += 1) {
          for (const limit of [1, 2, 4, 100]) {
            const wanted = writer.changes.slice(after, after + limit);
            expect(await store.changesAfter('a', after, limit), `after ${after}, ${limit}`).toEqual(wanted);
          }
        }
      });

      it('takes a run only where it follows the newest version', async () => {
        await createDocument(store, 'a');
        const writer = new Writer('a');
        await writer.type(store, [['one']]);
        const late = new Writer('a', BORIS);
        expect(await store.append(late.run([['late']]))).toBe(false);
        late.head = { version: 2, timestamp: writer.head.timestamp };
        expect(await store.append(late.run([['early']]))).toBe(false);
        expect(await store.client('a', 'client-of-user-boris')).toBeUndefined();
        expect(await store.changesAfter('a', 0, 10)).toEqual(writer.changes);
        late.head = writer.head;
        await late.type(store, [['in time']]);
        expect(await store.head('a')).toEqual(late.head);
      });

      it('refuses a run that follows the same version of another history', async () => {
        await createDocument(store, 'a');
        const writer = new Writer('a');
        await writer.type(store, [['one']]);
        const stale = new Writer('a', BORIS);
        stale.head = { version: 1, timestamp: writer.head.timestamp + 1 };
        expect(await store.append(stale.run([['two']]))).toBe(false);
        stale.head = { version: 0, timestamp: 1 };
        expect(await store.append(stale.run([['two']]))).toBe(false);
        expect(await store.head('a')).toEqual(writer.head);
      });

      it('lets exactly one of many runs win that follow the same version', async () => {
        await createDocument(store, 'a');
        const users = Array.from({ length: 20 }, (_, index) => ({ ...ANNA, id: `user-${index}` }));
        const answers = await Promise.all(users.map((user) => store.append(new Writer('a', user).run([[user.id]]))));
        expect(answers.filter(Boolean)).toHaveLength(1);
        const [change, ...more] = await store.changesAfter('a', 0, 100);
        expect(more).toEqual([]);
        expect(change!.userId).toBe(users[answers.indexOf(true)]!.id);
      });

      it('keeps a refused run from harming the others of its commit', async () => {
        const ids = Array.from({ length: 60 }, (_, index) => `document-${index}`);
        for (const id of ids) await createDocument(store, id);
        const runs = ids.map((id, index) => {
          const writer = new Writer(id);
          if (index % 3 === 0) writer.head = { version: 7, timestamp: 7 };
          return writer.run([[id], [' more']]);
        });
        const answers = await Promise.all(runs.map((run) => store.append(run)));
        expect(answers).toEqual(ids.map((_, index) => index % 3 !== 0));
        await restart();
        for (const [index, id] of ids.entries()) {
          expect(await store.changesAfter(id, 0, 10)).toEqual(answers[index] ? runs[index]!.changes : []);
        }
      });

      it('rejects what is not a run, and writes nothing of it', async () => {
        await createDocument(store, 'a');
        const run = new Writer('a').run([['a'], ['b']]);
        const [first, second] = run.changes;
        await expect(store.append({ ...run, changes: [] })).rejects.toThrow();
        await expect(store.append({ ...run, changes: [second!] })).rejects.toThrow();
        await expect(store.append({ ...run, changes: [first!, first!] })).rejects.toThrow();
        await expect(store.append({ ...run, changes: [first!, { ...second!, timestamp: 5 }] })).rejects.toThrow();
        await expect(store.append({ ...new Writer('a', BORIS).run([['a']]), authors: [] })).rejects.toThrow();
        expect(await store.head('a')).toEqual(START);
        expect(await store.append(run)).toBe(true);
      });
    });

    describe('clients', () => {
      it('are known by their last seq and the version it became, also after a restart', async () => {
        await createDocument(store, 'a');
        await createDocument(store, 'b');
        const writer = new Writer('a');
        await writer.type(store, [['one'], ['two']]);
        await writer.type(store, [['three']]);
        await restart();
        const known = { userId: ANNA.id, seq: 3, version: 3 };
        expect(await store.client('a', 'client-of-user-anna')).toEqual(known);
        expect(await store.client('b', 'client-of-user-anna')).toBeUndefined();
        expect(await store.client('a', 'client-of-user-boris')).toBeUndefined();
      });

      it('share runs, each with its own seq', async () => {
        await createDocument(store, 'a');
        const [ofAnna] = new Writer('a', ANNA).run([['from Anna']]).changes;
        const [ofBoris] = new Writer('a', BORIS).run([['from Boris']]).changes;
        const changes = [ofAnna!, { ...ofBoris!, version: 2 }, { ...ofAnna!, version: 3, seq: 2 }];
        await store.append({ documentId: 'a', previous: START, changes, authors: [ANNA, BORIS] });
        await restart();
        expect(await store.changesAfter('a', 0, 10)).toEqual(changes);
        expect(await store.client('a', ofAnna!.clientId)).toEqual({ userId: ANNA.id, seq: 2, version: 3 });
        expect(await store.client('a', ofBoris!.clientId)).toEqual({ userId: BORIS.id, seq: 1, version: 2 });
      });

      it('stay with the user who first used them', async () => {
        await createDocument(store, 'a');
        const writer = new Writer('a');
        await writer.type(store, [['one']]);
        const thief = new Writer('a', BORIS, 'client-of-user-anna');
        thief.head = writer.head;
        thief.changes.push(...writer.changes);
        await expect(store.append(thief.run([['two']]))).rejects.toThrow();
        expect(await store.head('a')).toEqual(writer.head);
        expect(await store.client('a', 'client-of-user-anna')).toEqual({ userId: ANNA.id, seq: 1, version: 1 });
        await writer.type(store, [['two']]);
      });

      it('never commit a seq twice', async () => {
        await createDocument(store, 'a');
        const writer = new Writer('a');
        await writer.type(store, [['one'], ['two']]);
        const again = new Writer('a');
        again.head = writer.head;
        await expect(store.append(again.run([['three']]))).rejects.toThrow();
        expect(await store.head('a')).toEqual(writer.head);
      });
    });

    describe('texts', () => {
      for (const [kind, text] of Object.entries(DIFFICULT_TEXTS)) {
        it(`are kept bit for bit: ${kind}`, async () => {
          await createDocument(store, 'a');
          const writer = new Writer('a');
          await writer.type(store, [[text], [text.length, text]]);
          await store.saveSnapshot('a', { version: 1, timestamp: writer.head.timestamp, text });
          await restart();
          expect(await store.changesAfter('a', 0, 10)).toEqual(writer.changes);
          expect((await store.load('a', 1))!.snapshot.text).toBe(text);
          expect(textOf((await store.load('a'))!)).toBe(text + text);
        });
      }
    });

    it('tells that it can commit', async () => {
      await expect(store.check()).resolves.toBeUndefined();
    });

    it('finishes what was asked for before it closes, and takes nothing afterwards', async () => {
      await createDocument(store, 'a');
      const run = new Writer('a').run([['last words']]);
      const answer = store.append(run);
      const closed = store.close();
      await expect(store.append(run)).rejects.toThrow();
      await expect(store.head('a')).rejects.toThrow();
      await expect(closed).resolves.toBeUndefined();
      expect(await answer).toBe(true);
      await expect(store.close()).resolves.toBeUndefined();
      store = await place.open();
      expect(await store.changesAfter('a', 0, 10)).toEqual(run.changes);
    });

    const current = (): StoreUnderTest => ({
      store,
      restart: async () => (await restart(), store),
      compact: () => place.compact(store),
    });
    describeSnapshots(current);
    describeCompaction(current);
    describeDocumentCatalogue(current);
    describeAccessCatalogue(current);
    describeDocumentLists(current);
  });
}
