import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../../shared/testing/manual-clock.ts';
import { TokenExpiry } from './session-credential.ts';

const DAY = 86_400_000;
const GRACE = 60_000;

let clock: ManualClock;
let told: string[];
let watch: TokenExpiry;
beforeEach(() => {
  clock = new ManualClock(0);
  told = [];
  watch = new TokenExpiry(clock, 60_000, {
    warn: (expiresAt) => void told.push(`${clock.now()}: ends at ${expiresAt}`),
    end: () => void told.push(`${clock.now()}: end`),
  });
});
const until = (expiresAt: number) => ({ expiresAt, countsUntil: expiresAt + GRACE });

describe('TokenExpiry', () => {
  it('warns a minute before the expiry and ends after the grace', () => {
    watch.watch(until(600_000));
    clock.advance(DAY);
    expect(told).toEqual(['540000: ends at 600000', '660000: end']);
    expect(clock.pending).toBe(0);
  });

  it('waits longer than one timer of the platform can', () => {
    watch.watch(until(365 * DAY));
    clock.advance(364 * DAY);
    expect(told).toEqual([]);
    clock.advance(2 * DAY);
    expect(told).toHaveLength(2);
  });

  it('warns halfway where not much is left, and at once where nothing is', () => {
    watch.watch(until(10_000));
    clock.advance(5000);
    expect(told).toEqual(['5000: ends at 10000']);
    const late = new TokenExpiry(clock, 60_000, { warn: () => void told.push('late'), end: () => undefined });
    late.watch(until(1000));
    clock.advance(0);
    expect(told.at(-1)).toBe('late');
  });

  it('follows the machine’s time where that is set', () => {
    watch.watch(until(600_000));
    clock.setBy(-100_000);
    clock.advance(600_000);
    expect(told).toEqual([]);
    clock.setBy(200_000);
    clock.advance(60_000);
    expect(told).toEqual(['740000: ends at 600000', '740000: end']);
  });

  it('begins anew with a token that lasts longer', () => {
    watch.watch(until(600_000));
    clock.advance(550_000);
    watch.watch(until(1_200_000));
    clock.advance(200_000);
    expect(told).toEqual(['540000: ends at 600000']);
    clock.advance(DAY);
    expect(told.slice(1)).toEqual(['1140000: ends at 1200000', '1260000: end']);
  });

  it('does not warn again of the same token, however often it comes', () => {
    watch.watch(until(10_000));
    for (let round = 0; round < 100; round += 1) {
      clock.advance(60);
      watch.watch(until(10_000));
    }
    clock.advance(DAY);
    expect(told).toEqual([expect.stringContaining('ends at 10000'), '70000: end']);
  });

  it('is silent once it was stopped', () => {
    watch.watch(until(600_000));
    clock.advance(550_000);
    watch.stop();
    clock.advance(DAY);
    expect(told).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });
});
