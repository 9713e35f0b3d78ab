import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppKit, type Caller } from '../testing/app-kit.ts';

let kit: AppKit;
let owner: Caller;
let stranger: Caller;
let nobody: Caller;
beforeAll(async () => {
  kit = await AppKit.open({ settings: { WEFT_MAX_DOCUMENT_LENGTH: '1000' } });
  owner = await kit.guest();
  stranger = await kit.guest();
  nobody = kit.caller();
});
afterAll(() => kit.close());

describe('POST /api/documents', () => {
  it('H2 makes a document, with its content as version 1', async () => {
    const body = { title: '  Minutes ', content: 'one\r\ntwo\rthree', linkAccess: 'view' };
    const response = await owner.send('POST', '/api/documents', { body });
    const now = kit.clock.now();
    expect(response.statusCode).toBe(201);
    const { id, ...document } = response.json();
    expect(id).toMatch(/^[\w-]{16}$/);
    expect(response.headers.location).toBe(`/api/documents/${id}`);
    expect(document).toEqual({
      title: 'Minutes',
      isNamed: true,
      isWatched: false,
      version: 1,
      role: 'owner',
      linkAccess: 'view',
      createdAt: now,
      updatedAt: now,
      present: [],
      presentCount: 0,
    });
    expect((await owner.get(`/api/documents/${id}/content`)).body).toBe('one\ntwo\nthree');
  });

  it('H2 makes an empty document of version 0 that whoever has the link may edit, from no body at all', async () => {
    const response = await owner.send('POST', '/api/documents');
    expect(response.statusCode).toBe(201);
    expect(response.json()).toMatchObject({ title: 'Untitled', version: 0, linkAccess: 'edit' });
  });

  it('H2 makes a caller without a cookie a guest, who owns the document', async () => {
    const visitor = kit.caller();
    const id = await visitor.makeDocument();
    expect(visitor.cookie).toBeDefined();
    expect((await visitor.get(`/api/documents/${id}`)).json().role).toBe('owner');
  });

  it.each([
    [{ content: 'a\0b' }, 400, 'bad_text'],
    [{ content: 'half \ud800 a pair' }, 400, 'bad_text'],
    [{ content: 'x'.repeat(1001) }, 413, 'document_too_large'],
    [{ content: 7 }, 400, 'bad_message'],
    [{ title: '' }, 400, 'bad_message'],
    [{ title: 'x'.repeat(201) }, 400, 'bad_message'],
    [{ title: 'two\nlines' }, 400, 'bad_message'],
    [{ linkAccess: 'all' }, 400, 'bad_message'],
    [[], 400, 'bad_message'],
  ])('refuses %.60j whole', async (body, status, code) => {
    const visitor = kit.caller();
    const response = await visitor.send('POST', '/api/documents', { body });
    expect([response.statusCode, response.json().error.code]).toEqual([status, code]);
    expect(visitor.cookie).toBeUndefined();
  });

  it.each([
    ['Latin-1', Buffer.from('{"content": "Straße Müller"}', 'latin1'), 'application/json', 400, 'bad_text'],
    [
      'Latin-1 that says so',
      Buffer.from('{"content": "Straße"}', 'latin1'),
      'application/json; charset=iso-8859-1',
      415,
      'bad_message',
    ],
    ['UTF-16', Buffer.from('\ufeff{"content": "Straße"}', 'utf16le'), 'application/json', 400, 'bad_text'],
  ])('T1 refuses JSON in %s in words, and damages nothing (FH10)', async (_, body, type, status, code) => {
    const response = await owner.send('POST', '/api/documents', { body, headers: { 'content-type': type } });
    expect([response.statusCode, response.json().error.code]).toEqual([status, code]);
    expect(response.json().error.message).toContain('UTF-8');
  });

  it('takes JSON with a byte order mark', async () => {
    const body = '\ufeff{"content": "Straße"}';
    const headers = { 'content-type': 'application/json; charset=UTF-8' };
    const response = await owner.send('POST', '/api/documents', { body, headers });
    const { id } = response.json<{ id: string }>();
    expect((await owner.get(`/api/documents/${id}/content`)).body).toBe('Straße');
  });

  it('takes content of the greatest length, counted after line breaks became LF', async () => {
    await expect(owner.makeDocument({ content: '\r\n'.repeat(1000) })).resolves.toMatch(/./);
  });

  it('refuses a body that is larger than any content could be', async () => {
    const response = await owner.send('POST', '/api/documents', { body: { content: 'x'.repeat(80_000) } });
    expect([response.statusCode, response.json().error.code]).toEqual([413, 'document_too_large']);
  });
});

describe('GET /api/documents', () => {
  it('H3 lists mine, the last changed first, page by page', async () => {
    const author = await kit.guest();
    const ids = [];
    for (let index = 0; index < 5; index += 1) {
      kit.clock.advance(1000);
      ids.unshift(await author.makeDocument({ title: `Document ${index}` }));
    }
    const pages = [];
    let next: string | undefined = '';
    while (next !== undefined) {
      const response = await author.get(
        `/api/documents?limit=2${next === '' ? '' : `&cursor=${encodeURIComponent(next)}`}`,
      );
      const page = response.json();
      pages.push(page.documents.map(({ id }: { id: string }) => id));
      next = page.next;
    }
    expect(pages.flat()).toEqual(ids);
    expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
  });

  it('H3 names the owners of one document to whoever may see it', async () => {
    const id = await owner.makeDocument({ linkAccess: 'view' });
    const { user } = (await owner.get('/api/session')).json();
    const { owners } = (await stranger.get(`/api/documents/${id}`)).json();
    expect(owners).toEqual([user]);
  });

  it('H3 lists nothing for somebody without a session', async () => {
    expect((await nobody.get('/api/documents')).json()).toEqual({ documents: [] });
  });

  it.each([
    'limit=0',
    'limit=201',
    'limit=1.5',
    'limit=many',
    'limit=1e309',
    'trash=maybe',
    `cursor=${'x'.repeat(2001)}`,
  ])('refuses ?%s', async (query) => {
    const response = await owner.get(`/api/documents?${query}`);
    expect([response.statusCode, response.json().error.code]).toEqual([400, 'bad_message']);
  });

  it('has no page at a cursor that it never gave', async () => {
    const author = await kit.guest();
    await author.makeDocument();
    expect((await author.get('/api/documents?cursor=nonsense')).json()).toEqual({ documents: [] });
  });
});

