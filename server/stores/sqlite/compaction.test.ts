import Database from 'better-sqlite3';
import { cpSync, statSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ManualClock } from '../../../shared/manual-clock.ts';
import { BackgroundJobs } from '../../rooms/background-jobs.ts';
import { temporaryFolder } from '../testing/folders.ts';
import { createDocument, textOf, TIME, Writer } from '../testing/runs.ts';
import { compactAll, openStore, problemsIn } from '../testing/stores.ts';
import { CommitFault, type FaultOutcome } from './commit-fault.ts';
import { databaseFile } from './open-database.ts';
import type { SqliteStore } from './sqlite-store.ts';

/** Types changes in runs of `size`, each of them its number. */
async function type(store: SqliteStore, writer: Writer, count: number, size = 10): Promise<void> {
  for (let done = 0; done < count; done += size) {
    const first = writer.head.version + 1;
    await writer.type(
      store,
      Array.from({ length: size }, (_, index) => [`${first + index};`]),
    );
  }
}

interface Span {
  readonly version: number;
  readonly size: number;
}

/** Where chunks and runs of the first document begin, and how long they are. */
function stored(folder: string): { chunks: Span[]; runs: Span[] } {
  const database = new Database(databaseFile(folder), { readonly: true });
  const spans = (table: string): Span[] =>
    database.prepare<[], Span>(`SELECT version, size FROM ${table} WHERE document = 1 ORDER BY version`).all();
  const found = { chunks: spans('chunk'), runs: spans('run') };
  database.close();
  return found;
}

function sizes(spans: readonly Span[]): number[] {
  return spans.map(({ size }) => size);
}

/** How many changes, which must lie one behind the other. */
function total({ chunks, runs }: ReturnType<typeof stored>): number {
  let next = 1;
  for (const { version, size } of [...chunks, ...runs]) {
    expect(version).toBe(next);
    next += size;
  }
  return next - 1;
}

const SYNC_FAILED = { code: 'SQLITE_IOERR_FSYNC' };

describe('what is cold', () => {
  let folder: string;
  let store: SqliteStore;
  let writer: Writer;
  beforeEach(async () => {
    folder = temporaryFolder();
    store = await openStore({ folder });
    writer = new Writer('a');
    await createDocument(store, 'a');
  });

  it('while a document is in use: whole chunks, and never its newest changes', async () => {
    const rules = { keep: 500, idleAfter: 1000 };
    await type(store, writer, 2490);
    await store.compact(rules, writer.head.timestamp + 999);
    expect(sizes(stored(folder).chunks)).toEqual([]);
    await type(store, writer, 10);
    await store.compact(rules, writer.head.timestamp + 999);
    expect(sizes(stored(folder).chunks)).toEqual([2000]);
    await type(store, writer, 4000);
    await store.compact(rules, writer.head.timestamp + 999);
    expect(sizes(stored(folder).chunks)).toEqual([2000, 2000, 2000]);
    expect(total(stored(folder))).toBe(6500);
  });

  it('once it is idle: all but the newest run, where that is worth a chunk', async () => {
    const rules = { keep: 5000, idleAfter: 1000 };
    await type(store, writer, 70);
    await store.compact(rules, writer.head.timestamp + 1000);
    expect(sizes(stored(folder).chunks)).toEqual([]);
    await type(store, writer, 10);
    await store.compact(rules, writer.head.timestamp + 1000);
    expect(stored(folder)).toEqual({ chunks: [{ version: 1, size: 70 }], runs: [{ version: 71, size: 10 }] });
  });

  it('goes into the last chunk while that has much room', async () => {
    for (const size of [90, 190, 290]) {
      await type(store, writer, 100);
      await compactAll(store);
      expect(sizes(stored(folder).chunks)).toEqual([size]);
    }
    await type(store, writer, 1000);
    await compactAll(store);
    await type(store, writer, 1000);
    await compactAll(store);
    expect(sizes(stored(folder).chunks)).toEqual([1290, 1000]);
    expect(await store.changesAfter('a', 0, Infinity)).toEqual(writer.changes);
  });

  it('is taken in small portions where it is long text, and a single run whole', async () => {
    for (let run = 0; run < 10; run += 1) await writer.type(store, [['x'.repeat(40_000)], ['y'.repeat(10)]]);
    await writer.type(
      store,
      Array.from({ length: 70 }, () => ['z'.repeat(4000)]),
    );
    await type(store, writer, 10);
    await compactAll(store);
    expect(sizes(stored(folder).chunks)).toEqual([6, 6, 6, 2, 70]);
    expect(await store.changesAfter('a', 0, Infinity)).toEqual(writer.changes);
  });
});

