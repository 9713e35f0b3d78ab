import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ServerProcess } from '../../testing/server-process.ts';
import { Stranger } from '../../testing/stranger.ts';
import { insert, applyTo, type WireOperation } from '../../testing/wire-text.ts';

let server: ServerProcess;
let owner: Stranger;

beforeAll(async () => {
  server = await ServerProcess.start();
  owner = await Stranger.guest(server.url, { name: 'Olga', color: '#2e67c6' });
});
afterAll(() => server.dispose());

describe('sessions', () => {
  it('H1 begin, are known, change and end', async () => {
    const person = new Stranger(server.url);
    expect(await person.get('/api/session')).toMatchObject({ status: 401, code: 'unauthenticated' });
    const made = await person.send('POST', '/api/session');
    const user = made.json!['user'] as { id: string; name: string; color: string };
    expect(made.status).toBe(200);
    expect(made.headers.getSetCookie()[0]).toMatch(/^weft_session=[^;]+; .*HttpOnly; SameSite=Lax/);
    const renamed = await person.send('POST', '/api/session', { name: 'Ada' });
    expect(renamed.json).toEqual({ user: { ...user, name: 'Ada' } });
    expect((await person.get('/api/session')).json).toEqual(renamed.json);
    const ended = await person.send('DELETE', '/api/session');
    expect([ended.status, ended.text]).toEqual([204, '']);
    for (const body of [{ name: '' }, { color: 'blue' }, { name: 'x'.repeat(65) }, { name: 5 }, []]) {
      expect(await new Stranger(server.url).send('POST', '/api/session', body)).toMatchObject({
        ...{ status: 400, code: 'bad_message' },
      });
    }
  });
});

describe('documents', () => {
  it('H2 and H3 are made with what they are told, CRLF and CR as LF, and shown with all fields', async () => {
    const made = await owner.send('POST', '/api/documents', {
      ...{ title: 'Plan', content: 'a\r\nb\rc\n', linkAccess: 'view', fieldOfTheFuture: 1 },
    });
    expect(made.status).toBe(201);
    const { id, createdAt, updatedAt, ...rest } = made.json!;
    expect(rest).toEqual({
      ...{ title: 'Plan', isNamed: true, isWatched: false, version: 1, role: 'owner', linkAccess: 'view' },
      ...{ present: [], presentCount: 0 },
    });
    expect([createdAt, updatedAt].every((time) => Math.abs((time as number) - Date.now()) < 60_000)).toBe(true);
    expect(made.headers.get('location')).toBe(`/api/documents/${String(id)}`);
    expect(await owner.read(id as string)).toMatchObject({ text: 'a\nb\nc\n', version: 1 });
    const read = await owner.get(`/api/documents/${String(id)}`);
    const owners = [expect.objectContaining({ color: expect.any(String) })];
    expect(read.json).toEqual({ ...made.json, owners, embedOrigins: null });
    const empty = await owner.send('POST', '/api/documents');
    expect(empty.json).toMatchObject({ version: 0, linkAccess: 'edit' });
  });

  it.each<[string, object | string, number, string]>([
    ['half a pair', { content: 'a\ud800' }, 400, 'bad_text'],
    ['NUL', { content: '\0' }, 400, 'bad_text'],
    ['content that is no text', { content: 1 }, 400, 'bad_message'],
    ['an unknown link access', { linkAccess: 'admin' }, 400, 'bad_message'],
    ['an empty title', { title: ' ' }, 400, 'bad_message'],
    ['a list', [], 400, 'bad_message'],
    ['plain text', 'title', 415, 'bad_message'],
  ])('E1 refuses to make one with %s', async (_name, body, status, code) => {
    const answer = await owner.send('POST', '/api/documents', body);
    expect([answer.status, answer.code]).toEqual([status, code]);
    const error = answer.json!['error'] as object;
    expect(Object.keys(error).every((key) => ['code', 'message', 'details'].includes(key))).toBe(true);
  });

  it('H3 pages through my documents, the last changed first, without holes or doubles', async () => {
    const person = await Stranger.guest(server.url);
    const ids: string[] = [];
    for (let count = 0; count < 7; count += 1) ids.push(await person.makeDocument({ title: `No. ${count}` }));
    await person.send('PUT', `/api/documents/${ids[2]}/content`, 'touched');
    await person.send('DELETE', `/api/documents/${ids[4]}`);
    const seen: string[] = [];
    const sizes: number[] = [];
    for (let next: string | undefined = ''; next !== undefined;) {
      const query = next === '' ? '' : `&cursor=${encodeURIComponent(next)}`;
      const { json } = await person.get(`/api/documents?limit=2${query}`);
      const documents = json!['documents'] as { id: string }[];
      seen.push(...documents.map(({ id }) => id));
      sizes.push(documents.length);
      next = json!['next'] as string | undefined;
    }
    const [a, b, c, d, , f, g] = ids;
    expect(seen).toEqual([c, g, f, d, b, a]);
    expect(sizes.slice(0, 3)).toEqual([2, 2, 2]);
    expect((await person.get('/api/documents?trash=true')).json!['documents']).toMatchObject([{ id: ids[4] }]);
    expect((await new Stranger(server.url).get('/api/documents')).json).toEqual({ documents: [] });
    for (const limit of ['0', '-1', '', 'x', '1.5', '99999999']) {
      expect((await person.get(`/api/documents?limit=${limit}`)).status).toBe(400);
    }
  });
});

