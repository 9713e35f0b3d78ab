import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ManualClock } from '../../../../shared/testing/manual-clock.ts';
import { BackgroundJobs } from '../../../base/background-jobs.ts';
import { sizes, stored, type } from '../../testing/compacted.ts';
import { temporaryFolder } from '../../../../testing/temporary-folder.ts';
import { createDocument, textOf, TIME, Writer } from '../../testing/runs.ts';
import { openStore } from '../../testing/stores.ts';
import { CommitFault } from '../database/commit-fault.ts';

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
    }, 60_000);
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
