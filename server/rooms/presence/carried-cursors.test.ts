import { expect, it } from 'vitest';
import type { Change } from '../../../shared/sync/change.ts';
import type { Edit } from '../../../shared/text/edit.ts';
import { carriedRanges } from './carried-cursors.ts';

const change = (edit: Edit, sessionId: string): Change => {
  return { version: 1, timestamp: 0, edit, clientId: 'c', seq: 1, userId: 'u', sessionId };
};
const caret = (at: number) => ({ anchor: at, head: at });

it('carries every range through every change, and along with what its owner types', () => {
  const changes = [change([2, 'xx'], 'other'), change([2, 'own'], 'me'), change([-1], 'other')];
  const ranges = [{ anchor: 4, head: 1 }, caret(2), caret(2), caret(0)];
  expect(carriedRanges(ranges, changes, { sessionId: 'me', steps: 1000 })).toEqual([
    { anchor: 8, head: 0 },
    caret(4),
    caret(4),
    caret(0),
  ]);
});

it('FM17 gives up where it would take too many steps: the parts of changes, and each end of a range at each', () => {
  const changes = [change([2, 'x'], 'a'), change([2, 'x'], 'a')];
  const ranges = [{ anchor: 0, head: 3 }, caret(3)];
  const within = (steps: number) => carriedRanges(ranges, changes, { sessionId: 'me', steps }) !== undefined;
  expect([within(8), within(7)]).toEqual([true, false]);
});
