import { beforeEach, expect, it, vi } from 'vitest';
import { ManualClock } from '../../../shared/testing/manual-clock.ts';
import type { RoomServices } from '../services/room-services.ts';
import { CommitRecovery } from './commit-recovery.ts';

const FAILURE = new Error('disk I/O error');

let clock: ManualClock;
let check: ReturnType<typeof vi.fn>;
let readLog: ReturnType<typeof vi.fn<() => Promise<void>>>;
let recovery: CommitRecovery;

beforeEach(() => {
  clock = new ManualClock();
  check = vi.fn(() => Promise.resolve());
  readLog = vi.fn(() => Promise.resolve());
  const log = (): undefined => undefined;
  const logger = { info: log, warn: log, error: log };
  const services = { clock, limits: { unavailableAfter: 5000 }, logger, store: { check } };
  recovery = new CommitRecovery('doc', services as unknown as RoomServices, readLog);
});

/** Milliseconds that pass before the next attempt may begin. */
async function pauseAfterFailure(): Promise<number> {
  const begun = clock.monotonic();
  let isOver = false;
  void recovery.failed(FAILURE).then(() => (isOver = true));
  for (;;) {
    await new Promise(setImmediate);
    if (isOver) return clock.monotonic() - begun;
    clock.advance(50);
  }
}

it('S3 pauses twice as long after each failure, up to a second, and reads the log after each pause', async () => {
  readLog.mockRejectedValueOnce(FAILURE);
  for (const pause of [50, 100, 200, 400, 800, 1000]) expect(await pauseAfterFailure()).toBe(pause);
  expect(readLog).toHaveBeenCalledTimes(6);
  recovery.succeeded();
  expect(await pauseAfterFailure()).toBe(50);
});

it('S3 is unavailable after five seconds of failures, until the store answers and the log is read', async () => {
  for (let time = 0; time < 20 && !recovery.isUnavailable; time += 1) await pauseAfterFailure();
  expect(recovery.isUnavailable).toBe(true);
  check.mockRejectedValueOnce(FAILURE);
  readLog.mockRejectedValueOnce(FAILURE);
  const second = async (): Promise<boolean> => {
    clock.advance(1000);
    await new Promise(setImmediate);
    return recovery.isUnavailable;
  };
  expect([await second(), await second(), await second()]).toEqual([true, true, false]);
  expect(check).toHaveBeenCalledTimes(3);
});

it('ends its pause when it is closed, and asks nobody any more', async () => {
  const failed = recovery.failed(FAILURE);
  recovery.close();
  await failed;
  expect(readLog).not.toHaveBeenCalled();
});
