import { describe, expect, it } from 'vitest';
import type { User } from '../../shared/protocol/fields.ts';
import type { ListedDocument, ListQuery, Shown, Sort } from './document-lists.ts';
import { wordsOf } from './search-words.ts';
import { ANNA, BORIS, createDocument, TIME, Writer, type Store, type StoreUnderTest } from './testing/runs.ts';

const CLARA = { id: 'user-clara', name: 'Clara', color: '#335577' };
const ALL: ListQuery = { show: 'all', now: TIME, limit: 100 };

/** What the lists of every store must do, and the search in them. Part of the contract of a store. */
export function describeDocumentLists(current: () => StoreUnderTest): void {
  /** Ids of a whole list, read in pages of three. */
  async function idsOf(store: Store, userId: string, query: Partial<ListQuery> = {}): Promise<string[]> {
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await store.listDocuments(userId, { ...ALL, ...query, limit: 3, cursor });
      ids.push(...page.documents.map(({ document }) => document.id));
      cursor = page.next;
    } while (cursor !== undefined);
    return ids;
  }

  function find(store: Store, query: string, userId = ANNA.id): Promise<string[]> {
    return idsOf(store, userId, { words: wordsOf(query) });
  }

  async function only(store: Store, userId: string, query: Partial<ListQuery> = {}): Promise<ListedDocument> {
    const { documents } = await store.listDocuments(userId, { ...ALL, ...query });
    expect(documents).toHaveLength(1);
    return documents[0]!;
  }

  async function make(store: Store, id: string, title: string, text = '', owner = ANNA): Promise<void> {
    const [change] = text === '' ? [] : new Writer(id, owner).run([[text]]).changes;
    await store.createDocument({ id, title, linkAccess: 'none', createdAt: TIME }, owner, change);
  }

  describe('lists', () => {
    it('show what one owns, what others share, what one watches and what is in the bin', async () => {
      const { store } = current();
      const lists = async (): Promise<Record<string, string[]>> => {
        const shown: Shown[] = ['member', 'all', 'mine', 'shared', 'watched', 'bin'];
        const entries = shown.map(async (show) => [show, (await idsOf(store, BORIS.id, { show })).sort()] as const);
        return Object.fromEntries(await Promise.all(entries));
      };
      for (const id of ['closed', 'member', 'linked', 'expired', 'cut', 'visited']) await make(store, id, id);
      await make(store, 'own', 'own', '', BORIS);
      await make(store, 'thrown', 'thrown', '', BORIS);
      await store.updateDocument('thrown', { trashed: true }, TIME);
      await store.updateDocument('visited', { linkAccess: 'view' }, TIME);
      const member = { user: BORIS, role: 'viewer', addedAt: TIME } as const;
      await store.setMember('member', member, { limit: 9 });
      for (const [id, expiresAt] of [['linked'], ['expired', TIME + 1], ['cut']] as const) {
        await store.addLink(id, { id: `to-${id}`, role: 'viewer', expiresAt, createdAt: TIME }, { limit: 9 });
        await store.redeemLink(id, `to-${id}`, BORIS, TIME);
      }
      await store.removeMember('cut', BORIS.id, {});
      const visits = ['closed', 'visited'].map((documentId) => ({ documentId, user: BORIS, version: 0, seenAt: TIME }));
      await store.saveVisits(visits);
      for (const id of ['own', 'closed', 'member']) await store.setWatch(id, BORIS, true, TIME);
      expect(await lists()).toEqual({
        member: ['member', 'own'],
        all: ['expired', 'linked', 'member', 'own', 'visited'],
        mine: ['own'],
        shared: ['expired', 'linked', 'member', 'visited'],
        watched: ['member', 'own'],
        bin: ['thrown'],
      });
      expect(await idsOf(store, BORIS.id, { show: 'shared', now: TIME + 2 })).not.toContain('expired');
      await store.setWatch('own', BORIS, false, TIME);
      expect((await lists())['watched']).toEqual(['member']);
      expect(await idsOf(store, BORIS.id, { only: ['closed', 'own', 'nowhere'] })).toEqual(['own', 'closed']);
    });

    it('are sorted in each way, the same over pages, also where documents are alike', async () => {
      const { store } = current();
      const titles = ['beta', 'Älpha', 'alpha', 'gamma', 'Alpha', '가나'];
      for (const [index, title] of titles.entries()) {
        await store.createDocument({ id: title, title, linkAccess: 'edit', createdAt: TIME + (index >> 1) }, ANNA);
      }
      await store.updateDocument('beta', { linkAccess: 'view' }, TIME + 50);
      await new Writer('gamma').type(store, [['x']], TIME + 60);
      await store.saveVisits([
        { documentId: 'alpha', user: ANNA, version: 0, seenAt: TIME + 5 },
        { documentId: 'beta', user: ANNA, version: 0, seenAt: TIME + 9 },
        { documentId: 'gamma', user: BORIS, version: 0, seenAt: TIME + 99 },
      ]);
      const sorted = async (sort: Sort): Promise<string[]> => idsOf(store, ANNA.id, { sort });
      expect(await sorted('edited')).toEqual(['gamma', 'beta', '가나', 'Alpha', 'alpha', 'Älpha']);
      expect(await sorted('created')).toEqual(['가나', 'Alpha', 'gamma', 'alpha', 'Älpha', 'beta']);
      expect(await sorted('opened')).toEqual(['beta', 'alpha', '가나', 'Alpha', 'gamma', 'Älpha']);
      expect(await sorted('title')).toEqual(['Älpha', 'alpha', 'Alpha', 'beta', 'gamma', '가나']);
      for (const sort of ['edited', 'opened', 'title', 'created'] as const) {
        const query = { ...ALL, sort, cursor: "' OR 1=1 --" };
        expect(await store.listDocuments(ANNA.id, query)).toEqual({ documents: [] });
      }
    });

    it('tell what others changed since one was there', async () => {
      const { store, restart } = current();
      await createDocument(store, 'a');
      const writer = new Writer('a', BORIS);
      await writer.type(store, [['# Plan\n\nFirst we **meet**.']]);
      await store.indexed();
      expect(await only(store, ANNA.id)).toMatchObject({ snippet: 'First we meet.', editedBy: BORIS });
      expect(await only(store, ANNA.id)).not.toHaveProperty('unseen');
      await store.saveVisits([{ documentId: 'a', user: ANNA, version: 1, seenAt: TIME + 3 }]);
      await store.saveVisits([{ documentId: 'a', user: ANNA, version: 0, seenAt: TIME + 2 }]);
      expect(await only(store, ANNA.id)).toMatchObject({ openedAt: TIME + 3 });
      await writer.type(store, [['1'], ['2']]);
      await store.indexed();
      expect((await only(await restart(), ANNA.id)).unseen).toEqual({ changes: 2, by: [BORIS] });
      // Whoever was never there has not missed anything, and nobody misses what they wrote.
      await current().store.saveVisits([{ documentId: 'a', user: BORIS, version: 1, seenAt: TIME + 3 }]);
      expect(await only(current().store, BORIS.id)).not.toHaveProperty('unseen');
    });
  });

  describe('search', () => {
    it('finds every script by title and text, without case and accents, all words together', async () => {
      const { store } = current();
      const texts: Record<string, string> = {
        latin: 'The quick brown fox – Straße, Crème brûlée, "quoted" % _ * -',
        korean: '다음 주 회의에서 예산을 논의합니다. 점심',
        japanese: '東京で会議を開きます。かんじ',
        chinese: '我們明天開會討論預算',
        decomposed: 'Cafe\u0301 \u1112\u116c\u110b\u1174',
        russian: 'Ёлка и Йод',
      };
      for (const [id, text] of Object.entries(texts)) await make(store, id, `About ${id}`, text);
      await make(store, 'of-boris', 'About korean', '회의', BORIS);
      await store.indexed();
      const found: Record<string, string[]> = {
        'QUICK fox': ['latin'],
        'fox quick': ['latin'],
        'quick wolf': [],
        'creme BRULEE': ['latin'],
        '"quoted"': ['latin'],
        'fox about': ['latin'],
        회의: ['decomposed', 'korean'],
        회의에서: ['korean'],
        예산을: ['korean'],
        점심: ['korean'],
        会議: ['japanese'],
        東京: ['japanese'],
        かん: ['japanese'],
        開會: ['chinese'],
        會: ['chinese'],
        café: ['decomposed'],
        елка: ['russian'],
        korean: ['korean'],
        "' OR 1=1": [],
        'NEAR(a b)': [],
        'text:fox': [],
        'fox*': [],
        '%': [],
        zz: [],
      };
      const answers: Record<string, string[]> = {};
      for (const query of Object.keys(found)) answers[query] = (await find(store, query)).sort();
      expect(answers).toEqual(found);
      expect(await find(store, 'quick', BORIS.id)).toEqual([]);
      expect(await find(store, 'quick', 'user-nobody')).toEqual([]);
    });

    it('shows where it was found', async () => {
      const { store } = current();
      const said = `${'before '.repeat(40)}the **Budget** for [cafés](https://example.org)\n${'- after\n'.repeat(40)}`;
      await make(store, 'a', 'Minutes of May', said);
      await store.indexed();
      const matchOf = async (query: string) => (await only(store, ANNA.id, { words: wordsOf(query) })).match!;
      const shown = ({ text, ranges }: { text: string; ranges: readonly (readonly [number, number])[] }): string[] =>
        ranges.map(([from, to]) => text.slice(from, to));
      const inText = await matchOf('cafes budget');
      expect(inText.in).toBe('text');
      expect(shown(inText)).toEqual(['Budget', 'cafés']);
      expect(inText.text).toMatch(/^…(before )+the Budget for cafés after after /);
      expect(inText.text.length).toBeLessThanOrEqual(160);
      const inTitle = await matchOf('may MINUTES');
      expect([inTitle.in, inTitle.text, shown(inTitle)]).toEqual(['title', 'Minutes of May', ['Minutes', 'May']]);
      const inBoth = await matchOf('may budget');
      expect([inBoth.in, shown(inBoth)]).toEqual(['text', ['Budget']]);
    });

    it('follows what is written, renamed, thrown away and deleted', async () => {
      const { store, restart } = current();
      await make(store, 'a', 'Title', 'first words');
      await store.indexed();
      const writer = new Writer('a');
      writer.head = { version: 1, timestamp: TIME + 1 };
      writer.changes.length = 1;
      await writer.type(store, [['other', -5]]);
      await store.indexed();
      expect([await find(store, 'first'), await find(store, 'other')]).toEqual([[], ['a']]);
      await store.updateDocument('a', { title: 'Renamed' }, TIME);
      expect([await find(store, 'title'), await find(store, 'renamed')]).toEqual([[], ['a']]);
      await restart();
      await current().store.indexed();
      expect(await find(current().store, 'other words')).toEqual(['a']);
      await current().store.updateDocument('a', { trashed: true }, TIME);
      expect(await find(current().store, 'other')).toEqual([]);
      expect(await idsOf(current().store, ANNA.id, { show: 'bin', words: ['other'] })).toEqual(['a']);
      await current().store.deleteDocument('a', {});
      expect(await idsOf(current().store, ANNA.id, { show: 'bin', words: ['other'] })).toEqual([]);
    });

    it('finds words anywhere in a long text, and none that were cut away', async () => {
      const { store } = current();
      const words = Array.from({ length: 20_000 }, (_, index) => `w${index}x`);
      await make(store, 'long', 'Long', words.join(' '));
      await store.indexed();
      for (let index = 0; index < words.length; index += 997) {
        expect(await find(store, words[index]!), words[index]).toEqual(['long']);
      }
      const writer = new Writer('long');
      writer.head = { version: 1, timestamp: TIME + 1 };
      writer.changes.length = 1;
      await writer.type(store, [[1000, -(words.join(' ').length - 1000)]]);
      await store.indexed();
      expect([await find(store, 'w19999x'), await find(store, 'w9x')]).toEqual([[], ['long']]);
    });
  });

  describe('visits', () => {
    it('tell an owner whom they may want to add, by name', async () => {
      const { store } = current();
      for (const id of ['a', 'b', 'of-clara']) await createDocument(store, id, id === 'of-clara' ? CLARA : ANNA);
      const dora = { ...CLARA, id: 'user-dora', name: 'Dóra' };
      const member = { role: 'viewer', addedAt: TIME } as const;
      await store.setMember('b', { ...member, user: BORIS }, { limit: 9 });
      await store.setMember('of-clara', { ...member, user: ANNA }, { limit: 9 });
      const visits = [ANNA, CLARA, dora].map((user, index) => {
        return { documentId: 'a', user, version: 0, seenAt: TIME + index };
      });
      await store.saveVisits([...visits, { ...visits[0]!, documentId: 'nowhere' }]);
      const ask = async (name?: string, ofOthers = true): Promise<unknown[]> => {
        const known = await store.listAcquaintances('a', { userId: ANNA.id, name, limit: 2, ofOthers });
        return known.map(({ user, lastSeenAt }) => [user.name, lastSeenAt]);
      };
      expect(await ask()).toEqual([
        ['Dóra', TIME + 2],
        ['Clara', TIME + 1],
      ]);
      expect(await ask('BOR')).toEqual([[BORIS.name, undefined]]);
      expect(await ask('dora')).toEqual([['Dóra', TIME + 2]]);
      expect(await ask('bor', false)).toEqual([]);
      await store.setMember('a', { ...member, user: dora }, { limit: 9 });
      expect(await ask('dora')).toEqual([]);
      expect(await store.listAcquaintances('nowhere', { userId: ANNA.id, limit: 2, ofOthers: true })).toEqual([]);
    });

    it('leave the name that is known, and make one of whom only the id is known', async () => {
      const { store } = current();
      await createDocument(store, 'a');
      await createDocument(store, 'b', BORIS);
      const visit = { documentId: 'a', user: { ...BORIS, name: 'Before' }, version: 0, seenAt: TIME };
      await store.saveVisits([visit]);
      await store.setWatch('a', visit.user, true, TIME);
      expect((await store.listMembers('b'))[0]!.user).toEqual(BORIS);
      const member = { role: 'viewer', addedAt: TIME } as const;
      await store.setMember('b', { ...member, user: { ...CLARA, name: CLARA.id } }, { limit: 9 });
      await store.saveVisits([{ ...visit, user: CLARA }]);
      expect((await store.listMembers('b'))[1]!.user).toEqual(CLARA);
    });

    it('are forgotten a year later, but for those of members', async () => {
      const { store } = current();
      for (const id of ['a', 'b']) await createDocument(store, id);
      await store.setMember('a', { user: CLARA, role: 'viewer', addedAt: TIME }, { limit: 9 });
      const visit = (documentId: string, user: User, seenAt: number) => ({ documentId, user, version: 0, seenAt });
      await store.saveVisits([visit('a', BORIS, TIME), visit('b', BORIS, TIME), visit('a', CLARA, TIME)]);
      const later = TIME + 31_536_000_000;
      const known = async () =>
        (await store.listAcquaintances('a', { userId: ANNA.id, limit: 9, ofOthers: false })).length;
      await store.saveVisits([visit('a', ANNA, later)]);
      expect(await known()).toBe(1);
      await store.saveVisits([visit('a', ANNA, later + 1)]);
      expect(await known()).toBe(0);
      expect((await only(store, CLARA.id)).openedAt).toBe(TIME);
      expect((await only(store, BORIS.id)).openedAt).toBe(TIME);
    });

    it('know who watches what', async () => {
      const { store, restart } = current();
      await createDocument(store, 'a');
      await store.setWatch('a', BORIS, true, TIME);
      await store.setWatch('a', BORIS, true, TIME);
      await store.setWatch('nowhere', BORIS, true, TIME);
      await store.setWatch('a', CLARA, false, TIME);
      const opened = await restart();
      expect([await opened.isWatched('a', BORIS.id), await opened.isWatched('a', ANNA.id)]).toEqual([true, false]);
      await opened.setWatch('a', BORIS, false, TIME);
      expect(await opened.isWatched('a', BORIS.id)).toBe(false);
    });
  });
}
