import { expect, it } from 'vitest';
import type { Change } from '../../../shared/sync/change.ts';
import { OldPages } from './late-submissions.ts';

/** Pages of three changes of a log of a hundred; counts how often each was read, and waits where a page is held back. */
function log() {
  const read: number[] = [];
  let failing = false;
  const changeAt = (version: number): Change => ({
    version,
    timestamp: version,
    edit: ['x'],
    clientId: 'client',
    seq: version,
    userId: 'user',
    sessionId: 'session',
  });
  const pages = new OldPages(async (after) => {
    read.push(after);
    if (failing) throw new Error('The disk is gone');
    return [1, 2, 3].map((step) => changeAt(after + step)).filter(({ version }) => version <= 100);
  });
  const versions = async (after: number): Promise<number[]> => (await pages.after(after)).map(({ version }) => version);
  return { pages, read, versions, fail: (isFailing: boolean) => (failing = isFailing) };
}

it('FM21 reads a page once for all who go the same way at about the same time', async () => {
  const { read, versions } = log();
  const together = await Promise.all([versions(0), versions(0), versions(0)]);
  expect(together).toEqual([
    [1, 2, 3],
    [1, 2, 3],
    [1, 2, 3],
  ]);
  expect(await versions(3)).toEqual([4, 5, 6]);
  expect(await versions(0)).toEqual([1, 2, 3]);
  expect(read).toEqual([0, 3]);
});

it('FM21 gives the rest of a page to whoever comes into the middle of it', async () => {
  const { read, versions } = log();
  await versions(0);
  expect(await versions(1)).toEqual([2, 3]);
  expect(await versions(2)).toEqual([3]);
  expect(await versions(3)).toEqual([4, 5, 6]);
  expect(read).toEqual([0, 3]);
  expect(await versions(100)).toEqual([]);
});

it('FM21 keeps the few pages that were asked for last, and none once nobody is there', async () => {
  const { pages, read, versions } = log();
  for (const after of [0, 3, 6, 9]) await versions(after);
  await versions(0);
  await versions(12);
  await versions(0);
  expect(read).toEqual([0, 3, 6, 9, 12]);
  await versions(3);
  expect(read).toEqual([0, 3, 6, 9, 12, 3]);
  pages.clear();
  await versions(3);
  expect(read.at(-1)).toBe(3);
  expect(read).toHaveLength(7);
});

it('FM21 tells everybody that a page cannot be read, and tries again for the next', async () => {
  const { versions, fail } = log();
  fail(true);
  const [first, second] = [versions(0), versions(0)];
  await expect(first).rejects.toThrow('The disk is gone');
  await expect(second).rejects.toThrow('The disk is gone');
  fail(false);
  expect(await versions(0)).toEqual([1, 2, 3]);
});