describe('content', () => {
  it('H6 names its version in headers, is known again by its tag, and is there in every older version', async () => {
    const id = await owner.makeDocument({ content: 'one' });
    const path = `/api/documents/${id}/content`;
    await owner.send('PUT', path, 'one two');
    const { status, headers, text } = await owner.get(path);
    expect([status, text, headers.get('content-type')]).toEqual([200, 'one two', 'text/plain; charset=utf-8']);
    const tag = `"2-${headers.get('weft-timestamp')}"`;
    expect([headers.get('weft-version'), headers.get('etag')]).toEqual(['2', tag]);
    for (const known of [tag, `W/${tag}`, '*', `"x", ${tag}`]) {
      const again = await owner.get(path, { 'if-none-match': known });
      expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', tag]);
    }
    expect((await owner.get(path, { 'if-none-match': '"1-1"' })).status).toBe(200);
    expect(await owner.read(id, 0)).toEqual({ text: '', version: 0, timestamp: 0 });
    expect(await owner.read(id, 1)).toMatchObject({ text: 'one', version: 1 });
    expect(await owner.read(id, 2)).toMatchObject({ text: 'one two', version: 2 });
    expect(await owner.get(`${path}?version=3`)).toMatchObject({ status: 404, code: 'not_found' });
    for (const version of ['-1', '1.5', 'x', '', '1e0', '9007199254740993']) {
      expect(await owner.get(`${path}?version=${version}`)).toMatchObject({ status: 400, code: 'bad_message' });
    }
  });

  it('H7 commits the difference as one change, T2 makes CRLF LF and keeps a BOM', async () => {
    const id = await owner.makeDocument({ content: 'alpha\nbeta\ngamma\n' });
    const path = `/api/documents/${id}/content`;
    const put = await owner.send('PUT', path, '\ufeffalpha\r\nbeta!\rgamma\r\n');
    expect(put.status).toBe(200);
    expect(put.json).toEqual({ version: 2, timestamp: (await owner.read(id)).timestamp });
    expect(put.headers.get('etag')).toBe(`"2-${String(put.json!['timestamp'])}"`);
    expect((await owner.read(id)).text).toBe('\ufeffalpha\nbeta!\ngamma\n');
    const { json } = await owner.get(`/api/documents/${id}/changes?after=1`);
    expect((json!['changes'] as object[])[0]).toMatchObject({ operations: [insert(10, '!'), insert(0, '\ufeff')] });
    const same = await owner.send('PUT', path, '\ufeffalpha\nbeta!\ngamma\n');
    expect(same.json).toEqual(put.json);
    expect((await owner.send('PUT', path, '')).json).toMatchObject({ version: 3 });
    expect(await owner.read(id)).toMatchObject({ text: '', version: 3 });
  });

  it('H7 refuses what is not UTF-8 text, and changes nothing', async () => {
    const id = await owner.makeDocument({ content: 'kept' });
    const put = async (body: object | string | Uint8Array, type?: string): Promise<string> => {
      const headers = type === undefined ? undefined : { 'content-type': type };
      const { status, code } = await owner.send('PUT', `/api/documents/${id}/content`, body, headers);
      return `${status} ${code}`;
    };
    expect(await put(new Uint8Array([0x61, 0xff]))).toBe('400 bad_text');
    expect(await put(new Uint8Array([0xed, 0xa0, 0x80]))).toBe('400 bad_text');
    expect(await put('a\0b')).toBe('400 bad_text');
    expect(await put({ content: 'x' })).toBe('415 bad_message');
    expect(await put('x', 'text/markdown')).toBe('415 bad_message');
    expect(await put('x', 'text/plain; charset=utf-16le')).toBe('415 bad_message');
    expect(await owner.read(id)).toMatchObject({ text: 'kept', version: 1 });
    expect(await put('x', 'text/plain; format=flowed; charset="UTF-8"')).toBe('200 undefined');
  });

  it('E1 says 413 to a sender who is not done yet, and does not hang up on them', async () => {
    const id = await owner.makeDocument({ content: 'kept' });
    const body = 'x'.repeat(15_100_000);
    for (let times = 0; times < 4; times += 1) {
      const { status, code, headers } = await owner.send('PUT', `/api/documents/${id}/content`, body);
      expect([status, code, headers.get('connection')]).not.toContain('close');
      expect([status, code]).toEqual([413, 'document_too_large']);
    }
    expect(await owner.read(id)).toMatchObject({ text: 'kept', version: 1 });
  });

  it('H8 honours If-Match: the tag, one of a list, and * match; others, weak and unquoted ones do not', async () => {
    const id = await owner.makeDocument({ content: '0' });
    const path = `/api/documents/${id}/content`;
    let number = 0;
    const put = async (match: (tag: string) => string): Promise<number> => {
      const tag = (await owner.get(path)).headers.get('etag')!;
      const { status } = await owner.send('PUT', path, String((number += 1)), { 'if-match': match(tag) });
      return status;
    };
    expect(await put((tag) => tag)).toBe(200);
    expect(await put(() => '*')).toBe(200);
    expect(await put((tag) => `"1-1", ${tag}`)).toBe(200);
    expect(await put((tag) => `W/${tag}`)).toBe(412);
    expect(await put((tag) => tag.replaceAll('"', ''))).toBe(412);
    expect(await put(() => '"1-1"')).toBe(412);
    // The right number of another history.
    expect(await put((tag) => tag.replace(/-\d+/, '-1'))).toBe(412);
    expect(await owner.read(id)).toMatchObject({ text: '3', version: 4 });
    const writes = Array.from({ length: 8 }, (_, index) => owner.send('PUT', path, `w${index}`, { 'if-match': '*' }));
    expect((await Promise.all(writes)).map(({ status }) => status)).toEqual(Array(8).fill(200));
  });
});

