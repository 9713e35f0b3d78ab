import { expect, it } from 'vitest';
import { learnServerTime, serverNow } from './api.ts';

it('tells whole milliseconds, which the end of a share link must be', () => {
  for (let time = 0; time < 20; time += 1) {
    learnServerTime('Sat, 28 Nov 2026 21:00:00 GMT');
    expect(serverNow()).toSatisfy(Number.isInteger);
  }
});
