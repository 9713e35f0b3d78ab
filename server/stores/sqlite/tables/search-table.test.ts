import { expect, it } from 'vitest';
import { ANNA, createDocument, TIME, Writer } from '../../testing/runs.ts';
import { openStore } from '../../testing/stores.ts';

it('finds a short word wherever it is, and shows it where that is soon read', async () => {
  const store = await openStore();
  await createDocument(store, 'far');
  await new Writer('far').type(store, [[`${'x'.repeat(150_000)} 점심 회의에서`]]);
  await createDocument(store, 'near');
  await new Writer('near').type(store, [[`${'x'.repeat(100_000)} 점심 회의에서`]]);
  await store.indexed();
  const matches = async (word: string): Promise<unknown> => {
    const { documents } = await store.listDocuments(ANNA.id, { show: 'all', now: TIME, limit: 9, words: [word] });
    return Object.fromEntries(documents.map(({ document, match }) => [document.id, match?.in]));
  };
  expect(await matches('점심')).toEqual({ far: undefined, near: 'text' });
  expect(await matches('회의에서')).toEqual({ far: 'text', near: 'text' });
});