describe('operations and changes', () => {
  it('H9 answers each refusal with its status', async () => {
    const id = await owner.makeDocument({ content: 'ab' });
    const post = async (body: object | string): Promise<string> => {
      const { status, code } = await owner.send('POST', `/api/documents/${id}/operations`, body);
      return `${status} ${code}`;
    };
    const one = [insert(0, 'x')];
    expect(await post({ version: 1, operations: [] })).toBe('400 bad_operation');
    expect(await post({ version: 1, operations: [insert(0.5, 'x')] })).toBe('400 bad_operation');
    expect(await post({ version: 1, operations: Array(1001).fill(insert(0, 'x')) })).toBe('400 bad_operation');
    expect(await post({ version: 1, operations: [insert(0, '\r')] })).toBe('400 bad_text');
    expect(await post({ version: 1, operations: 'x' })).toBe('400 bad_message');
    expect(await post({ version: 1 })).toBe('400 bad_message');
    expect(await post({ operations: one })).toBe('400 bad_message');
    expect(await post({ version: 1, seq: 1, operations: one })).toBe('400 bad_message');
    expect(await post({ version: 1, clientId: 'x'.repeat(22), operations: one })).toBe('400 bad_message');
    expect(await post({ version: 1, seq: 1, clientId: 'short', operations: one })).toBe('400 bad_message');
    expect(await post({ version: 2, operations: one })).toBe('409 version_ahead');
    expect(await post({ version: 1, operations: [insert(0, 'x'.repeat(1_048_576))] })).toBe('413 bad_message');
    expect(await post('{}')).toBe('415 bad_message');
    expect(await owner.read(id)).toMatchObject({ text: 'ab', version: 1 });
    expect(await post({ version: 1, operations: one })).toBe('200 undefined');
  });

  it('H10 pages through the log, oldest first, after exclusive; the pages make the text', async () => {
    const id = await owner.makeDocument({ content: 'start' });
    for (let version = 1; version < 6; version += 1) {
      await owner.send('POST', `/api/documents/${id}/operations`, { version, operations: [insert(0, `${version}`)] });
    }
    const versions: number[] = [];
    let text = '';
    for (let after: number | undefined = 0; after !== undefined;) {
      const { status, json } = await owner.get(`/api/documents/${id}/changes?after=${after}&limit=4`);
      expect(status).toBe(200);
      for (const change of json!['changes'] as { version: number; operations: WireOperation[] }[]) {
        expect(Object.keys(change).sort()).toEqual(['operations', 'timestamp', 'userId', 'version']);
        versions.push(change.version);
        text = applyTo(text, change.operations);
      }
      after = json!['next'] as number | undefined;
    }
    expect(versions).toEqual([1, 2, 3, 4, 5, 6]);
    expect(text).toBe((await owner.read(id)).text);
    expect((await owner.get(`/api/documents/${id}/changes?after=99`)).json).toEqual({ changes: [] });
    for (const query of ['after=-1', 'after=', 'after=x', 'limit=0', 'limit=', 'limit=1001']) {
      expect(await owner.get(`/api/documents/${id}/changes?${query}`)).toMatchObject({
        status: 400,
        code: 'bad_message',
      });
    }
  });
});

