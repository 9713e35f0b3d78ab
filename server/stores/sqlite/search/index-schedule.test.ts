import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { ManualClock } from '../../../../shared/testing/manual-clock.ts';
import { temporaryFolder } from '../../../../testing/temporary-folder.ts';
import { BackgroundJobs } from '../../../base/background-jobs.ts';
import { connected } from '../../testing/connected.ts';
import { ANNA, createDocument, TIME, Writer } from '../../testing/runs.ts';
import { openStore } from '../../testing/stores.ts';
import type { SqliteStore } from '../sqlite-store.ts';
import { Indexer } from './indexer.ts';
import { IndexSchedule } from './index-schedule.ts';

const DELAY = 100;
const OFTEN = { timeout: 20_000, interval: 1 };

let clock: ManualClock;
let store: SqliteStore;
let schedule: IndexSchedule;
/** Called after each step that is done. */
let afterStep: () => Promise<void>;
/** Documents for which steps fail. */
let broken: Set<string>;
/** The first document of each step, and when it was. */
let steps: { documentId: string; at: number }[];

beforeEach(async () => {
  clock = new ManualClock(TIME);
  broken = new Set();
  steps = [];
  afterStep = () => Promise.resolve();
  const folder = temporaryFolder();
  store = await openStore({ folder });
  const database = connected(folder);
  const indexer = new Indexer();
  const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const jobs = new BackgroundJobs({ clock, logger });
  schedule = new IndexSchedule(
    { clock, jobs, delay: DELAY, length: 1_000_000 },
    {
      stale: (...args) => Promise.resolve(indexer.stale(database, ...args)),
      index: async (documentIds, rules) => {
        steps.push({ documentId: documentIds[0]!, at: clock.monotonic() });
        if (documentIds.some((documentId) => broken.has(documentId))) throw new Error('It cannot be written');
        const lengths = indexer.step(database, documentIds, rules);
        await afterStep();
        return lengths;
      },
    },
  );
  onTestFinished(() => schedule.stop());
});

async function write(id: string, text: string): Promise<Writer> {
  await createDocument(store, id);
  const writer = new Writer(id);
  await writer.type(store, [[text]]);
  schedule.changed(id);
  return writer;
}

async function find(word: string): Promise<string[]> {
  const { documents } = await store.listDocuments(ANNA.id, { show: 'all', now: TIME, limit: 9, words: [word] });
  return documents.map(({ document }) => document.id).sort();
}

/** Lets time pass until a word is found in these documents. */
async function untilFound(word: string, documentIds: readonly string[]): Promise<void> {
  await vi.waitFor(async () => {
    clock.advance(20);
    expect(await find(word)).toEqual(documentIds);
  }, OFTEN);
}

describe('the schedule', () => {
  it('indexes what changes between two steps on one text', async () => {
    let hasChanged = false;
    const writer = await write('a', 'before '.repeat(10_000));
    afterStep = async () => {
      if (hasChanged) return;
      hasChanged = true;
      await writer.type(store, [['meanwhile ']]);
      schedule.changed('a');
    };
    await untilFound('before', ['a']);
    expect(hasChanged).toBe(true);
    await untilFound('meanwhile', ['a']);
  });

  it('lets no short text wait as long as a long one', async () => {
    const writer = await write('long', 'long '.repeat(40_000));
    await untilFound('long', ['long']);
    // The last step on it.
    await vi.waitFor(() => {
      clock.advance(20);
      expect(steps.length).toBeGreaterThan(6);
    }, OFTEN);
    steps.length = 0;
    await writer.type(store, [['more ']]);
    schedule.changed('long');
    const changedAt = clock.monotonic();
    await write('short', 'short');
    await vi.waitFor(() => {
      clock.advance(10);
      expect(steps.map(({ documentId }) => documentId)).toContain('long');
    }, OFTEN);
    const waited = (id: string): number => steps.find(({ documentId }) => documentId === id)!.at - changedAt;
    expect(waited('short')).toBeLessThanOrEqual(2 * DELAY + 20);
    expect(waited('long')).toBeGreaterThanOrEqual(DELAY + 2000);
  });

  it('puts off alone what cannot be indexed, and tries it again', async () => {
    broken.add('b');
    for (const id of ['a', 'b', 'c']) await write(id, 'words');
    await untilFound('words', ['a', 'c']);
    const tried = steps.filter(({ documentId }) => documentId === 'b').length;
    expect(tried).toBe(1);
    await write('d', 'words');
    await untilFound('words', ['a', 'c', 'd']);
    broken.clear();
    await untilFound('words', ['a', 'b', 'c', 'd']);
  });

  it('finds the first of very many that are due', async () => {
    for (let count = 0; count < 150_000; count += 1) schedule.changed(`gone-${count}`);
    await write('a', 'words');
    await vi.waitFor(() => {
      clock.advance(20);
      expect(steps.length).toBeGreaterThan(2);
    }, OFTEN);
  });
});