describe('compaction that fails', () => {
  const OUTCOMES: readonly FaultOutcome[] = ['lost', 'durable', 'crash'];
  /** The text fills them before they have many changes. */
  const CHUNKS = [80, 80];
  let folder: string;
  let writer: Writer;
  beforeEach(async () => {
    folder = temporaryFolder();
    const store = await openStore({ folder });
    writer = new Writer('a');
    await createDocument(store, 'a');
    for (let run = 0; run < 20; run += 1) {
      await writer.type(
        store,
        Array.from({ length: 10 }, () => ['x'.repeat(1500)]),
      );
    }
    await store.close();
  });

  for (const outcome of OUTCOMES) {
    it(`at any of its commits loses nothing and goes on when the disk is well: ${outcome}`, async () => {
      for (let failing = 0; failing < CHUNKS.length; failing += 1) {
        const place = copyOf(folder);
        const fault = new CommitFault();
        const store = await openStore({ folder: place, fault });
        const failInTime = (): void => {
          if (fault.commits === failing) fault.failNext(outcome);
        };
        failInTime();
        await expect(compactAll(store, failInTime)).rejects.toMatchObject({
          code: outcome === 'crash' ? 'STORE_STOPPED' : 'SQLITE_IOERR_FSYNC',
        });
        expect(await store.changesAfter('a', 0, Infinity)).toEqual(writer.changes);
        expect(total(stored(place))).toBe(200);
        expect(problemsIn(place)).toEqual([]);
        expect(stored(place).chunks).toHaveLength(outcome === 'durable' ? failing + 1 : failing);
        await compactAll(store);
        expect(sizes(stored(place).chunks)).toEqual(CHUNKS);
        expect(await store.changesAfter('a', 0, Infinity)).toEqual(writer.changes);
        await store.close();
      }
    });
  }

  it('leaves the disk to those who append', async () => {
    const fault = new CommitFault();
    const store = await openStore({ folder, fault });
    fault.failNext('lost');
    await expect(compactAll(store)).rejects.toMatchObject(SYNC_FAILED);
    await writer.type(store, [['more']]);
    expect(await store.changesAfter('a', 0, Infinity)).toEqual(writer.changes);
  });

  it('because a run is damaged leaves that document as it is, says so once, and goes on with the others', async () => {
    const first = await openStore({ folder });
    const healthy = new Writer('healthy');
    await createDocument(first, 'healthy');
    await type(first, healthy, 100);
    await first.close();
    const database = new Database(databaseFile(folder));
    database.exec("UPDATE run SET data = 'secret words' WHERE document = 1 AND version = 51");
    database.close();
    const reports: string[] = [];
    const store = await openStore({ folder, report: (message) => reports.push(message) });
    for (let walk = 0; walk < 2; walk += 1) await compactAll(store);
    expect(reports).toEqual([expect.stringMatching(/^The history of document a is damaged and stays as it is: /)]);
    expect(reports[0]).not.toContain('secret');
    expect(stored(folder).chunks).toEqual([]);
    expect(total(stored(folder))).toBe(200);
    expect(await store.changesAfter('healthy', 0, Infinity)).toEqual(healthy.changes);
    const reader = new Database(databaseFile(folder), { readonly: true });
    expect(reader.prepare('SELECT size FROM chunk WHERE document = 2').pluck().all()).toEqual([90]);
    reader.close();
  });
});

