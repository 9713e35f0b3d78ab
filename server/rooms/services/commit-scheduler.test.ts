import { setImmediate } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../../shared/testing/manual-clock.ts';
import { CommitScheduler } from './commit-scheduler.ts';

let clock: ManualClock;
let turns: CommitScheduler;
let begun: string[];

beforeEach(() => {
  clock = new ManualClock();
  turns = new CommitScheduler(clock);
  begun = [];
});

function ask(...documentIds: string[]): void {
  for (const id of documentIds) void turns.next(id).then(() => begun.push(id));
}

/** Five documents that were all written within a moment. */
async function busy(): Promise<void> {
  ask('a', 'b', 'c', 'd', 'e');
  clock.advance(1);
  await setImmediate();
  begun = [];
}

describe('turns of commits', () => {
  it('begin for all who asked in one turn of the loop at its end', async () => {
    ask('a', 'b');
    await Promise.resolve();
    expect(begun).toEqual([]);
    await setImmediate();
    expect(begun).toEqual(['a', 'b']);
    ask('a');
    await setImmediate();
    expect(begun).toEqual(['a', 'b', 'a']);
  });

  it('wait for more documents while many are written', async () => {
    await busy();
    ask('a');
    await setImmediate();
    ask('f');
    await setImmediate();
    expect(begun).toEqual([]);
    clock.advance(1);
    await setImmediate();
    expect(begun).toEqual(['a', 'f']);
  });

  it('wait for nobody once the others are quiet', async () => {
    await busy();
    clock.advance(8);
    ask('a');
    clock.advance(8);
    await setImmediate();
    ask('a');
    await setImmediate();
    expect(begun).toEqual(['a', 'a']);
  });

  it('wait for nobody where one document is written much', async () => {
    for (let time = 0; time < 40; time += 1) {
      ask('a');
      await setImmediate();
      clock.advance(1);
    }
    expect(begun).toHaveLength(40);
  });
});
