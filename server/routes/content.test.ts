import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Slices } from '../base/slices.ts';
import { IMPORT_SLICE } from './long-texts.ts';
import { AppKit, type Caller } from '../testing/app-kit.ts';

let kit: AppKit;
let owner: Caller;
let stranger: Caller;
beforeAll(async () => {
  kit = await AppKit.open({ settings: { WEFT_MAX_DOCUMENT_LENGTH: '1000' } });
  owner = await kit.guest();
  stranger = await kit.guest();
});
afterAll(() => kit.close());

async function contentOf(body: object): Promise<string> {
  return `/api/documents/${await owner.makeDocument(body)}/content`;
}

describe('GET …/content', () => {
  it('H6 is the text with its version in headers, needs no cookie, and is not sent again when it is known', async () => {
    const url = await contentOf({ content: '한글 👩‍🚀\n' });
    const response = await kit.caller().get(url);
    expect(response.body).toBe('한글 👩‍🚀\n');
    const { 'content-type': type, 'weft-version': version, 'weft-timestamp': timestamp, etag } = response.headers;
    expect(type).toBe('text/plain; charset=utf-8');
    expect([version, timestamp, etag]).toEqual(['1', String(kit.clock.now()), `"1-${kit.clock.now()}"`]);

    for (const tag of [String(etag), `W/${String(etag)}`, `"0-0", ${String(etag)}`, '*']) {
      const again = await owner.get(url, { 'if-none-match': tag });
      expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', etag]);
    }
    expect((await owner.get(url, { 'if-none-match': '"1-1"' })).statusCode).toBe(200);
    expect((await owner.send('HEAD', url)).headers['weft-version']).toBe('1');
  });

  it('H6 of a new document is the empty text of version 0', async () => {
    const response = await owner.get(await contentOf({}));
    expect([response.body, response.headers.etag]).toEqual(['', '"0-0"']);
  });

  it('H6 reads every older version, and 404 for one that never was', async () => {
    const url = await contentOf({ content: 'one' });
    kit.clock.advance(1000);
    await owner.putText(url, 'one two');
    await owner.putText(url, 'two');
    const texts = await Promise.all(
      [0, 1, 2, 3].map(async (version) => (await owner.get(`${url}?version=${version}`)).body),
    );
    expect(texts).toEqual(['', 'one', 'one two', 'two']);
    expect((await owner.get(`${url}?version=4`)).statusCode).toBe(404);
  });

  it.each(['-1', '1.5', '1e309', '9007199254740993', 'x', ''])('H6 refuses ?version=%s (FH9)', async (version) => {
    const response = await owner.get(`${await contentOf({})}?version=${version}`);
    expect(response.statusCode).toBe(400);
  });
});

