import { setImmediate, setTimeout } from 'node:timers/promises';
import { SeededRandom } from '../../shared/testing/random.ts';

/** A timer is this much too late at most on a quiet machine; the rest is waited for turn by turn. Milliseconds. */
const TIMER_ERROR = 1.5;
const PHASES = 1_000_000;

export interface Rhythm {
  readonly clients: number;
  /** Of each client. */
  readonly perSecond: number;
  readonly seconds: number;
  readonly seed: number;
}

/**
 * Open loop: has each client act at its own steady rhythm, whatever the server does meanwhile. The phases are random, so that
 * some coincide, as among people. `act` is told the time at which it was to happen, in milliseconds of `performance.now()`.
 */
export async function keepPace(rhythm: Rhythm, act: (client: number, dueAt: number) => void): Promise<void> {
  const random = new SeededRandom(rhythm.seed);
  const period = 1000 / rhythm.perSecond;
  const phases = Array.from({ length: rhythm.clients }, (_, client) => {
    return { client, offset: (random.below(PHASES) / PHASES) * period };
  }).sort((a, b) => a.offset - b.offset);
  const begun = performance.now();
  const rounds = Math.round(rhythm.seconds * rhythm.perSecond);
  for (let round = 0; round < rounds; round += 1) {
    for (const { client, offset } of phases) {
      const dueAt = begun + round * period + offset;
      await until(dueAt);
      act(client, dueAt);
    }
  }
}

async function until(time: number): Promise<void> {
  for (let left = time - performance.now(); left > 0; left = time - performance.now()) {
    if (left > TIMER_ERROR) await setTimeout(left - TIMER_ERROR);
    else await setImmediate();
  }
}
