import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { changesSchema } from '../../shared/protocol/http.ts';
import { guestFromClientId } from '../access/identity.ts';
import { AppKit, SECRET, type Caller } from '../testing/app-kit.ts';
import { insert } from '../../shared/testing/operations.ts';

const CLIENT = 'a-client-of-128-bits-at-least';

type ChangesPage = z.infer<typeof changesSchema>;

let kit: AppKit;
let owner: Caller;
beforeAll(async () => {
  kit = await AppKit.open();
  owner = await kit.guest();
});
afterAll(() => kit.close());

const submit = (caller: Caller, id: string, body: object) =>
  caller.send('POST', `/api/documents/${id}/operations`, { body });

describe('POST …/operations', () => {
  it('H9 commits operations as one change', async () => {
    const id = await owner.makeDocument({ content: 'fox' });
    kit.clock.advance(10);
    const response = await submit(owner, id, { version: 1, operations: [insert(0, 'quick '), insert(0, 'The ')] });
    expect([response.statusCode, response.json()]).toEqual([200, { version: 2, timestamp: kit.clock.now() }]);
    expect((await owner.get(`/api/documents/${id}/content`)).body).toBe('The quick fox');
  });

  it('H9 transforms what was written on an older version', async () => {
    const id = await owner.makeDocument({ content: 'ab' });
    await submit(owner, id, { version: 1, operations: [insert(0, '1')] });
    await submit(owner, id, { version: 1, operations: [{ type: 'delete', from: 1, to: 2 }] });
    expect((await owner.get(`/api/documents/${id}/content`)).body).toBe('1a');
  });

  it('G2 commits a (clientId, seq) once and answers a resend with the same version', async () => {
    const id = await owner.makeDocument();
    const body = { clientId: CLIENT, seq: 1, version: 0, operations: [insert(0, 'once')] };
    const answers = await Promise.all(Array.from({ length: 5 }, () => submit(owner, id, body)));
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect((await owner.get(`/api/documents/${id}/content`)).body).toBe('once');
    const reused = await submit(owner, id, { ...body, operations: [insert(0, 'other')] });
    expect([reused.statusCode, reused.json().error.code]).toEqual([409, 'seq_reused']);
    const gap = await submit(owner, id, { ...body, seq: 3 });
    expect([gap.statusCode, gap.json().error.code]).toEqual([409, 'seq_gap']);
  });

  it('J5 without a cookie takes the guest of the clientId for the author; G4 nobody else may use it', async () => {
    const id = await owner.makeDocument();
    const visitor = kit.caller();
    const body = { clientId: CLIENT, seq: 1, version: 0, operations: [insert(0, 'hi')] };
    expect((await submit(visitor, id, body)).statusCode).toBe(200);
    expect(visitor.cookie).toBeUndefined();
    const { changes } = (await visitor.get(`/api/documents/${id}/changes`)).json();
    expect(changes).toMatchObject([{ userId: guestFromClientId(SECRET, CLIENT).id }]);
    const taken = await submit(owner, id, { ...body, seq: 2, version: 1 });
    expect([taken.statusCode, taken.json().error.code]).toEqual([403, 'client_taken']);
  });

  it.each([
    [{ version: 0, operations: [] }, 400, 'bad_operation'],
    [{ version: 0, operations: [{ type: 'move' }] }, 400, 'bad_operation'],
    [{ version: 0, operations: [insert(4, 'x')] }, 400, 'bad_operation'],
    [{ version: 0, operations: [insert(-1, 'x')] }, 400, 'bad_operation'],
    [{ version: 0, operations: [insert(0, 'a\r\nb')] }, 400, 'bad_text'],
    [{ version: 0, operations: [insert(0, '\ud83d')] }, 400, 'bad_text'],
    [{ version: 9, operations: [insert(0, 'x')] }, 409, 'version_ahead'],
    [{ version: 0, operations: Array.from({ length: 1001 }, () => insert(0, 'x')) }, 400, 'bad_operation'],
    [{ version: 0, operations: {} }, 400, 'bad_message'],
    [{ version: -1, operations: [insert(0, 'x')] }, 400, 'bad_message'],
    [{ version: '0', operations: [insert(0, 'x')] }, 400, 'bad_message'],
    [{ version: 0, seq: 1, operations: [insert(0, 'x')] }, 400, 'bad_message'],
    [{ version: 0, clientId: 'short', seq: 1, operations: [insert(0, 'x')] }, 400, 'bad_message'],
    [{ operations: [insert(0, 'x')] }, 400, 'bad_message'],
    [undefined, 400, 'bad_message'],
  ])('G7 refuses %.80j whole', async (body, status, code) => {
    const id = await owner.makeDocument();
    const response = await owner.send('POST', `/api/documents/${id}/operations`, { body });
    expect([response.statusCode, response.json().error.code]).toEqual([status, code]);
    expect((await owner.get(`/api/documents/${id}`)).json().version).toBe(0);
  });

  it('O2 refuses a message over the limit of bytes (FO14)', async () => {
    const id = await owner.makeDocument();
    const response = await submit(owner, id, { version: 0, operations: [insert(0, 'x'.repeat(1_048_576))] });
    expect([response.statusCode, response.json().error.code]).toEqual([413, 'bad_message']);
  });

  it.each([
    ['none', 404],
    ['view', 403],
    ['comment', 403],
    ['edit', 200],
  ])('H9 with link access %s answers %i to strangers', async (linkAccess, status) => {
    const id = await owner.makeDocument({ linkAccess });
    expect((await submit(await kit.guest(), id, { version: 0, operations: [insert(0, 'x')] })).statusCode).toBe(status);
  });
});

