import fc from 'fast-check';
import { expect, it } from 'vitest';
import { settled } from './sheet-size.ts';

it.each([
  [0.58, 0, 'part'],
  [0.7, 0, 'part'],
  [0.85, 0, 'full'],
  [0.2, 0, 'closed'],
  [0.6, 2, 'full'],
  [0.2, 2, 'part'],
  [0.9, -2, 'part'],
  [0.5, -2, 'closed'],
])('a sheet let go at %d with speed %d is %s', (share, speed, outcome) => {
  expect(settled(share, speed)).toBe(outcome);
});

it('the faster and the higher it is let go, the larger it becomes', () => {
  const rank = { closed: 0, part: 1, full: 2 };
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const speed = fc.double({ min: -5, max: 5, noNaN: true });
  fc.assert(
    fc.property(share, share, speed, speed, (a, b, slow, fast) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      const [down, up] = [Math.min(slow, fast), Math.max(slow, fast)];
      expect(rank[settled(low, down)]).toBeLessThanOrEqual(rank[settled(high, up)]);
    }),
  );
});
