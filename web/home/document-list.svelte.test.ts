import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DocumentBody } from '../../shared/protocol/http.ts';
import { FakeServer } from '../testing/fake-server.ts';
import { Seen } from '../testing/seen.svelte.ts';
import { DocumentList } from './document-list.svelte.ts';

const LIST = 'GET /api/documents';

/** A document that was changed last at `updatedAt`. */
const body = (id: string, updatedAt: number, title = id): DocumentBody => ({
  ...{ id, title, isNamed: true, isWatched: false, version: 1, role: 'owner', linkAccess: 'none' },
  ...{ createdAt: 0, updatedAt, present: [], presentCount: 0 },
});

let server: FakeServer;
let list: DocumentList;

beforeEach(() => {
  server = new FakeServer();
  list = new DocumentList();
});

const ids = (): string => list.documents.map(({ id }) => id).join(' ');

async function load(documents: DocumentBody[], next?: string): Promise<void> {
  const loading = list.load();
  (await server.next(LIST)).answer({ documents, next });
  await loading;
}

async function loadMore(cursor: string, documents: DocumentBody[], next?: string): Promise<void> {
  const loading = list.loadMore();
  (await server.next(`${LIST}?cursor=${cursor}`)).answer({ documents, next });
  await loading;
}

describe('reading', () => {
  it('components see the first page', async () => {
    const kinds = new Seen(() => list.state.kind);
    const shown = new Seen(() => ids());
    await load([body('b', 2), body('a', 1)], 'p2');
    expect(kinds.values).toEqual(['loading', 'loaded']);
    expect(shown.values).toEqual(['', 'b a']);
    expect(list.hasMore).toBe(true);
  });

  it('further pages stand behind it, until there are no more', async () => {
    await load([body('d', 4), body('c', 3)], 'p2');
    await loadMore('p2', [body('b', 2)], 'p&3');
    expect([ids(), list.hasMore]).toEqual(['d c b', true]);
    await loadMore('p%263', [body('a', 1)]);
    expect([ids(), list.hasMore]).toEqual(['d c b a', false]);
  });

  it('a document that slid onto the next page meanwhile is there once', async () => {
    await load([body('c', 3), body('b', 2)], 'p2');
    await loadMore('p2', [body('b', 2), body('a', 1)]);
    expect(ids()).toBe('c b a');
  });

  it('a failure is told, and may be tried again', async () => {
    const loading = list.load();
    (await server.next(LIST)).drop();
    await loading;
    const message = 'The server cannot be reached. Check the connection and try again.';
    expect(list.state).toEqual({ kind: 'failed', message });
    await load([body('a', 1)]);
    expect(list.state).toEqual({ kind: 'loaded' });
  });

  it('what is shown already stays if reading it anew fails', async () => {
    await load([body('a', 1)]);
    const loading = list.load();
    (await server.next(LIST)).refuse(503, 'unavailable');
    await loading;
    expect([list.state.kind, ids()]).toEqual(['loaded', 'a']);
  });

  it('further pages that fail reject, and may be asked for again', async () => {
    await load([body('b', 2)], 'p2');
    const loading = list.loadMore();
    (await server.next(`${LIST}?cursor=p2`)).refuse(429, 'rate_limited', 'Too fast', 3000);
    await expect(loading).rejects.toMatchObject({ code: 'rate_limited', retryAfter: 3000 });
    await loadMore('p2', [body('a', 1)]);
    expect(ids()).toBe('b a');
  });
});

describe('reading the first page anew', () => {
  beforeEach(async () => {
    await load([body('d', 4), body('c', 3)], 'p2');
    await loadMore('p2', [body('b', 2), body('a', 1)], 'p3');
  });

  it('keeps what further pages had brought, and where they go on', async () => {
    await load([body('e', 5), body('d', 4)], 'q2');
    expect([ids(), list.hasMore]).toEqual(['e d c b a', true]);
    await loadMore('p3', []);
    expect(list.hasMore).toBe(false);
  });

  it('a document that moved up is there once', async () => {
    await load([body('a', 6), body('d', 4)], 'q2');
    expect(ids()).toBe('a d c b');
  });

  it('one that is gone from the first page is gone', async () => {
    await load([body('d', 4), body('b', 2)], 'q2');
    expect(ids()).toBe('d b a');
  });
});

describe('changing', () => {
  beforeEach(() => load([body('b', 2), body('a', 1)]));

  it('a new title is shown in its place once the server has it', async () => {
    const done = list.rename('a', 'Plans', { isLast: true });
    const asked = await server.next('PATCH /api/documents/a');
    expect([asked.body, list.documents[1]?.title]).toEqual([{ title: 'Plans' }, 'a']);
    asked.answer(body('a', 9, 'Plans'));
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
    (await server.next(LIST)).answer({ documents: [body('b', 2), body('a', 1)] });
    await restoring;
    expect(ids()).toBe('b a');
  });

  it('a list that was asked for before a change is asked for again', async () => {
    const loading = list.load();
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

describe('while the page is open', () => {
  let page: EventTarget & { visibilityState: string };

  beforeEach(() => {
    vi.useFakeTimers();
    page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
    vi.stubGlobal('document', page);
  });
  afterEach(() => vi.useRealTimers());

  it('it is read every 15 seconds, and when it is shown again; never while it is hidden, nor after the end', async () => {
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
