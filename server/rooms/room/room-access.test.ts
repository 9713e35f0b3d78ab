import { expect, it, vi } from 'vitest';
import { ManualClock } from '../../../shared/testing/manual-clock.ts';
import type { Requester } from '../../access/identity.ts';
import { RoomAccess } from './room-access.ts';
import type { UserAccess } from '../../stores/access-catalogue.ts';

const RECORD = {
  id: 'a',
  title: 'A',
  isNamed: true,
  linkAccess: 'none',
  createdAt: 1,
  updatedAt: 1,
  version: 0,
  embedOrigins: null,
} as const;
const mina: Requester = { id: 'mina', name: 'Mina', color: '#000000' };
const EDITOR: UserAccess = { member: 'editor', links: [] };
const VIEWER: UserAccess = { member: 'viewer', links: [] };

/** A catalogue whose answers come when the test says so. */
function slowCatalogue() {
  const asked: { userIds: readonly string[]; answer: (userAccess: UserAccess) => void; fail: () => void }[] = [];
  const userAccess = (_id: string, userIds: readonly string[]): Promise<ReadonlyMap<string, UserAccess>> =>
    new Promise((resolve, reject) => {
      const answer = (userAccess: UserAccess): void => resolve(new Map(userIds.map((id) => [id, userAccess])));
      asked.push({ userIds, answer, fail: () => reject(new Error('disk')) });
    });
  const findDocument = (): Promise<undefined> => Promise.resolve(undefined);
  /** The n-th question, as soon as it is asked. */
  const question = (n: number) => vi.waitFor(() => asked[n] ?? Promise.reject(new Error('Not asked yet')));
  return { asked, question, access: new RoomAccess(RECORD, { findDocument, userAccess }, new ManualClock()) };
}

it('G6 believes the answer that was asked for last, also where an older one overtakes it', async () => {
  const { question, access } = slowCatalogue();
  const held = access.hold('mina');
  const first = await question(0);
  const refreshed = access.refresh();
  (await question(1)).answer(VIEWER);
  await refreshed;
  first.answer(EDITOR);
  await held;
  expect(access.roleOf(mina)).toEqual({ role: 'viewer' });
});

it('asks only for who is there, and takes the others for strangers', async () => {
  const { asked, question, access } = slowCatalogue();
  await access.refresh();
  expect(asked).toEqual([]);
  const held = access.hold('mina');
  (await question(0)).answer(EDITOR);
  const release = await held;
  expect(access.roleOf(mina)).toEqual({ role: 'editor' });
  await access.refresh('ben');
  expect(asked).toHaveLength(1);
  const keep = access.keep('mina');
  release();
  release();
  expect(access.roleOf(mina)).toEqual({ role: 'editor' });
  keep();
  expect(access.roleOf(mina)).toBeUndefined();
});

it('holds nobody whose standing cannot be read', async () => {
  const { asked, question, access } = slowCatalogue();
  const held = access.hold('mina');
  (await question(0)).fail();
  await expect(held).rejects.toThrow('disk');
  await access.refresh();
  expect(asked).toHaveLength(1);
});