describe('about the server', () => {
  it('H11 is alive, ready and measured', async () => {
    for (const path of ['/healthz', '/readyz']) {
      expect(await owner.get(path)).toMatchObject({ status: 200, json: { status: 'ok' } });
    }
    const metrics = await owner.get('/metrics');
    expect(metrics.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(metrics.text).toMatch(/^# TYPE \S+ gauge$/m);
    expect(await owner.get('/api/nothing')).toMatchObject({ status: 404, code: 'not_found' });
  });

  it('H12 describes itself: every reference, path parameter and answer is there', async () => {
    const { status, json } = await new Stranger(server.url).get('/api/openapi.json');
    expect(status).toBe(200);
    expect(json).toMatchObject({ openapi: expect.stringMatching(/^3\.1\.\d+$/), info: { title: 'Weft' } });
    const whole = JSON.stringify(json);
    for (const [, pointer] of whole.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const target = pointer!.split('/').reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], json);
      expect(target, pointer).toBeDefined();
    }
    const paths = json!['paths'] as Record<string, Record<string, { parameters?: object[]; responses: object }>>;
    for (const [path, operations] of Object.entries(paths)) {
      for (const [method, { parameters = [], responses }] of Object.entries(operations)) {
        const declared = parameters.flatMap((one) =>
          'in' in one && one.in === 'path' ? [(one as { name?: string }).name] : [],
        );
        expect(declared, `${method} ${path}`).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
        expect(Object.keys(responses).length).toBeGreaterThan(0);
        for (const answer of Object.values(responses)) expect(answer).toHaveProperty('description');
      }
    }
    const parameters = paths['/api/documents/{id}/changes']!['get']!.parameters!;
    expect(parameters).toContainEqual(
      expect.objectContaining({ name: 'after', schema: expect.objectContaining({ type: 'integer' }) }),
    );
  });
});
