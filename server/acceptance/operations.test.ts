import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ServerProcess } from '../../testing/server-process.ts';
import type { RawClient } from '../../testing/raw-client.ts';
import { Stranger } from '../../testing/stranger.ts';
import { applyTo, type WireOperation } from '../../testing/wire-text.ts';

const LONGEST = 3000;
const TEXT = 'one 😀 two';

const insert = (position: unknown, text: unknown): object => ({ type: 'insert', position, text });
const remove = (from: unknown, to: unknown): object => ({ type: 'delete', from, to });
const replace = (from: unknown, to: unknown, text: unknown): object => ({ type: 'replace', from, to, text });

let server: ServerProcess;
let owner: Stranger;

beforeAll(async () => {
  server = await ServerProcess.start({ env: { WEFT_MAX_DOCUMENT_LENGTH: String(LONGEST) } });
  owner = await Stranger.guest(server.url);
});
afterAll(() => server.dispose());

describe('refused operations', () => {
  let id: string;
  let author: RawClient;
  let reader: RawClient;

  beforeAll(async () => {
    id = await owner.makeDocument({ content: TEXT });
    author = (await owner.join(id)).client;
    reader = (await owner.join(id)).client;
  });

  it.each<[string, unknown[], string]>([
    ['no operation', [], 'bad_operation'],
    ['null', [null], 'bad_operation'],
    ['text', ['insert'], 'bad_operation'],
    ['an array', [[insert(0, 'a')]], 'bad_operation'],
    ['nothing in it', [{}], 'bad_operation'],
    ['an unknown type', [{ type: 'retain', count: 1 }], 'bad_operation'],
    ['a type that is no text', [{ type: ['insert'], position: 0, text: 'a' }], 'bad_operation'],
    ['no position', [{ type: 'insert', text: 'a' }], 'bad_operation'],
    ['a float', [insert(0.5, 'a')], 'bad_operation'],
    ['2^53', [insert(2 ** 53, 'a')], 'bad_operation'],
    ['the greatest safe integer', [insert(Number.MAX_SAFE_INTEGER, 'a')], 'bad_operation'],
    ['a negative position', [insert(-1, 'a')], 'bad_operation'],
    ['a position that is null, as NaN becomes', [insert(Number.NaN, 'a')], 'bad_operation'],
    ['a position that is text', [insert('0', 'a')], 'bad_operation'],
    ['a position that is true', [insert(true, 'a')], 'bad_operation'],
    ['a position behind the end', [insert(TEXT.length + 1, 'a')], 'bad_operation'],
    ['no text', [{ type: 'insert', position: 0 }], 'bad_operation'],
    ['a text that is a number', [insert(0, 1)], 'bad_operation'],
    ['a text that is an object', [insert(0, { length: 3 })], 'bad_operation'],
    ['an empty text', [insert(0, '')], 'bad_operation'],
    ['an empty range', [remove(2, 2)], 'bad_operation'],
    ['a range backwards', [remove(3, 2)], 'bad_operation'],
    ['a range behind the end', [remove(0, TEXT.length + 1)], 'bad_operation'],
    ['a replace by nothing', [replace(0, 1, '')], 'bad_operation'],
    ['a replace of nothing', [replace(1, 1, 'a')], 'bad_operation'],
    ['1,001 operations', Array.from({ length: 1001 }, () => insert(0, 'a')), 'bad_operation'],
    ['a range that the one before has taken away', [remove(0, 8), remove(0, 8)], 'bad_operation'],
    ['the last of three', [insert(0, 'a'), remove(0, 4), insert(99, 'b')], 'bad_operation'],
    ['CR', [insert(0, 'a\rb')], 'bad_text'],
    ['CRLF behind a good one', [insert(0, 'a'), insert(0, '\r\n')], 'bad_text'],
    ['NUL', [replace(0, 1, '\0')], 'bad_text'],
    ['a high half', [insert(0, 'a\ud83d')], 'bad_text'],
    ['a low half', [replace(0, 1, '\ude00')], 'bad_text'],
    ['halves in the wrong order', [insert(0, '\ude00\ud83d')], 'bad_text'],
    ['two halves that would make a pair', [insert(0, '\ud83d'), insert(1, '\ude00')], 'bad_text'],
    ['an insertion within a pair', [insert(5, 'a')], 'bad_operation'],
    ['half a pair deleted', [remove(4, 5)], 'bad_operation'],
    ['the other half, with more', [remove(5, 8)], 'bad_operation'],
    ['a pair inserted and split', [insert(0, '😀'), insert(1, 'a')], 'bad_operation'],
    ['half of an inserted pair deleted', [insert(0, '😀'), remove(0, 1)], 'bad_operation'],
  ])('G7 and section 2 refuse %s (FO1, FO3)', async (_name, operations, code) => {
    const heard = reader.received.length;
    const answer = await author.submitAndHear(1, 1, operations);
    expect(answer).toMatchObject({ type: 'error', code, seq: 1, retryable: false });
    reader.send({ type: 'ping', nonce: 1 });
    await reader.next(({ type }) => type === 'pong', heard);
    expect(reader.received.slice(heard).filter(({ type }) => type === 'document-update')).toEqual([]);
    expect(await owner.read(id)).toMatchObject({ text: TEXT, version: 1 });
  });

  it('G2 has not used the seq of any of them up', async () => {
    expect(await author.submitAndHear(1, 1, [insert(0, '→')])).toMatchObject({ type: 'ack', version: 2 });
  });
});

