import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ListedDocumentBody } from '../../shared/protocol/http.ts';
import { FakeServer } from '../testing/fake-server.ts';
import { listedDocument as body } from '../testing/listed-document.ts';
import { Seen } from '../testing/seen.svelte.ts';
import { DocumentList } from './document-list.svelte.ts';

const LIST = 'GET /api/documents?show=all&sort=edited&limit=100';
const MORE = LIST.replace('100', '200');
const ALL = { show: 'all', sort: 'edited', words: '' } as const;

let server: FakeServer;
let list: DocumentList;

beforeEach(() => {
  server = new FakeServer();
  list = new DocumentList(() => 'me');
});

const ids = (): string => list.documents.map(({ id }) => id).join(' ');

async function show(documents: ListedDocumentBody[], next?: string): Promise<void> {
  const loading = list.show(ALL);
  (await server.next(LIST)).answer({ documents, next });
  await loading;
}

async function refresh(documents: ListedDocumentBody[], next?: string): Promise<void> {
  const loading = list.refresh();
  (await server.next(LIST)).answer({ documents, next });
  await loading;
}

async function loadMore(cursor: string, documents: ListedDocumentBody[], next?: string): Promise<void> {
  const loading = list.loadMore();
  (await server.next(`${MORE}&cursor=${cursor}`)).answer({ documents, next });
  await loading;
}

describe('reading', () => {
  it('components see the first page', async () => {
    const kinds = new Seen(() => list.state.kind);
    const shown = new Seen(() => ids());
    await show([body('b', 2), body('a', 1)], 'p2');
    expect(kinds.values).toEqual(['loading', 'loaded']);
    expect(shown.values).toEqual(['', 'b a']);
    expect(list.hasMore).toBe(true);
  });

  it('further pages stand behind it, until there are no more', async () => {
    await show([body('d', 4), body('c', 3)], 'p2');
    await loadMore('p2', [body('b', 2)], 'p&3');
    expect([ids(), list.hasMore]).toEqual(['d c b', true]);
    await loadMore('p%263', [body('a', 1)]);
    expect([ids(), list.hasMore]).toEqual(['d c b a', false]);
  });

  it('a page is asked for once, however often it is wanted', async () => {
    await show([body('b', 2)], 'p2');
    const both = Promise.all([list.loadMore(), list.loadMore()]);
    (await server.next(`${MORE}&cursor=p2`)).answer({ documents: [body('a', 1)] });
    await both;
    expect([ids(), server.waiting]).toEqual(['b a', []]);
  });

  it('a document that slid onto the next page meanwhile is there once', async () => {
    await show([body('c', 3), body('b', 2)], 'p2');
    await loadMore('p2', [body('b', 2), body('a', 1)]);
    expect(ids()).toBe('c b a');
  });

  it('a failure is told, and may be tried again', async () => {
    const loading = list.show(ALL);
    (await server.next(LIST)).drop();
    await loading;
    const message = 'The server cannot be reached. Check the connection and try again.';
    expect(list.state).toEqual({ kind: 'failed', message });
    await show([body('a', 1)]);
    expect(list.state).toEqual({ kind: 'loaded' });
  });

  it('what is shown already stays if reading it anew fails', async () => {
    await show([body('a', 1)]);
    const loading = list.refresh();
    (await server.next(LIST)).refuse(503, 'unavailable');
    await loading;
    expect([list.state.kind, ids()]).toEqual(['loaded', 'a']);
  });

  it('further pages that fail reject, and may be asked for again', async () => {
    await show([body('b', 2)], 'p2');
    const loading = list.loadMore();
    (await server.next(`${MORE}&cursor=p2`)).refuse(429, 'rate_limited', 'Too fast', 3000);
    await expect(loading).rejects.toMatchObject({ code: 'rate_limited', retryAfter: 3000 });
    await loadMore('p2', [body('a', 1)]);
    expect(ids()).toBe('b a');
  });
});