describe('PUT …/content', () => {
  it('H7 serves others between the slices of a long comparison (FH22)', async () => {
    const spacious = await AppKit.open();
    const author = await spacious.guest();
    const text = 'x'.repeat(1_500_000);
    const url = `/api/documents/${await author.makeDocument({ content: `${text}a${text}` })}/content`;
    const next = vi.spyOn(Slices.prototype, 'next');
    expect((await author.putText(url, `${text}b${text}`)).statusCode).toBe(200);
    // Beside those in which the new text was read.
    const reading = Math.ceil((2 * text.length) / IMPORT_SLICE);
    expect(next.mock.calls.length).toBeGreaterThanOrEqual(reading + 8);
    next.mockRestore();
    expect((await author.get(url)).body === `${text}b${text}`).toBe(true);
    await spacious.close();
  });

  it('H7 commits the difference as one change', async () => {
    const url = await contentOf({ content: 'The quick fox' });
    kit.clock.advance(1000);
    const response = await owner.putText(url, 'The quick brown fox');
    expect(response.json()).toEqual({ version: 2, timestamp: kit.clock.now() });
    expect(response.headers.etag).toBe(`"2-${kit.clock.now()}"`);
    const { changes } = (await owner.get(url.replace('content', 'changes?after=1'))).json();
    expect(changes).toMatchObject([{ version: 2, operations: [{ type: 'insert', text: 'brown ' }] }]);
  });

  it('H7 with the same text commits nothing', async () => {
    const url = await contentOf({ content: 'same' });
    const { timestamp } = (await owner.get(url.replace('/content', '/changes'))).json().changes[0];
    expect((await owner.putText(url, 'same')).json()).toEqual({ version: 1, timestamp });
  });

  it('T2 makes line breaks LF and keeps everything else bit for bit (FH10)', async () => {
    const url = await contentOf({});
    await owner.putText(url, '\ufeffa\r\nb\rc\u0085\u2028e\u0301 é');
    expect((await owner.get(url)).body).toBe('\ufeffa\nb\nc\u0085\u2028e\u0301 é');
    await owner.putText(url, '');
    expect((await owner.get(url)).body).toBe('');
  });

  it.each([
    ['NUL', Buffer.from('a\0b'), 400, 'bad_text'],
    ['invalid UTF-8', Buffer.from([0x61, 0xff]), 400, 'bad_text'],
    ['an encoded half of a pair', Buffer.from([0xed, 0xa0, 0x80]), 400, 'bad_text'],
    ['a cut sequence', Buffer.from('한').subarray(0, 2), 400, 'bad_text'],
    ['1,001 units', Buffer.from('x'.repeat(1001)), 413, 'document_too_large'],
    ['a huge body', Buffer.alloc(100_000, 'x'), 413, 'document_too_large'],
  ])('T1 refuses %s and changes nothing (FH10)', async (_name, body, status, code) => {
    const url = await contentOf({ content: 'kept' });
    const response = await owner.putText(url, body);
    expect([response.statusCode, response.json().error.code]).toEqual([status, code]);
    expect((await owner.get(url)).headers['weft-version']).toBe('1');
  });

  it.each([
    ['application/json', 415],
    ['text/html', 415],
    ['application/x-www-form-urlencoded', 415],
    ['text/plainx', 415],
    ['text/plain; charset=utf-16', 415],
    ['text/plain;charset="ISO-8859-1"', 415],
    [undefined, 400],
  ])('H7 refuses the content type %s', async (type, status) => {
    const url = await contentOf({ content: 'kept' });
    const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type };
    const response = await owner.send('PUT', url, { body: type === undefined ? undefined : '"new"', headers });
    expect([response.statusCode, response.json().error.code]).toEqual([status, 'bad_message']);
    expect((await owner.get(url)).body).toBe('kept');
  });

  it('H8 honours If-Match', async () => {
    const url = await contentOf({ content: 'one' });
    const etag = String((await owner.get(url)).headers.etag);
    expect((await owner.putText(url, 'two', { 'if-match': `"9-9", ${etag}` })).statusCode).toBe(200);
    for (const stale of [etag, '"2-1"', `W/${etag}`, '']) {
      const response = await owner.putText(url, 'three', { 'if-match': stale });
      expect([response.statusCode, response.json().error.code]).toEqual([412, 'version_conflict']);
    }
    expect((await owner.putText(url, 'four', { 'if-match': '*' })).statusCode).toBe(200);
    expect((await owner.get(url)).body).toBe('four');
  });

  it('H8 lets one of two win who start from the same version', async () => {
    const url = await contentOf({ content: 'one' });
    const etag = String((await owner.get(url)).headers.etag);
    const writes = ['left', 'right'].map((text) => owner.putText(url, text, { 'if-match': etag }));
    const statuses = (await Promise.all(writes)).map(({ statusCode }) => statusCode);
    expect(statuses.sort()).toEqual([200, 412]);
  });

  it.each([
    ['none', 404],
    ['view', 403],
    ['comment', 403],
    ['edit', 200],
  ])('H7 with link access %s answers %i to strangers', async (linkAccess, status) => {
    const url = await contentOf({ linkAccess });
    for (const caller of [stranger, kit.caller()]) {
      expect((await caller.putText(url, 'theirs')).statusCode).toBe(status);
    }
  });

  it('H7 makes a caller without a cookie a guest, who is the author', async () => {
    const url = await contentOf({});
    const visitor = kit.caller();
    await visitor.putText(url, 'mine');
    const { user } = (await visitor.get('/api/session')).json();
    expect((await owner.get(url.replace('/content', '/changes'))).json().changes).toMatchObject([{ userId: user.id }]);
  });

  it('G1 answers unavailable with Retry-After while storage cannot commit, and reading goes on', async () => {
    const url = await contentOf({ content: 'kept' });
    await owner.get(url);
    kit.faults.fault = 'refuse';
    const write = owner.putText(url, 'lost?');
    await expect.poll(() => kit.faults.appends).toBeGreaterThan(0);
    let isDone = false;
    void write.then(() => (isDone = true));
    // Time passes only as fast as the retries are asked for.
    await expect.poll(() => (kit.clock.advance(1000), isDone)).toBe(true);
    const response = await write;
    expect([response.statusCode, response.json().error.code]).toEqual([503, 'unavailable']);
    expect(Number(response.headers['retry-after'])).toBeGreaterThan(0);
    expect((await owner.get(url)).body).toBe('kept');
    kit.faults.fault = 'none';
  });
});