describe('GET …/changes', () => {
  it('H10 pages through the log, oldest first', async () => {
    const id = await owner.makeDocument();
    for (let version = 0; version < 5; version += 1) {
      await submit(owner, id, { version, operations: [insert(version, String(version))] });
    }
    const versions: number[][] = [];
    let after: number | undefined = 0;
    while (after !== undefined) {
      const page: ChangesPage = (await owner.get(`/api/documents/${id}/changes?after=${after}&limit=2`)).json();
      versions.push(page.changes.map(({ version }) => version));
      after = page.next;
    }
    expect(versions).toEqual([[1, 2], [3, 4], [5]]);
    const [first] = (await owner.get(`/api/documents/${id}/changes?limit=1`)).json().changes;
    const { user } = (await owner.get('/api/session')).json();
    expect(first).toEqual({ version: 1, timestamp: kit.clock.now(), operations: [insert(0, '0')], userId: user.id });
  });

  it('H10 ends a page early rather than answer without bound', async () => {
    const text = 'x'.repeat(3_000_000);
    const id = await owner.makeDocument({ content: text });
    await owner.putText(`/api/documents/${id}/content`, '');
    await owner.putText(`/api/documents/${id}/content`, text);
    const first = (await owner.get(`/api/documents/${id}/changes`)).json();
    expect([first.changes.length, first.next]).toEqual([1, 1]);
    const second = (await owner.get(`/api/documents/${id}/changes?after=1`)).json();
    expect([second.changes.length, second.next]).toEqual([2, undefined]);
  });

  it('H10 ends a page early where changes have very many pieces, and the next one goes on', async () => {
    const id = await owner.makeDocument({ content: 'ab'.repeat(1000) });
    const operations = Array.from({ length: 1000 }, (_, index) => insert(2 * (999 - index), 'x'));
    for (let version = 1; version <= 30; version += 1) await submit(owner, id, { version: 1, operations });
    const pages: ChangesPage[] = [];
    for (let after: number | undefined = 0; after !== undefined; after = pages.at(-1)!.next) {
      pages.push((await owner.get(`/api/documents/${id}/changes?after=${after}&limit=1000`)).json());
    }
    expect(pages.flatMap(({ changes }) => changes.map(({ version }) => version))).toEqual(
      Array.from({ length: 31 }, (_, index) => index + 1),
    );
    for (const { changes } of pages) expect(changes.flatMap((change) => change.operations).length).toBeLessThan(12_000);
  });

  it('H10 and old texts are read so often by one user, and no oftener (FH16)', async () => {
    const id = await owner.makeDocument({ content: 'text' });
    const reader = await kit.guest();
    const reads = () => reader.get(`/api/documents/${id}/changes`);
    for (let count = 0; count < 40; count += 1) expect((await reads()).statusCode).toBe(200);
    const refused = await reads();
    expect([refused.statusCode, refused.json().error.code, refused.headers['retry-after']]).toEqual([
      ...[429, 'rate_limited', '1'],
    ]);
    expect((await reader.get(`/api/documents/${id}/content?version=0`)).statusCode).toBe(429);
    expect((await reader.get(`/api/documents/${id}/content`)).statusCode).toBe(200);
    expect((await kit.caller().get(`/api/documents/${id}/changes`)).statusCode).toBe(200);
    kit.clock.advance(1000);
    expect((await reads()).statusCode).toBe(200);
  });

  it.each(['after=-1', 'after=x', 'limit=0', 'limit=1001', 'limit=2.5'])('refuses ?%s (FH9)', async (query) => {
    const response = await owner.get(`/api/documents/${await owner.makeDocument()}/changes?${query}`);
    expect([response.statusCode, response.json().error.code]).toEqual([400, 'bad_message']);
  });
});
