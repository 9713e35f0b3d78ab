import { describe, expect, it } from 'vitest';
import type { DocumentRecord } from './document-catalogue.ts';
import { ANNA, BORIS, createDocument, START, TIME, Writer, type StoreUnderTest } from './testing/runs.ts';

/** What every catalogue of documents must do. Part of the contract of a store. */
export function describeDocumentCatalogue(current: () => StoreUnderTest): void {
  describe('the catalogue', () => {
    const created = { id: 'a', title: 'Überschrift 📝', linkAccess: 'view', createdAt: TIME } as const;
    const record: DocumentRecord = { ...created, updatedAt: TIME, version: 0 };

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

    it('puts documents into the trash and takes them out, with their text', async () => {
      const { store } = current();
      await store.createDocument(created, ANNA);
      await new Writer('a').type(store, [['kept']], TIME);
      const trashed = await store.updateDocument('a', { trashed: true }, TIME + 5);
      expect(trashed).toEqual({ ...record, version: 1, updatedAt: TIME + 5, trashedAt: TIME + 5 });
      expect((await store.updateDocument('a', { trashed: true }, TIME + 6))!.trashedAt).toBe(TIME + 5);
      expect((await store.listDocuments(ANNA.id, { trash: false, limit: 10 })).documents).toEqual([]);
      expect((await store.listDocuments(ANNA.id, { trash: true, limit: 10 })).documents).toHaveLength(1);
      const restored = await store.updateDocument('a', { trashed: false }, TIME + 7);
      expect(restored).toEqual({ ...record, version: 1, updatedAt: TIME + 7 });
      expect((await store.load('a'))!.changes).toHaveLength(1);
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
        const page = await store.listDocuments(ANNA.id, { trash: false, limit: 5, cursor });
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
      expect(await store.listDocuments('user-nobody', { trash: false, limit: 5 })).toEqual({ documents: [] });
      const options = { trash: false, limit: 5, cursor: "' OR 1=1" };
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