describe('the schedule', () => {
  let warnings: object[];
  const logger = {
    info: () => undefined,
    warn: (fields: object) => void warnings.push(fields),
    error: () => undefined,
  };
  beforeEach(() => (warnings = []));

  it('walks at every interval, a step at a time, and lets go of a store that closes', async () => {
    const clock = new ManualClock(TIME);
    const folder = temporaryFolder();
    const jobs = new BackgroundJobs({ clock, logger });
    const store = await openStore({ folder, compaction: { clock, jobs, interval: 60_000, keep: 0, idleAfter: 1000 } });
    const writer = new Writer('a');
    await createDocument(store, 'a');
    await type(store, writer, 300);
    expect(clock.pending).toBe(1);
    clock.advance(59_999);
    expect(clock.pending).toBe(1);
    await store.head('a');
    expect(stored(folder).chunks).toEqual([]);
    await vi.waitFor(() => {
      clock.advance(20);
      expect(sizes(stored(folder).chunks)).toEqual([290]);
    }, 10_000);
    expect(textOf((await store.load('a'))!)).toBe(
      textOf({ snapshot: { version: 0, timestamp: 0, text: '' }, changes: writer.changes }),
    );
    await vi.waitFor(() => {
      clock.advance(20);
      expect(jobs.records.get('compaction')).toMatchObject({ runs: 1, failures: 0, isFailing: false });
    }, 10_000);
    await store.close();
    expect(clock.pending).toBe(0);
    expect(warnings).toEqual([]);
  });

  it('takes a document for idle by the time that passed, wherever the clock of the machine is set', async () => {
    const clock = new ManualClock(TIME);
    const folder = temporaryFolder();
    const jobs = new BackgroundJobs({ clock, logger });
    const rules = { interval: 1000, keep: 1_000_000, idleAfter: 60_000 };
    const store = await openStore({ folder, compaction: { clock, jobs, ...rules } });
    const writer = new Writer('a');
    await createDocument(store, 'a');
    await type(store, writer, 300);
    const walk = async (): Promise<void> => {
      const { runs } = jobs.records.get('compaction')!;
      clock.advance(1000);
      await vi.waitFor(() => {
        clock.advance(1);
        expect(jobs.records.get('compaction')!.runs).toBeGreaterThan(runs);
      }, 10_000);
    };
    await walk();
    clock.setBy(86_400_000);
    await walk();
    await type(store, writer, 10);
    await walk();
    expect(stored(folder).chunks).toEqual([]);
    clock.setBy(-30 * 86_400_000);
    await vi.waitFor(async () => {
      await walk();
      clock.advance(10_000);
      expect(sizes(stored(folder).chunks)).toEqual([300]);
    }, 20_000);
    expect(clock.now()).toBeLessThan(writer.head.timestamp);
  });

  it('says once that it cannot, and tries again', async () => {
    const clock = new ManualClock(TIME);
    const fault = new CommitFault();
    const folder = temporaryFolder();
    const jobs = new BackgroundJobs({ clock, logger });
    const store = await openStore({
      folder,
      fault,
      compaction: { clock, jobs, interval: 1000, keep: 0, idleAfter: 0 },
    });
    const writer = new Writer('a');
    await createDocument(store, 'a');
    await type(store, writer, 300);
    clock.advance(1_000_000);
    fault.fail('lost');
    const before = fault.commits;
    await vi.waitFor(() => {
      clock.advance(1000);
      expect(fault.commits).toBeGreaterThan(before + 2);
    }, 10_000);
    expect(jobs.records.get('compaction')).toMatchObject({ isFailing: true, lastSuccess: undefined });
    expect(jobs.records.get('compaction')!.failures).toBeGreaterThan(1);
    fault.heal();
    await vi.waitFor(() => {
      clock.advance(1000);
      expect(sizes(stored(folder).chunks)).toEqual([290]);
    }, 10_000);
    await vi.waitFor(() => {
      clock.advance(20);
      expect(jobs.records.get('compaction')).toMatchObject({ isFailing: false });
    }, 10_000);
    expect(warnings).toEqual([
      { job: 'compaction', err: expect.objectContaining({ message: 'disk I/O error (injected)' }) },
    ]);
  });
});

describe('space', () => {
  it('is given back: the file shrinks while the store is open', async () => {
    const folder = temporaryFolder();
    const store = await openStore({ folder });
    const writer = new Writer('a');
    await createDocument(store, 'a');
    for (let run = 0; run < 30; run += 1) {
      const runs = Array.from({ length: 1000 }, () => {
        const each = writer.run([[10_000 + writer.head.version, 'x']]);
        writer.committed(each);
        return store.append(each);
      });
      await Promise.all(runs);
    }
    const pages = (): number => {
      const database = new Database(databaseFile(folder), { readonly: true });
      const count = database.pragma('page_count', { simple: true }) as number;
      database.close();
      return count;
    };
    const before = pages();
    await compactAll(store);
    expect(pages()).toBeLessThan(before / 5);
    await store.close();
    expect(statSync(databaseFile(folder)).size / 30_000).toBeLessThan(9);
  });
});

function copyOf(folder: string): string {
  const copy = path.join(temporaryFolder(), 'copy');
  cpSync(folder, copy, { recursive: true });
  return copy;
}