describe('accepted operations', () => {
  /** Commits each list on the newest version and hands back what another socket and HTTP say of it. */
  async function commit(content: string, ...lists: (readonly object[])[]) {
    const id = await owner.makeDocument(content === '' ? {} : { content });
    const reader = await owner.join(id);
    const author = await owner.join(id);
    let version = author.answer['version'] as number;
    for (const [index, operations] of lists.entries()) {
      expect(await author.client.submitAndHear(index + 1, version, operations)).toMatchObject({ type: 'ack' });
      version += 1;
    }
    await reader.client.next((message) => message['version'] === version && message.type === 'document-update');
    const updates = reader.client.received.filter(({ type }) => type === 'document-update');
    return { updates, ...(await owner.read(id)) };
  }

  it.each<[string, string, object[], string]>([
    ['-0 is 0', 'ab', [JSON.parse('{"type":"insert","position":-0,"text":"x"}') as object], 'xab'],
    ['1.0 is 1', 'ab', [JSON.parse('{"type":"delete","from":1.0,"to":2e0}') as object], 'a'],
    ['each sees the one before', 'abc', [insert(3, 'def'), remove(0, 4), replace(0, 1, 'E')], 'Ef'],
    ['a thousand of them', '', Array.from({ length: 1000 }, (_, at) => insert(at, 'x')), 'x'.repeat(1000)],
    ['a pair deleted by halves', 'a😀b', [remove(1, 2), remove(1, 2)], 'ab'],
    ['a pair split and made whole again', 'ab', [insert(1, '😀'), insert(2, 'x'), remove(2, 3)], 'a😀b'],
    ['inserted and deleted again', 'ab', [insert(1, 'x'), remove(1, 2)], 'ab'],
  ])('O1 and O5: %s', async (_name, content, operations, text) => {
    expect((await commit(content, operations)).text).toBe(text);
  });

  it('O4 a replace by the same text, and V1 an edit of which nothing is left, take a version (FO2)', async () => {
    const { updates, version, text } = await commit('ab', [replace(0, 1, 'a')], [insert(0, 'x'), remove(0, 1)]);
    expect([version, text]).toEqual([3, 'ab']);
    expect(updates.map((update) => update['operations'])).toEqual([[replace(0, 1, 'a')], []]);
  });

  it('O7 are listed from the highest position to the lowest, and V4 a replace stays one', async () => {
    const content = 'abcdefgh';
    const { updates, text } = await commit(content, [
      replace(0, 2, 'XYZ'),
      insert(5, '_'),
      remove(8, 9),
      insert(0, '<'),
    ]);
    const operations = updates[0]!['operations'] as WireOperation[];
    expect(operations).toEqual([remove(6, 7), insert(4, '_'), replace(0, 2, '<XYZ')]);
    // In sequence, and all at once against the old text.
    expect(applyTo(content, operations)).toBe(text);
    const pieces = [...operations].reverse().reduce(
      ({ at, out }, { position, from = position!, to = from, text: added = '' }) => {
        return { at: to, out: out + content.slice(at, from) + added };
      },
      { at: 0, out: '' },
    );
    expect(pieces.out + content.slice(pieces.at)).toBe(text);
  });

  it('T1 and T2 keep everything that is not refused bit for bit (FO4)', async () => {
    const odd = '\ufeff\u200d\u200b\u0085\u2028\u2029\u202e\u0007\u001b\t\u007f\ufffe\uffff e\u0301é 👩‍👩‍👧 \u{10ffff}\n';
    const { text, updates } = await commit('', [insert(0, odd)]);
    expect(text).toBe(odd);
    expect(updates[0]!['operations']).toEqual([insert(0, odd)]);
  });

  it('T3 fills a document to the last unit, and lets one that is full be edited (FO14)', async () => {
    const id = await owner.makeDocument({ content: 'x'.repeat(LONGEST - 1) });
    const { client, answer } = await owner.join(id);
    expect(answer['limits']).toMatchObject({ documentLength: LONGEST });
    const refused = { type: 'error', code: 'document_too_large', seq: 1, retryable: false };
    expect(await client.submitAndHear(1, 1, [insert(0, 'ab')])).toMatchObject(refused);
    expect(await client.submitAndHear(1, 1, [insert(0, '😀')])).toMatchObject(refused);
    expect(await client.submitAndHear(1, 1, [insert(0, 'ab'), remove(9, 10)])).toMatchObject({
      type: 'ack',
      version: 2,
    });
    expect(await client.submitAndHear(2, 2, [insert(0, 'a')])).toMatchObject({ ...refused, seq: 2 });
    expect(await client.submitAndHear(2, 2, [replace(0, 2, 'xy')])).toMatchObject({ type: 'ack', version: 3 });
    expect(await client.submitAndHear(3, 3, [remove(0, 1)])).toMatchObject({ type: 'ack', version: 4 });
    const path = `/api/documents/${id}/content`;
    expect((await owner.send('PUT', path, 'x'.repeat(LONGEST))).status).toBe(200);
    for (const length of [LONGEST + 1, 4 * LONGEST + 70_000]) {
      const put = await owner.send('PUT', path, 'x'.repeat(length));
      expect([put.status, put.code]).toEqual([413, 'document_too_large']);
      const post = await owner.send('POST', '/api/documents', { content: 'x'.repeat(length) });
      expect([post.status, post.code]).toEqual([413, 'document_too_large']);
    }
  });
});

