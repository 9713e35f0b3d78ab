import { describe, expect, it } from 'vitest';
import type { Member } from './access-catalogue.ts';
import type { Role } from '../../shared/protocol/roles.ts';
import type { User } from '../../shared/protocol/fields.ts';
import { ANNA, BORIS, createDocument, TIME, type StoreUnderTest } from './testing/runs.ts';

const CLARA: User = { id: 'user-clara', name: 'Clara', color: '#203b60' };
const MANY = { limit: 100 };

function member(user: User, role: Role, addedAt = TIME + 1): Member {
  return { user, role, addedAt };
}

/** What every catalogue of members and share links must do. Part of the contract of a store. */
export function describeAccessCatalogue(current: () => StoreUnderTest): void {
  describe('members', () => {
    it('begin with whoever made the document, as its owner, also after a restart', async () => {
      const { store, restart } = current();
      await createDocument(store, 'a');
      const first = [member(ANNA, 'owner', TIME)];
      expect(await store.listMembers('a')).toEqual(first);
      expect(await (await restart()).listMembers('a')).toEqual(first);
    });

    it('are added, changed and removed, and the standing of each follows', async () => {
      const { store } = current();
      await createDocument(store, 'a');
      expect(await store.setMember('a', member(BORIS, 'viewer'), MANY)).toEqual(member(BORIS, 'viewer'));
      expect(await store.setMember('a', member(BORIS, 'editor', TIME + 9), MANY)).toEqual(member(BORIS, 'editor'));
      expect(await store.userAccess('a', [ANNA.id, BORIS.id, 'nobody'])).toEqual(
        new Map([
          [ANNA.id, { member: 'owner', links: [] }],
          [BORIS.id, { member: 'editor', links: [] }],
          ['nobody', { links: [] }],
        ]),
      );
      expect(await store.removeMember('a', BORIS.id, {})).toBe('removed');
      expect(await store.removeMember('a', BORIS.id, {})).toBe('unknown');
      expect(await store.listMembers('a')).toEqual([member(ANNA, 'owner', TIME)]);
      expect(await store.userAccess('b', [ANNA.id])).toEqual(new Map([[ANNA.id, { links: [] }]]));
      expect(await store.setMember('b', member(BORIS, 'viewer'), MANY)).toBe('unknown');
    });

    it('keep the name that they gave themselves', async () => {
      const { store } = current();
      await createDocument(store, 'a');
      await createDocument(store, 'b', BORIS);
      const named = { ...BORIS, name: BORIS.id };
      expect(await store.setMember('a', member(named, 'viewer'), MANY)).toEqual(member(BORIS, 'viewer'));
    });

    it('are no more than they may be', async () => {
      const { store } = current();
      await createDocument(store, 'a');
      expect(await store.setMember('a', member(BORIS, 'editor'), { limit: 2 })).toMatchObject({ role: 'editor' });
      expect(await store.setMember('a', member(CLARA, 'editor'), { limit: 2 })).toBe('full');
      expect(await store.setMember('a', member(BORIS, 'viewer'), { limit: 2 })).toMatchObject({ role: 'viewer' });
      expect(await store.listMembers('a')).toHaveLength(2);
    });

    it('never leave a document without an owner, whoever is quicker', async () => {
      const { store } = current();
      await createDocument(store, 'a');
      expect(await store.leave('a', ANNA.id)).toBe('last_owner');
      expect(await store.removeMember('a', ANNA.id, {})).toBe('last_owner');
      expect(await store.setMember('a', member(ANNA, 'editor'), MANY)).toBe('last_owner');
      await store.setMember('a', member(BORIS, 'owner'), MANY);
      const outcomes = await Promise.all([
        store.removeMember('a', ANNA.id, { owner: BORIS.id }),
        store.removeMember('a', BORIS.id, { owner: ANNA.id }),
      ]);
      expect(outcomes).toEqual(['removed', 'forbidden']);
      await store.setMember('a', member(ANNA, 'owner'), MANY);
      expect(await Promise.all([store.leave('a', ANNA.id), store.leave('a', BORIS.id)])).toEqual([
        'removed',
        'last_owner',
      ]);
      expect(await store.listMembers('a')).toEqual([member(BORIS, 'owner')]);
    });

    it('are changed only by who owns the document at that moment', async () => {
      const { store } = current();
      await createDocument(store, 'a');
      await store.setMember('a', member(BORIS, 'editor'), MANY);
      for (const owner of [BORIS.id, 'nobody']) {
        expect(await store.setMember('a', member(CLARA, 'viewer'), { ...MANY, owner })).toBe('forbidden');
        expect(await store.removeMember('a', BORIS.id, { owner })).toBe('forbidden');
        expect(await store.addLink('a', { id: 'l', role: 'viewer', createdAt: TIME }, { ...MANY, owner })).toBe(
          'forbidden',
        );
        expect(await store.removeLink('a', 'l', { owner })).toBe('forbidden');
      }
      expect(await store.setMember('a', member(CLARA, 'viewer'), { ...MANY, owner: ANNA.id })).toMatchObject({});
      expect(await store.listMembers('a')).toHaveLength(3);
    });

    it('find their documents in their lists, and only owners those in the trash', async () => {
      const { store } = current();
      await createDocument(store, 'a');
      await store.setMember('a', member(BORIS, 'viewer'), MANY);
      const idsOf = async ({ id }: User, trash: boolean): Promise<unknown[]> => {
        const page = await store.listDocuments(id, { show: trash ? 'bin' : 'member', now: TIME, limit: 10 });
        return page.documents.map(({ document, access }) => [document.id, access.member]);
      };
      expect([await idsOf(ANNA, false), await idsOf(BORIS, false), await idsOf(CLARA, false)]).toEqual([
        [['a', 'owner']],
        [['a', 'viewer']],
        [],
      ]);
      await store.updateDocument('a', { trashed: true }, TIME + 5);
      expect([await idsOf(ANNA, true), await idsOf(BORIS, true), await idsOf(BORIS, false)]).toEqual([
        [['a', 'owner']],
        [],
        [],
      ]);
    });
  });

  describe('share links', () => {
    const link = { id: 'link-1', role: 'editor', createdAt: TIME } as const;
    const full = { id: 'link-2', role: 'viewer', name: 'Für Gäste', expiresAt: TIME + 100, createdAt: TIME } as const;
    const hash = { passwordHash: 'scrypt$…' };

    it('are made, listed and found with all they have, also after a restart', async () => {
      const { store, restart } = current();
      await createDocument(store, 'a');
      expect(await store.addLink('a', link, MANY)).toBe('added');
      expect(await store.addLink('a', { ...full, ...hash }, MANY)).toBe('added');
      const kept = [
        { ...link, uses: 0 },
        { ...full, ...hash, uses: 0 },
      ];
      const again = await restart();
      expect(await again.listLinks('a')).toEqual(kept);
      expect(await again.findLink('a', 'link-2')).toEqual(kept[1]);
      expect(await again.findLink('a', 'link-3')).toBeUndefined();
      expect(await again.listLinks('b')).toEqual([]);
      expect(await again.addLink('b', { ...link, id: 'x' }, MANY)).toBe('unknown');
    });

    it('are no more than they may be, and belong to one document', async () => {
      const { store } = current();
      await createDocument(store, 'a');
      await createDocument(store, 'b');
      expect(await store.addLink('a', link, { limit: 1 })).toBe('added');
      expect(await store.addLink('a', full, { limit: 1 })).toBe('full');
      expect(await store.findLink('b', 'link-1')).toBeUndefined();
      expect(await store.removeLink('b', 'link-1', {})).toBe('unknown');
      expect(await store.redeemLink('b', 'link-1', BORIS, TIME)).toBe('unknown');
    });

    it('give what they say to whoever redeemed them, and count each user once', async () => {
      const { store } = current();
      await createDocument(store, 'a');
      await store.addLink('a', link, MANY);
      await store.addLink('a', full, MANY);
      expect(await store.redeemLink('a', 'link-1', BORIS, TIME + 10)).toBe('redeemed');
      expect(await store.hasRedeemed('a', 'link-1', BORIS.id)).toBe(true);
      expect(await store.hasRedeemed('a', 'link-1', CLARA.id)).toBe(false);
      expect(await store.redeemLink('a', 'link-1', BORIS, TIME + 60_009)).toBe('again');
      expect(await store.listLinks('a')).toMatchObject([{ uses: 1, lastUsedAt: TIME + 10 }, { uses: 0 }]);
      expect(await store.redeemLink('a', 'link-1', BORIS, TIME + 60_010)).toBe('again');
      expect(await store.listLinks('a')).toMatchObject([{ uses: 1, lastUsedAt: TIME + 60_010 }, { uses: 0 }]);
      expect(await store.redeemLink('a', 'link-1', CLARA, TIME + 90_001)).toBe('redeemed');
      expect(await store.redeemLink('a', 'link-2', BORIS, TIME + 99)).toBe('redeemed');
      expect(await store.redeemLink('a', 'link-2', CLARA, TIME + 100)).toBe('unknown');
      expect(await store.listLinks('a')).toMatchObject([
        { uses: 2, lastUsedAt: TIME + 90_001 },
        { uses: 1, lastUsedAt: TIME + 99 },
      ]);
      expect((await store.userAccess('a', [BORIS.id])).get(BORIS.id)).toEqual({
        links: [{ role: 'editor' }, { role: 'viewer', expiresAt: TIME + 100 }],
      });
      expect((await store.listDocuments(BORIS.id, { show: 'member', now: TIME, limit: 5 })).documents).toEqual([]);
    });

    it('give nothing any more once they are revoked, whichever came first', async () => {
      const { store } = current();
      await createDocument(store, 'a');
      await store.addLink('a', link, MANY);
      const outcomes = await Promise.all([
        store.redeemLink('a', 'link-1', BORIS, TIME),
        store.removeLink('a', 'link-1', { owner: ANNA.id }),
        store.redeemLink('a', 'link-1', CLARA, TIME),
      ]);
      expect(outcomes).toEqual(['redeemed', 'removed', 'unknown']);
      for (const access of (await store.userAccess('a', [BORIS.id, CLARA.id])).values()) {
        expect(access).toEqual({ links: [] });
      }
      expect(await store.listLinks('a')).toEqual([]);
    });

    it('are closed to somebody whom an owner removed, and open to somebody who left', async () => {
      const { store } = current();
      await createDocument(store, 'a');
      await store.addLink('a', link, MANY);
      const byLink = { links: [{ role: 'editor' }] };
      const access = async (): Promise<unknown> => (await store.userAccess('a', [BORIS.id])).get(BORIS.id);
      await store.redeemLink('a', 'link-1', BORIS, TIME);
      expect(await store.leave('a', BORIS.id)).toBe('removed');
      expect(await store.leave('a', BORIS.id)).toBe('unknown');
      expect(await access()).toEqual({ links: [] });
      expect(await store.redeemLink('a', 'link-1', BORIS, TIME)).toBe('redeemed');
      expect(await access()).toEqual(byLink);
      expect(await store.removeMember('a', BORIS.id, {})).toBe('removed');
      expect(await store.leave('a', BORIS.id)).toBe('unknown');
      expect(await store.redeemLink('a', 'link-1', BORIS, TIME)).toBe('unknown');
      expect(await store.hasRedeemed('a', 'link-1', BORIS.id)).toBe(false);
      expect(await access()).toEqual({ links: [] });
      expect(await store.redeemLink('a', 'link-1', CLARA, TIME)).toBe('redeemed');
      await store.setMember('a', member(BORIS, 'viewer'), MANY);
      expect(await access()).toEqual({ member: 'viewer', links: [] });
    });
  });
}