describe('searching', () => {
  const found = (words: string): string => `${LIST}&q=${words}`;

  it('what is shown stays until the answer is there, and an answer to older words is dropped', async () => {
    await show([body('b', 2), body('a', 1)]);
    const first = list.show({ ...ALL, words: 'pl' });
    const second = list.show({ ...ALL, words: 'plans' });
    const early = await server.next(found('pl'));
    (await server.next(found('plans'))).answer({ documents: [body('a', 1)] });
    await second;
    early.answer({ documents: [body('b', 2), body('a', 1)] });
    await first;
    expect([ids(), list.query.words, list.isAsking]).toEqual(['a', 'plans', false]);
  });

  it('a page that was asked for before other words is dropped', async () => {
    await show([body('b', 2)], 'p2');
    const more = list.loadMore();
    const searching = list.show({ ...ALL, words: 'x' });
    (await server.next(found('x'))).answer({ documents: [body('x', 1)] });
    await searching;
    (await server.next(`${MORE}&cursor=p2`)).answer({ documents: [body('a', 1)] });
    await more;
    expect(ids()).toBe('x');
  });

  it('further pages are asked for although one of the words before is still under way, which says nothing any more', async () => {
    await show([body('b', 2)], 'p2');
    const old = list.loadMore();
    const late = await server.next(`${MORE}&cursor=p2`);
    const searching = list.show({ ...ALL, words: 'x' });
    (await server.next(found('x'))).answer({ documents: [body('y', 2)], next: 'x2' });
    await searching;
    const more = list.loadMore();
    const asked = await server.next(`${found('x').replace('100', '200')}&cursor=x2`);
    late.refuse(503, 'unavailable');
    await old;
    const again = list.loadMore();
    asked.answer({ documents: [body('x', 1)] });
    await Promise.all([more, again]);
    expect([ids(), list.hasMore, server.waiting]).toEqual(['y x', false, []]);
  });

  it.each(['answer', 'refusal'])('a change meanwhile does not end the asking: %s', async (kind) => {
    await show([body('b', 2), body('a', 1)]);
    const searching = list.show({ ...ALL, words: 'x' });
    const early = await server.next(found('x'));
    const renaming = list.rename('a', 'Plans');
    (await server.next('PATCH /api/documents/a')).answer(body('a', 9, { title: 'Plans' }));
    await renaming;
    if (kind === 'answer') {
      early.answer({ documents: [body('x', 1)] });
      (await server.next(found('x'))).answer({ documents: [body('a', 9), body('x', 1)] });
      await searching;
      expect([ids(), list.query.words, list.state.kind]).toEqual(['a x', 'x', 'loaded']);
    } else {
      early.refuse(503, 'unavailable');
      await searching;
      expect(list.state.kind).toBe('failed');
    }
    expect([list.isAsking, server.waiting]).toEqual([false, []]);
  });

  it('a copy meanwhile does not, either, and is among what is read', async () => {
    await show([body('b', 2)]);
    const searching = list.show({ ...ALL, words: 'b' });
    const early = await server.next(found('b'));
    const copying = list.copy('b', 'b (copy)');
    (await server.next('POST /api/documents/b/copy')).answer(body('n', 9));
    await copying;
    early.answer({ documents: [body('b', 2)] });
    (await server.next(found('b'))).answer({ documents: [body('n', 9), body('b', 2)] });
    await searching;
    expect([ids(), list.isAsking]).toEqual(['n b', false]);
  });

  it('a failure leaves nothing of the words before', async () => {
    await show([body('b', 2)]);
    const searching = list.show({ ...ALL, words: 'x' });
    (await server.next(found('x'))).refuse(503, 'unavailable');
    await searching;
    expect([list.state.kind, ids()]).toEqual(['failed', '']);
  });
});

describe('reading the first page anew', () => {
  beforeEach(async () => {
    await show([body('d', 4), body('c', 3)], 'p2');
    await loadMore('p2', [body('b', 2), body('a', 1)], 'p3');
  });

  it('keeps what further pages had brought, and where they go on', async () => {
    await refresh([body('e', 5), body('d', 4)], 'q2');
    expect([ids(), list.hasMore]).toEqual(['e d c b a', true]);
    await loadMore('p3', []);
    expect(list.hasMore).toBe(false);
  });
});

it('a page that was under way when the list was read anew, and goes on elsewhere, is asked for there', async () => {
  await show([body('b', 2)], 'p2');
  const more = list.loadMore();
  const early = await server.next(`${MORE}&cursor=p2`);
  await refresh([body('c', 3), body('b', 2)], 'q2');
  early.answer({ documents: [body('a', 1)] });
  (await server.next(`${MORE}&cursor=q2`)).answer({ documents: [body('a', 1)] });
  await more;
  expect([ids(), list.hasMore]).toEqual(['c b a', false]);
});

describe('while somebody reads the list', () => {
  const joon = { id: 'joon', name: 'Joon', color: '#2e67c6' };

  beforeEach(async () => {
    await show([body('c', 3), body('b', 2), body('a', 1)]);
    list.hold(true);
  });

  it('nothing moves: what is new or moved up waits, and is counted', async () => {
    await refresh([body('d', 5), body('a', 4), body('c', 3), body('b', 2)]);
    expect([ids(), list.news]).toEqual(['c b a', 2]);
    list.showNews();
    expect([ids(), list.news]).toEqual(['d a c b', 0]);
  });

  it('who is in there is shown in its place', async () => {
    await refresh([body('c', 3), body('b', 2, { present: [joon], presentCount: 1 }), body('a', 1)]);
    expect(list.documents.map(({ presentCount }) => presentCount)).toEqual([0, 1, 0]);
    expect([ids(), list.news, [...list.here]]).toEqual(['c b a', 0, []]);
    list.hold(false);
    await refresh([body('c', 3), body('b', 2, { present: [joon], presentCount: 1 }), body('a', 1)]);
    expect([...list.here]).toEqual(['b']);
  });

  it('what is deleted here goes, also from what waits', async () => {
    await refresh([body('d', 5), body('c', 3), body('b', 2), body('a', 1)]);
    const trashing = list.trash('b');
    (await server.next('DELETE /api/documents/b')).answer();
    await trashing;
    expect(ids()).toBe('c a');
    list.showNews();
    expect(ids()).toBe('d c a');
  });

  it('a copy that one made is shown at once', async () => {
    const copying = list.copy('b', 'b (copy)');
    const asked = await server.next('POST /api/documents/b/copy');
    expect(asked.body).toEqual({ title: 'b (copy)' });
    asked.answer(body('n', 9));
    (await server.next(LIST)).answer({ documents: [body('n', 9), body('c', 3), body('b', 2), body('a', 1)] });
    expect((await copying).id).toBe('n');
    expect(ids()).toBe('n c b a');
  });
});