describe('operations on an older version', () => {
  /** Commits `first` and then `second`, both made on the same base, and hands back the answer to the second and the text. */
  async function race(content: string, first: readonly object[], second: readonly object[]) {
    const id = await owner.makeDocument({ content });
    const [a, b] = [(await owner.join(id)).client, (await owner.join(id)).client];
    expect(await a.submitAndHear(1, 1, first)).toMatchObject({ type: 'ack', version: 2 });
    const answer = await b.submitAndHear(1, 1, second);
    return { answer, id, a, ...(await owner.read(id)) };
  }

  it('O3 must lie within the text at the base version, not at the newest', async () => {
    const shorter = await race('abcdef', [remove(1, 6)], [insert(6, 'x'), remove(4, 5)]);
    expect([shorter.answer.type, shorter.text]).toEqual(['ack', 'ax']);
    const longer = await race('abc', [insert(3, 'defgh')], [insert(5, 'x')]);
    expect([longer.answer['code'], longer.text]).toEqual(['bad_operation', 'abcdefgh']);
  });

  it.each<[string, string, object[], object[], string]>([
    ['the later one goes left', 'ab', [insert(1, '1')], [insert(1, '2')], 'a21b'],
    ['two replaces', 'abc', [replace(1, 2, 'X')], [replace(1, 2, 'Y')], 'aYXc'],
    ['deleted by both is deleted once', 'abcde', [remove(1, 4)], [remove(2, 5)], 'a'],
    ['inserted inside what was deleted', 'abcde', [remove(1, 4)], [insert(2, 'X')], 'aXe'],
    ['inserted inside what is deleted', 'abcde', [insert(2, 'X')], [remove(1, 4)], 'aXe'],
    ['a pair deleted meanwhile', 'a😀b', [remove(1, 3)], [replace(1, 3, '🎈')], 'a🎈b'],
  ])('V5 %s', async (_name, content, first, second, text) => {
    expect((await race(content, first, second)).text).toBe(text);
  });

  it('O5 judges boundaries in the text that is really changed: a pair that is gone cannot be split', async () => {
    const gone = await race('a😀b', [remove(1, 3)], [insert(2, 'x')]);
    expect([gone.answer.type, gone.text]).toEqual(['ack', 'axb']);
    const moved = await race('a😀b', [insert(0, '😀')], [insert(2, 'x')]);
    expect([moved.answer['code'], moved.text]).toEqual(['bad_operation', '😀a😀b']);
  });

  it('V1 what was deleted by both takes a version and tells an empty list', async () => {
    const { answer, a, version } = await race('abc', [remove(0, 3)], [remove(1, 2)]);
    expect([answer['version'], version]).toEqual([3, 3]);
    const update = await a.next((message) => message.type === 'document-update' && message['version'] === 3);
    expect(update['operations']).toEqual([]);
  });
});
