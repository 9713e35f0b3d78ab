import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../../shared/testing/manual-clock.ts';
import { SessionRate, type Verdict } from './session-rate.ts';

const LIMITS = {
  messagesPerSecond: 10,
  submissionsPerSecond: 5,
  operationsPerSecond: 100,
  presencePerSecond: 2,
  rateStrikes: 3,
};
let clock: ManualClock;
let rate: SessionRate;
beforeEach(() => {
  clock = new ManualClock();
  rate = new SessionRate(LIMITS, clock);
});

const counted = (type: Parameters<SessionRate['count']>[0], times: number): Verdict['kind'][] =>
  Array.from({ length: times }, () => rate.count(type).kind);

describe('L2 a session', () => {
  it('says two seconds worth of messages at once, is refused, and is ended', () => {
    expect(counted('ping', 20)).toEqual(Array(20).fill('pass'));
    expect(counted('ping', 4)).toEqual(['refuse', 'refuse', 'refuse', 'end']);
  });

  it('hears after how long the next message is taken', () => {
    counted('submit', 10);
    expect(rate.count('submit')).toEqual({ kind: 'refuse', retryAfter: 200 });
    clock.advance(200);
    expect(rate.count('submit')).toEqual({ kind: 'pass' });
  });

  it('is not ended for refusals that lie far apart', () => {
    counted('submit', 10);
    for (let round = 0; round < 50; round += 1) {
      expect(rate.count('submit').kind).toBe('refuse');
      clock.advance(4000);
      counted('submit', 10);
    }
  });

  it('counts submissions twice, as messages and as submissions', () => {
    counted('ping', 15);
    expect(counted('submit', 6)).toEqual(['pass', 'pass', 'pass', 'pass', 'pass', 'refuse']);
  });
});

describe('L2 operations', () => {
  it('are two seconds worth at once for nothing; what is more is taken, and owed', () => {
    rate.countOperations(200);
    expect(rate.debt).toBe(0);
    rate.countOperations(300);
    expect(rate.debt).toBe(3000);
    clock.advance(1000);
    expect(rate.debt).toBe(2000);
    rate.countOperations(100);
    expect(rate.debt).toBe(3000);
    clock.advance(3000);
    expect(rate.debt).toBe(0);
    expect(counted('submit', 10)).toEqual(Array(10).fill('pass'));
  });
});

describe('L3 presence', () => {
  it('is postponed, never refused, and costs no message', () => {
    expect(counted('cursor', 6)).toEqual(['pass', 'pass', 'pass', 'pass', 'postpone', 'postpone']);
    expect(rate.count('presence')).toEqual({ kind: 'postpone', wait: 500 });
    expect(counted('ping', 20)).toEqual(Array(20).fill('pass'));
  });

  it('ends a session only as a flood', () => {
    expect(new Set(counted('cursor', 404))).toEqual(new Set(['pass', 'postpone']));
    expect(rate.count('cursor')).toEqual({ kind: 'end' });
  });
});