describe('a document by its id', () => {
  it.each([
    ['none', 404, 404, undefined],
    ['view', 200, 403, 'viewer'],
    ['comment', 200, 403, 'commenter'],
    ['edit', 200, 200, 'editor'],
  ] as const)(
    'H4 with link access %s answers a stranger %i to reading and %i to renaming',
    async (linkAccess, read, rename, role) => {
      const url = `/api/documents/${await owner.makeDocument({ linkAccess })}`;
      for (const caller of [stranger, nobody]) {
        const seen = await caller.get(url);
        expect([seen.statusCode, seen.json().role]).toEqual([read, role]);
        expect((await caller.send('PATCH', url, { body: { title: 'Theirs' } })).statusCode).toBe(rename);
        const share = await caller.send('PATCH', url, { body: { linkAccess: 'edit' } });
        const remove = await caller.send('DELETE', url);
        const refused = read === 404 ? [404, 'not_found'] : [403, 'forbidden'];
        expect([share.statusCode, share.json().error.code]).toEqual(refused);
        expect([remove.statusCode, remove.json().error.code]).toEqual(refused);
      }
      const { title, linkAccess: kept } = (await owner.get(url)).json();
      expect([title, kept]).toEqual([rename === 200 ? 'Theirs' : 'Untitled', linkAccess]);
    },
  );

  it.each(['nowhere', '__proto__', 'constructor', 'x'.repeat(65), '%00', 'a%2Fb', '%5c..', '가'])(
    'H4 answers 404 to the id %.20s (FH6)',
    async (id) => {
      const response = await owner.get(`/api/documents/${id}`);
      expect([response.statusCode, response.json().error.code]).toEqual([404, 'not_found']);
    },
  );

  it('H4 changes title and link access, and when it was changed', async () => {
    const url = `/api/documents/${await owner.makeDocument()}`;
    kit.clock.advance(5000);
    const response = await owner.send('PATCH', url, { body: { title: 'Plan', linkAccess: 'none' } });
    expect(response.json()).toMatchObject({ title: 'Plan', linkAccess: 'none', updatedAt: kit.clock.now() });
    expect((await owner.get(url)).json()).toMatchObject(response.json());
    expect((await stranger.get(url)).statusCode).toBe(404);
  });

  it("H4 never takes what is not the caller's to set (FH8)", async () => {
    const url = `/api/documents/${await owner.makeDocument()}`;
    const { owners, ...before } = (await owner.get(url)).json();
    expect(owners).toHaveLength(1);
    const body = { ownerId: 'me', role: 'viewer', version: 9, createdAt: 0, id: 'other', __proto__x: 1 };
    expect((await owner.send('PATCH', url, { body })).json()).toEqual(before);
    expect((await owner.send('PATCH', url, { body: { trashed: true } })).statusCode).toBe(400);
  });
});

describe('the trash', () => {
  const refused = (response: Awaited<ReturnType<Caller['get']>>): unknown[] => [
    response.statusCode,
    response.json().error.code,
    response.json().error.trashed,
  ];

  it('H5 hides a document from everybody; only its owner is told that it is there, lists it and takes it out', async () => {
    const author = await kit.guest();
    const id = await author.makeDocument({ content: 'kept' });
    const url = `/api/documents/${id}`;
    const editor = await kit.guest();
    const editorId = (await editor.get('/api/session')).json().user.id as string;
    const given = await author.send('PUT', `${url}/members/${editorId}`, { body: { role: 'editor' } });
    expect(given.statusCode).toBe(200);
    expect((await author.send('DELETE', url)).statusCode).toBe(204);
    for (const caller of [author, editor, stranger, nobody]) {
      const trashed = caller === author ? true : undefined;
      for (const path of [url, `${url}/content`, `${url}/changes`, `${url}/access`])
        expect(refused(await caller.get(path))).toEqual([404, 'not_found', trashed]);
      expect(refused(await caller.send('DELETE', url))).toEqual([404, 'not_found', trashed]);
      expect(refused(await caller.send('PATCH', url, { body: { title: 'Back' } }))).toEqual([
        404,
        'not_found',
        trashed,
      ]);
      expect(refused(await caller.putText(`${url}/content`, 'new'))).toEqual([404, 'not_found', trashed]);
    }
    const unknown = await stranger.get('/api/documents/unknownunknown00');
    for (const caller of [editor, stranger, nobody]) expect((await caller.get(url)).body).toBe(unknown.body);
    expect((await author.get('/api/documents')).json().documents).toEqual([]);
    expect((await author.get('/api/documents?trash=true')).json().documents).toMatchObject([
      { id, trashedAt: kit.clock.now() },
    ]);

    expect((await stranger.send('PATCH', url, { body: { trashed: false } })).statusCode).toBe(404);
    const restored = await author.send('PATCH', url, { body: { trashed: false } });
    expect(restored.statusCode).toBe(200);
    expect(restored.json().trashedAt).toBeUndefined();
    expect((await author.get(`${url}/content`)).body).toBe('kept');
    expect((await author.get('/api/documents')).json().documents).toMatchObject([{ id }]);
  });
});
