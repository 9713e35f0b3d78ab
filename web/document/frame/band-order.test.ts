import { expect, it } from 'vitest';
import { BAND_ORDER, chooseBand, type BandKind } from './band-order.ts';

it.each<[BandKind[], BandKind | undefined]>([
  [[], undefined],
  [['plain'], 'plain'],
  [['read-only', 'refused'], 'refused'],
  [['read-only', 'following'], 'following'],
  [['following', 'stuck'], 'stuck'],
  [['stuck', 'rescued', 'not-kept'], 'rescued'],
  [[...BAND_ORDER].reverse(), 'refused'],
])('of %j it shows %s', (kinds, shown) => {
  expect(chooseBand(kinds)?.kind).toBe(shown);
});

it('leafs through what must not be lost from sight, and around', () => {
  const there: BandKind[] = ['refused', 'rescued', 'read-only', 'following'];
  expect(chooseBand(there)).toEqual({ kind: 'refused', at: 1, all: 2, next: 'rescued' });
  expect(chooseBand(there, 'rescued')).toEqual({ kind: 'rescued', at: 2, all: 2, next: 'refused' });
});

it('forgets the one that was leafed to once it has nothing to say, and never hides a pressing one for a calm one', () => {
  expect(chooseBand(['refused', 'following'], 'rescued')?.kind).toBe('refused');
  expect(chooseBand(['refused', 'following'], 'following')?.kind).toBe('refused');
});

it('has nothing to leaf through where nothing may be lost', () => {
  expect(chooseBand(['following', 'plain'])).toEqual({ kind: 'following', at: 0, all: 0, next: 'following' });
});