it('oneself in another tab is nobody who is there', async () => {
  const me = { id: 'me', name: 'Mina', color: '#2e67c6' };
  await show([body('a', 1, { present: [me], presentCount: 1 })]);
  expect([...list.here]).toEqual([]);
});

describe('changing', () => {
  beforeEach(() => show([body('b', 2), body('a', 1)]));

  it('a new title is shown in its place once the server has it', async () => {
    const done = list.rename('a', 'Plans', { isLast: true });
    const asked = await server.next('PATCH /api/documents/a');
    expect([asked.body, list.documents[1]?.title]).toEqual([{ title: 'Plans' }, 'a']);
    asked.answer(body('a', 9, { title: 'Plans' }));
    await done;
    expect(list.documents.map(({ title }) => title)).toEqual(['b', 'Plans']);
  });

  it('what was refused changes nothing', async () => {
    const done = list.rename('a', 'Plans');
    (await server.next('PATCH /api/documents/a')).refuse(403, 'forbidden');
    await expect(done).rejects.toMatchObject({ code: 'forbidden' });
    const trashing = list.trash('a');
    (await server.next('DELETE /api/documents/a')).refuse(403, 'forbidden');
    await expect(trashing).rejects.toMatchObject({ code: 'forbidden' });
    expect([ids(), list.documents[1]?.title]).toEqual(['b a', 'a']);
  });

  it('what is deleted goes, and comes back in its place', async () => {
    const trashing = list.trash('b');
    (await server.next('DELETE /api/documents/b')).answer();
    await trashing;
    expect(ids()).toBe('a');
    const restoring = list.restore('b');
    const asked = await server.next('PATCH /api/documents/b');
    expect(asked.body).toEqual({ trashed: false });
    asked.answer(body('b', 2));
    await restoring;
    expect(ids()).toBe('b a');
  });

  it('what is watched says so', async () => {
    const watching = list.watchDocument('a', true);
    (await server.next('PUT /api/documents/a/watch')).answer();
    await watching;
    const leaving = list.watchDocument('b', false);
    (await server.next('DELETE /api/documents/b/watch')).answer();
    await leaving;
    expect(list.documents.map(({ isWatched }) => isWatched)).toEqual([false, true]);
  });

  it('a list that was asked for before a change is asked for again', async () => {
    const loading = list.refresh();
    const early = await server.next(LIST);
    const trashing = list.trash('b');
    (await server.next('DELETE /api/documents/b')).answer();
    await trashing;
    early.answer({ documents: [body('b', 2), body('a', 1)] });
    (await server.next(LIST)).answer({ documents: [body('a', 1)] });
    await loading;
    expect(ids()).toBe('a');
  });
});

it('what is taken out of the bin goes from its list', async () => {
  const bin = 'GET /api/documents?show=bin&sort=edited&limit=100';
  const loading = list.show({ ...ALL, show: 'bin' });
  (await server.next(bin)).answer({ documents: [body('b', 2), body('a', 1)] });
  await loading;
  const restoring = list.restore('b');
  (await server.next('PATCH /api/documents/b')).answer(body('b', 2));
  await restoring;
  expect([ids(), server.waiting]).toEqual(['a', []]);
});

describe('while the page is open', () => {
  let page: EventTarget & { visibilityState: string };

  beforeEach(() => {
    vi.useFakeTimers();
    page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
    vi.stubGlobal('document', page);
  });
  afterEach(() => vi.useRealTimers());

  it('it is read every 15 seconds, and when it is shown again; never while it is hidden, nor after the end', async () => {
    await show([]);
    const end = list.watch();
    vi.advanceTimersByTime(15_000);
    (await server.next(LIST)).answer({ documents: [body('a', 1)] });
    await vi.waitFor(() => expect(ids()).toBe('a'));
    page.visibilityState = 'hidden';
    page.dispatchEvent(new Event('visibilitychange'));
    vi.advanceTimersByTime(60_000);
    expect(server.waiting).toEqual([]);
    page.visibilityState = 'visible';
    page.dispatchEvent(new Event('visibilitychange'));
    expect(server.waiting).toEqual([LIST]);
    end();
    page.dispatchEvent(new Event('visibilitychange'));
    vi.advanceTimersByTime(60_000);
    expect(server.waiting).toEqual([LIST]);
  });
});
