import { describe, expect, it } from 'vitest';
import type { DocumentRecord } from './document-catalogue.ts';
import type { ListQuery } from './document-lists.ts';
import { ANNA, BORIS, createDocument, START, TIME, Writer, type StoreUnderTest } from './testing/runs.ts';

/** What every catalogue of documents must do. Part of the contract of a store. */
export function describeDocumentCatalogue(current: () => StoreUnderTest): void {
  describe('the catalogue', () => {
    const created = { id: 'a', title: 'Überschrift 📝', linkAccess: 'view', createdAt: TIME } as const;
    const record: DocumentRecord = { ...created, isNamed: true, updatedAt: TIME, version: 0, embedOrigins: null };

    it('creates and finds documents, also after a restart', async () => {
      const { store, restart } = current();
      expect(await store.createDocument(created, ANNA)).toEqual(record);
      expect(await store.findDocument('a')).toEqual(record);
      expect(await store.findDocument('b')).toBeUndefined();
      expect(await (await restart()).findDocument('a')).toEqual(record);
    });

    it('creates a document with its first change, both or nothing', async () => {
      const { store } = current();
      const [change] = new Writer('a').run([['imported']]).changes;
      await expect(store.createDocument(created, ANNA, { ...change!, version: 2 })).rejects.toThrow();
      await expect(store.createDocument(created, ANNA, { ...change!, userId: BORIS.id })).rejects.toThrow();
      expect(await store.findDocument('a')).toBeUndefined();
      const made = await store.createDocument(created, ANNA, change);
      expect(made).toEqual({ ...record, version: 1, updatedAt: change!.timestamp });
      expect(await store.changesAfter('a', 0, 10)).toEqual([change]);
      expect(await store.client('a', change!.clientId)).toEqual({ userId: ANNA.id, seq: 1, version: 1 });
    });

    it('never gives one id to two documents', async () => {
      const { store } = current();
      await store.createDocument(created, ANNA);
      await expect(store.createDocument({ ...created, title: 'Other' }, BORIS)).rejects.toThrow();
      expect(await store.findDocument('a')).toEqual(record);
    });

    it('shows the newest version and when it came', async () => {
      const { store } = current();
      await store.createDocument(created, ANNA);
      const writer = new Writer('a', BORIS);
      await writer.type(store, [['a'], ['b']], TIME + 50);
      await writer.type(store, [['c']], TIME + 70);
      expect(await store.findDocument('a')).toEqual({ ...record, version: 3, updatedAt: TIME + 70 });
    });

    it('changes what is given and nothing else', async () => {
      const { store, restart } = current();
      await store.createDocument(created, ANNA);
      expect(await store.updateDocument('b', { title: 'x' }, TIME + 1)).toBeUndefined();
      const renamed = { ...record, title: 'New', updatedAt: TIME + 1 };
      expect(await store.updateDocument('a', { title: 'New' }, TIME + 1)).toEqual(renamed);
      const opened = { ...renamed, linkAccess: 'edit', updatedAt: TIME + 2 };
      expect(await store.updateDocument('a', { linkAccess: 'edit' }, TIME + 2)).toEqual(opened);
      expect(await (await restart()).findDocument('a')).toEqual(opened);
    });

    it('keeps whose pages may embed a document: all, none, or those of a list', async () => {
      const { store, restart } = current();
      await store.createDocument(created, ANNA);
      const embedOrigins = ['https://app.example', 'http://localhost:8080'];
      expect(await store.updateDocument('a', { embedOrigins }, TIME)).toEqual({ ...record, embedOrigins });
      expect(await store.updateDocument('a', { linkAccess: 'view' }, TIME)).toEqual({ ...record, embedOrigins });
      expect(await (await restart()).findDocument('a')).toEqual({ ...record, embedOrigins });
      const changed = current().store;
      expect(await changed.updateDocument('a', { embedOrigins: [] }, TIME)).toEqual({ ...record, embedOrigins: [] });
      expect(await changed.updateDocument('a', { embedOrigins: null }, TIME)).toEqual(record);
    });

    it('puts documents into the trash and takes them out, with their text', async () => {
      const { store } = current();
      await store.createDocument(created, ANNA);
      await new Writer('a').type(store, [['kept']], TIME);
      const trashed = await store.updateDocument('a', { trashed: true }, TIME + 5);
      expect(trashed).toEqual({ ...record, version: 1, updatedAt: TIME + 5, trashedAt: TIME + 5 });
      expect((await store.updateDocument('a', { trashed: true }, TIME + 6))!.trashedAt).toBe(TIME + 5);
      expect((await store.listDocuments(ANNA.id, { show: 'member', now: TIME, limit: 10 })).documents).toEqual([]);
      expect((await store.listDocuments(ANNA.id, { show: 'bin', now: TIME, limit: 10 })).documents).toHaveLength(1);
      const restored = await store.updateDocument('a', { trashed: false }, TIME + 7);
      expect(restored).toEqual({ ...record, version: 1, updatedAt: TIME + 7 });
      expect((await store.load('a'))!.changes).toHaveLength(1);
    });

    it('deletes a document for good, only from the trash, and everything of it', async () => {
      const { store, restart } = current();
      await store.createDocument(created, ANNA);
      await createDocument(store, 'other');
      const writer = new Writer('a');
      await writer.type(store, [['gone']], TIME);
      await store.saveSnapshot('a', { ...writer.head, text: 'gone' });
      const link = { id: 'link', role: 'viewer', createdAt: TIME } as const;
      await store.addLink('a', link, { limit: 9 });
      await store.redeemLink('a', 'link', BORIS, TIME);
      await store.saveVisits([{ documentId: 'a', user: BORIS, version: 1, seenAt: TIME }]);
      await store.setWatch('a', BORIS, true, TIME);
      await store.indexed();
      expect(await store.deleteDocument('a', {})).toBe(false);
      await store.updateDocument('a', { trashed: true }, TIME + 5);
      expect(await store.deleteDocument('a', { owner: BORIS.id })).toBe(false);
      expect(await store.deleteDocument('a', { owner: ANNA.id })).toBe(true);
      expect(await store.deleteDocument('a', {})).toBe(false);
      for (const open of [() => Promise.resolve(store), restart]) {
        const opened = await open();
        expect(await opened.findDocument('a')).toBeUndefined();
        expect(await opened.load('a')).toBeUndefined();
        expect(await opened.append(new Writer('a').run([['x']]))).toBe(false);
        const bin = await opened.listDocuments(ANNA.id, { show: 'bin', now: TIME, limit: 9 });
        expect(bin.documents).toEqual([]);
      }
    });

    it('makes a new document under the id of one that was deleted, with nothing of it', async () => {
      const { store } = current();
      await store.createDocument(created, ANNA);
      await new Writer('a').type(store, [['old']], TIME);
      await store.indexed();
      await store.updateDocument('a', { trashed: true }, TIME + 5);
      await store.deleteDocument('a', {});
      expect(await store.createDocument(created, BORIS)).toEqual(record);
      await new Writer('a', BORIS).type(store, [['new']], TIME);
      await store.indexed();
      const ofBoris = (words: string[]) => store.listDocuments(BORIS.id, { show: 'all', now: TIME, limit: 9, words });
      expect((await ofBoris(['old'])).documents).toEqual([]);
      expect((await ofBoris(['new'])).documents).toHaveLength(1);
    });

    it('calls a document that nobody named by what its text begins with', async () => {
      const { store, restart } = current();
      const unnamed = { ...created, title: 'Untitled', isNamed: false };
      const [change] = new Writer('a').run([['# Plans\nfor May']]).changes;
      expect(await store.createDocument(unnamed, ANNA, change)).toMatchObject({ title: 'Plans', isNamed: false });
      const empty = { ...unnamed, id: 'b' };
      expect(await store.createDocument(empty, ANNA)).toMatchObject({ title: 'Untitled', isNamed: false });
      await new Writer('b').type(store, [['Shopping\n- milk']], TIME);
      await store.indexed();
      expect(await store.findDocument('b')).toMatchObject({ title: 'Shopping', isNamed: false });
      const named = await store.updateDocument('b', { title: 'Food' }, TIME + 1);
      expect(named).toMatchObject({ title: 'Food', isNamed: true });
      expect(await (await restart()).findDocument('b')).toEqual(named);
    });

    it('lists documents of a member by their last change, newest first, in pages', async () => {
      const { store } = current();
      const ids = Array.from({ length: 23 }, (_, index) => `document-${String(index).padStart(2, '0')}`);
      for (const id of ids) await createDocument(store, id);
      await createDocument(store, 'of-boris', BORIS);
      await new Writer('document-05').type(store, [['typed']], TIME + 100);
      await store.updateDocument('document-11', { title: 'Renamed' }, TIME + 200);
      await new Writer('document-17', BORIS).type(store, [['typed by a guest']], TIME + 300);
      const listed: DocumentRecord[] = [];
      let cursor: string | undefined;
      let pages = 0;
      do {
        const page = await store.listDocuments(ANNA.id, { show: 'member', now: TIME, limit: 5, cursor });
        listed.push(...page.documents.map(({ document }) => document));
        cursor = page.next;
        pages += 1;
      } while (cursor !== undefined);
      expect(pages).toBe(5);
      expect(listed.slice(0, 3).map(({ id }) => id)).toEqual(['document-17', 'document-11', 'document-05']);
      expect(new Set(listed.map(({ id }) => id))).toEqual(new Set(ids));
      expect(listed).toHaveLength(ids.length);
      for (const one of listed) expect(await store.findDocument(one.id)).toEqual(one);
    });

    it('lists nothing for a stranger, and nothing after a cursor that no page has named', async () => {
      const { store } = current();
      await store.createDocument(created, ANNA);
      expect(await store.listDocuments('user-nobody', { show: 'member', now: TIME, limit: 5 })).toEqual({
        documents: [],
      });
      const options: ListQuery = { show: 'member', now: TIME, limit: 5, cursor: "' OR 1=1" };
      expect(await store.listDocuments(ANNA.id, options)).toEqual({ documents: [] });
    });

    it('knows users by the name they gave last', async () => {
      const { store } = current();
      await store.createDocument(created, ANNA);
      const writer = new Writer('a', { ...ANNA, name: 'Änne' });
      await writer.type(store, [['a']]);
      expect(await store.listMembers('a')).toMatchObject([{ user: { ...ANNA, name: 'Änne' } }]);
      expect((await store.changesAfter('a', 0, 1))[0]!.userId).toBe(ANNA.id);
      expect(await store.head('a')).not.toEqual(START);
    });
  });
}
