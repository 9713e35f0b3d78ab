import { expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../../../testing/temporary-folder.ts';
import { MIGRATIONS } from '../database/migrate.ts';
import { StoreService } from './store-service.ts';

const ANNA = { id: 'user-anna', name: 'Anna', color: '#aa3344' };
const TIME = 1_700_000_000_000;

/** Two connections on one folder, with documents of Anna's. */
function twoServices(...ids: readonly string[]): { writer: StoreService['calls']; reader: StoreService['calls'] } {
  const place = { folder: temporaryFolder(), migrations: MIGRATIONS };
  const [writer, reader] = [0, 1].map(() => {
    const { calls } = new StoreService({ place, fault: undefined, report: () => undefined });
    onTestFinished(() => calls.close());
    return calls;
  }) as [StoreService['calls'], StoreService['calls']];
  writer.open();
  for (const id of ids) writer.createDocument({ id, title: id, linkAccess: 'edit', createdAt: TIME }, ANNA, undefined);
  return { writer, reader };
}

/** No words, which call `between` when they are counted for the first document, after the list itself was read. */
function wordsThatCall(between: () => void): readonly string[] {
  let reads = 0;
  return new Proxy<string[]>([], {
    get(words, property) {
      if (property === 'length' && (reads += 1) === 2) between();
      return Reflect.get(words, property) as unknown;
    },
  });
}

it.each(['thrown away', 'deleted for good'])('lists documents of one moment, though one is %s meanwhile', (fate) => {
  const { writer, reader } = twoServices('a', 'b');
  let isChanged = false;
  const words = wordsThatCall(() => {
    isChanged = true;
    for (const id of ['a', 'b']) {
      writer.updateDocument(id, { trashed: true }, TIME);
      if (fate === 'deleted for good') writer.deleteDocument(id, { owner: ANNA.id });
    }
  });
  const { documents } = reader.listDocuments(ANNA.id, { show: 'mine', now: TIME, limit: 9, words });
  expect(isChanged).toBe(true);
  expect(documents.map(({ document, access }) => [document.id, document.trashedAt, access.member])).toEqual([
    ['b', undefined, 'owner'],
    ['a', undefined, 'owner'],
  ]);
  expect(reader.listDocuments(ANNA.id, { show: 'mine', now: TIME, limit: 9 }).documents).toEqual([]);
});

it('takes no new document for a deleted one that had its key', () => {
  const { writer, reader } = twoServices('old');
  const visit = (documentId: string) => ({ documentId, user: { ...ANNA, id: 'user-ben' }, version: 0, seenAt: TIME });
  const ask = { userId: ANNA.id, limit: 9, ofOthers: false };
  writer.saveVisits([visit('old')]);
  expect(reader.listAcquaintances('old', ask)).toHaveLength(1);
  writer.updateDocument('old', { trashed: true }, TIME);
  writer.deleteDocument('old', { owner: ANNA.id });
  writer.createDocument({ id: 'new', title: 'new', linkAccess: 'edit', createdAt: TIME }, ANNA, undefined);
  writer.saveVisits([visit('new')]);
  expect(reader.listAcquaintances('old', ask)).toEqual([]);
  expect(reader.listAcquaintances('new', ask)).toHaveLength(1);
});
