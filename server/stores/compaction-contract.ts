import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change, VersionName } from '../../shared/sync/change.ts';
import { applyToString } from '../../shared/text/edit.ts';
import { editFrom, PROPERTY_RUNS, someDecisions } from '../../shared/testing/edits.ts';
import {
  ANNA,
  BORIS,
  createDocument,
  START,
  textOf,
  TIME,
  Writer,
  type Store,
  type StoreUnderTest,
} from './testing/runs.ts';

const seed = 20261125;
const USERS = [ANNA, BORIS, { id: 'user-chloé', name: 'Chloé', color: '#101010' }];

/** One change of a history: by which client, how many seqs and milliseconds after the one before, and what it does. */
const someChange = fc.record({
  client: fc.nat(6),
  gap: fc.constantFrom(1, 1, 1, 2, 1000),
  decisions: someDecisions,
});
const someRun = fc.record({
  pause: fc.constantFrom(0, 0, 1, 70, 86_400_000),
  changes: fc.array(someChange, { minLength: 1, maxLength: 9 }),
});
const someHistory = fc.array(someRun, { minLength: 30, maxLength: 60 });

/** Commits a history and knows what the log must hold. */
class Historian {
  readonly changes: Change[] = [];
  readonly texts: string[] = [''];
  readonly #documentId: string;
  readonly #seqs = new Map<string, number>();
  #timestamp = TIME;

  constructor(documentId: string) {
    this.#documentId = documentId;
  }

  get head(): VersionName {
    return this.changes.at(-1) ?? START;
  }

  async commit(store: Store, { pause, changes }: typeof someRun extends fc.Arbitrary<infer Run> ? Run : never) {
    this.#timestamp += pause;
    const previous = { version: this.head.version, timestamp: this.head.timestamp };
    const run = changes.map(({ client, gap, decisions }): Change => {
      const clientId = `client-${client}`;
      const seq = (this.#seqs.get(clientId) ?? 0) + gap;
      this.#seqs.set(clientId, seq);
      const before = this.texts.at(-1)!;
      // Long texts would only make the test slow.
      const edit = before.length > 200 ? [-before.length] : editFrom(before, decisions);
      const change = {
        ...{ version: this.head.version + 1, timestamp: this.#timestamp, edit, clientId, seq },
        ...{ userId: USERS[client % USERS.length]!.id, sessionId: `session-${client}` },
      };
      this.changes.push(change);
      this.texts.push(applyToString(before, edit));
      return change;
    });
    const documentId = this.#documentId;
    expect(await store.append({ documentId, previous, changes: run, authors: USERS })).toBe(true);
  }
}

/** Compaction changes nothing that can be read, whatever a store does for it. Part of the contract of a store. */
export function describeCompaction(current: () => StoreUnderTest): void {
  describe('compaction', () => {
    it(`changes nothing that can be read, at any moment of a history (seed ${seed})`, async () => {
      let documents = 0;
      await fc.assert(
        fc.asyncProperty(someHistory, fc.integer({ min: 10, max: 50 }), async (history, often) => {
          const { store, compact } = current();
          const id = `document-${(documents += 1)}`;
          await createDocument(store, id);
          const historian = new Historian(id);
          for (const [index, run] of history.entries()) {
            await historian.commit(store, run);
            if (index % often === often - 1) await compact();
          }
          await compact();
          expect(await store.head(id)).toEqual({
            version: historian.head.version,
            timestamp: historian.head.timestamp,
          });
          expect(await store.changesAfter(id, 0, Infinity)).toEqual(historian.changes);
          for (let after = 0; after <= historian.head.version; after += 7) {
            expect(await store.changesAfter(id, after, 10)).toEqual(historian.changes.slice(after, after + 10));
            expect(textOf((await store.load(id, after))!)).toBe(historian.texts[after]);
            expect((await store.textAt(id, after))!.text).toBe(historian.texts[after]);
          }
        }),
        { seed, numRuns: Math.max(5, PROPERTY_RUNS / 300) },
      );
    });

    it('keeps what is longer than any chunk, also after a restart', async () => {
      const { compact, restart } = current();
      let { store } = current();
      await createDocument(store, 'a');
      const writer = new Writer('a');
      for (let run = 0; run < 60; run += 1) {
        await writer.type(
          store,
          Array.from({ length: 100 }, (_, index) => [`${run}.${index} `]),
        );
      }
      await compact();
      for (let open = 0; open < 2; open += 1) {
        expect(await store.changesAfter('a', 0, Infinity)).toEqual(writer.changes);
        for (const after of [0, 1, 1999, 2000, 2001, 3999, 5000, 5899, 5900, 5999, 6000]) {
          expect(await store.changesAfter('a', after, 2), `after ${after}`).toEqual(
            writer.changes.slice(after, after + 2),
          );
        }
        store = await restart();
      }
    });

    it('keeps clients, snapshots and the place where the next run belongs', async () => {
      const { store, compact } = current();
      await createDocument(store, 'a');
      const writer = new Writer('a');
      for (let run = 0; run < 30; run += 1) await writer.type(store, [['x'], ['y'], ['z']]);
      const { timestamp } = writer.changes[39]!;
      await store.saveSnapshot('a', { version: 40, timestamp, text: textOf((await store.load('a', 40))!) });
      const before = [await store.client('a', 'client-of-user-anna'), await store.load('a'), await store.load('a', 50)];
      await compact();
      expect([
        await store.client('a', 'client-of-user-anna'),
        await store.load('a'),
        await store.load('a', 50),
      ]).toEqual(before);
      const stale = new Writer('a', BORIS);
      stale.head = { version: 60, timestamp: writer.changes[59]!.timestamp };
      expect(await store.append(stale.run([['stale']]))).toBe(false);
      await writer.type(store, [['next']]);
      expect(await store.findDocument('a')).toMatchObject({ version: 91, updatedAt: writer.head.timestamp });
    });

    it('goes on beside appends', async () => {
      const { store, compact } = current();
      await createDocument(store, 'a');
      await createDocument(store, 'b');
      const [cold, live] = [new Writer('a'), new Writer('b')];
      for (let run = 0; run < 50; run += 1)
        await cold.type(
          store,
          Array.from({ length: 100 }, () => ['cold']),
        );
      let isDone = false;
      const compacted = compact().then(() => (isDone = true));
      while (!isDone) {
        await live.type(store, [['live']]);
        await cold.type(store, [['warm']]);
      }
      await compacted;
      expect(await store.changesAfter('a', 0, Infinity)).toEqual(cold.changes);
      expect(await store.changesAfter('b', 0, Infinity)).toEqual(live.changes);
    });
  });
}
