import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../testing/eventually.ts';
import { ServerProcess } from '../../testing/server-process.ts';
import { Stranger, type Answer } from '../../testing/stranger.ts';

interface Listed {
  readonly id: string;
  readonly title: string;
  readonly isNamed: boolean;
  readonly isWatched: boolean;
  readonly snippet: string;
  readonly openedAt?: number;
  readonly editedBy?: { readonly name: string };
  readonly unseen?: { readonly changes: number; readonly by: readonly { readonly name: string }[] };
  readonly match?: { readonly in: string; readonly text: string; readonly ranges: readonly (readonly number[])[] };
}

let server: ServerProcess;
let ann: Stranger;
let bob: Stranger;
beforeAll(async () => {
  server = await ServerProcess.start({ env: { WEFT_INDEX_DELAY_MS: '50', WEFT_SEARCHES_PER_SECOND: '100000' } });
  [ann, bob] = await Promise.all([
    Stranger.guest(server.url, { name: 'Ann' }),
    Stranger.guest(server.url, { name: 'Bob' }),
  ]);
}, 120_000);
afterAll(() => server.dispose());

async function list(who: Stranger, query: Record<string, string> = {}): Promise<readonly Listed[]> {
  const answer = await who.get(`/api/documents?${new URLSearchParams(query).toString()}`);
  expect(answer.status, answer.text).toBe(200);
  return answer.json!['documents'] as readonly Listed[];
}

async function listedAs(who: Stranger, id: string, query: Record<string, string> = { show: 'all' }): Promise<Listed> {
  return (await list(who, { limit: '200', ...query })).find((document) => document.id === id)!;
}

/** Types at the start of a document by a socket, and stays. */
async function type(who: Stranger, id: string, text: string) {
  const { client, answer } = await who.join(id);
  const version = answer['version'] as number;
  const operations = [{ type: 'insert', position: 0, text }];
  client.send({ type: 'submit', seq: 1, version, operations });
  await client.next((message) => message.type === 'ack');
  return { client, answer };
}

describe('search', () => {
  it('H14 finds within seconds what was typed by a socket, in any script, and shows where', async () => {
    const id = await ann.makeDocument({ title: 'Agenda' });
    const { client } = await type(ann, id, 'We talk about the budget.\n내일 회의 안건 – 東京で会議');
    for (const q of ['BUDGET', '회의', '会議', '안건', 'agenda budget']) {
      const found = await eventually(async () => {
        const documents = await list(ann, { q });
        expect(documents.map((document) => document.id)).toEqual([id]);
        return documents[0]!;
      });
      expect(found.match!.ranges.length, q).toBeGreaterThan(0);
    }
    expect(await list(bob, { q: 'budget', show: 'all' })).toEqual([]);
    expect(await list(ann, { q: 'budget wolf' })).toEqual([]);
    expect(await list(ann, { q: '"\' OR 1=1 -- NEAR(' })).toEqual([]);
    client.close();
  });

  it('H14 finds after kill -9 what was typed just before (FS1)', async () => {
    const ids = await Promise.all(['zebra', 'okapi', 'tapir'].map(() => ann.makeDocument()));
    const typed = await Promise.all(ids.map((id, index) => type(ann, id, ['zebra', 'okapi', 'tapir'][index]!)));
    expect(typed).toHaveLength(3);
    await server.kill();
    await server.start();
    for (const [index, q] of ['zebra', 'okapi', 'tapir'].entries()) {
      await eventually(async () => expect((await list(ann, { q })).map(({ id }) => id)).toEqual([ids[index]]));
    }
  });

  it('H13 refuses what is no list, and a cursor that no page has named is followed by nothing', async () => {
    for (const query of ['show=other', 'sort=size', 'q=', `q=${'x'.repeat(201)}`]) {
      const answer: Answer = await ann.get(`/api/documents?${query}`);
      expect([query, answer.status, answer.code]).toEqual([query, 400, 'bad_message']);
    }
    for (const sort of ['edited', 'opened', 'title', 'created']) {
      expect(await list(ann, { sort, cursor: "' OR 1=1" })).toEqual([]);
    }
  });

  it('H17 answers as many searches as it may, and no more', async () => {
    const limited = await ServerProcess.start({ env: { WEFT_SEARCHES_PER_SECOND: '1' } });
    try {
      const guest = await Stranger.guest(limited.url);
      const answers = await Promise.all(Array.from({ length: 20 }, () => guest.get('/api/documents?q=word')));
      expect(answers.filter(({ status }) => status === 200).length).toBeLessThan(10);
      expect(answers.find(({ status }) => status === 429)!.code).toBe('rate_limited');
    } finally {
      await limited.dispose();
    }
  });
});

describe('titles', () => {
  it('H15 follow the text until somebody names the document, for whoever joins and in lists', async () => {
    const id = await ann.makeDocument({ content: 'hello\n\n# Plans for **May**\n\nFirst of all' });
    expect((await ann.get(`/api/documents/${id}`)).json).toMatchObject({ title: 'Plans for May', isNamed: false });
    const { client } = await type(ann, id, '# Summer #\n');
    expect((await ann.get(`/api/documents/${id}`)).json).toMatchObject({ title: 'Summer', isNamed: false });
    const { client: other, answer } = await bob.join(id);
    expect(answer).toMatchObject({ title: 'Summer', isNamed: false });
    expect(await listedAs(ann, id)).toMatchObject({ title: 'Summer', isNamed: false });
    await eventually(async () => expect((await listedAs(ann, id)).snippet).toMatch(/^hello Plans for May First/));
    const named = await ann.send('PATCH', `/api/documents/${id}`, { title: 'Ours' });
    expect(named.json).toMatchObject({ title: 'Ours', isNamed: true });
    const told = await other.next((message) => message.type === 'document-meta');
    expect(told).toMatchObject({ title: 'Ours', isNamed: true });
    client.close();
    other.close();
  });

  it('H15 of an empty document are what they were', async () => {
    const id = await ann.makeDocument();
    expect((await ann.get(`/api/documents/${id}`)).json).toMatchObject({ title: 'Untitled', isNamed: false });
  });
});

describe('what happened meanwhile', () => {
  it('H16 is told to whoever was there, and to nobody else', async () => {
    const id = await ann.makeDocument({ title: 'Shared', content: 'begun' });
    const first = await type(bob, id, 'Bob was here. ');
    first.client.send({ type: 'leave' });
    await first.client.closed();
    await eventually(async () => expect(await listedAs(bob, id, { show: 'shared' })).toMatchObject({ id }));
    expect(await listedAs(bob, id)).not.toHaveProperty('unseen');
    const { client } = await type(ann, id, 'Ann too. ');
    await eventually(async () => {
      expect(await listedAs(bob, id)).toMatchObject({
        unseen: { changes: 1, by: [{ name: 'Ann' }] },
        editedBy: { name: 'Ann' },
        openedAt: expect.any(Number),
      });
    });
    expect(await listedAs(ann, id)).not.toHaveProperty('unseen');
    const again = await bob.join(id);
    await eventually(async () => expect(await listedAs(bob, id)).not.toHaveProperty('unseen'));
    client.close();
    again.client.close();
  });

  it('H16 is not seen by somebody who is away', async () => {
    const id = await ann.makeDocument({ title: 'Long open' });
    const { client: away } = await bob.join(id);
    away.send({ type: 'presence', state: 'away' });
    away.send({ type: 'ping', nonce: 1 });
    await away.next((message) => message.type === 'pong');
    const { client } = await type(ann, id, 'news');
    await eventually(async () => expect((await listedAs(bob, id)).unseen?.changes).toBe(1));
    away.send({ type: 'leave' });
    await away.closed();
    await eventually(async () => expect((await listedAs(bob, id)).unseen?.changes).toBe(1));
    client.close();
  });

  it('H16 tells owners who was here and is no member, and others nothing', async () => {
    const id = await ann.makeDocument({ title: 'Visited' });
    const { client } = await bob.join(id);
    const people = `/api/documents/${id}/people`;
    await eventually(async () => {
      const { json } = await ann.get(`${people}?q=BO`);
      expect(json).toMatchObject({ people: [{ user: { name: 'Bob' }, lastSeenAt: expect.any(Number) }] });
    });
    expect((await ann.get(`${people}?q=nobody`)).json).toEqual({ people: [] });
    expect((await bob.get(people)).code).toBe('forbidden');
    const bobsId = ((await bob.get('/api/session')).json!['user'] as { id: string }).id;
    await ann.send('PUT', `/api/documents/${id}/members/${bobsId}`, { role: 'viewer' });
    expect((await ann.get(`${people}?q=bob`)).json).toEqual({ people: [] });
    client.close();
  });
});

describe('watching, copies and the bin', () => {
  it('H17 anybody who sees a document may watch it', async () => {
    const id = await ann.makeDocument({ title: 'Watched', linkAccess: 'view' });
    expect((await bob.send('PUT', `/api/documents/${id}/watch`)).status).toBe(204);
    expect((await bob.get(`/api/documents/${id}`)).json).toMatchObject({ isWatched: true });
    expect((await list(bob, { show: 'watched' })).map((document) => document.id)).toEqual([id]);
    expect((await listedAs(ann, id)).isWatched).toBe(false);
    await ann.send('PATCH', `/api/documents/${id}`, { linkAccess: 'none' });
    expect(await list(bob, { show: 'watched' })).toEqual([]);
    expect((await bob.send('DELETE', `/api/documents/${id}/watch`)).code).toBe('not_found');
    await ann.send('PATCH', `/api/documents/${id}`, { linkAccess: 'view' });
    expect((await bob.send('DELETE', `/api/documents/${id}/watch`)).status).toBe(204);
    expect(await list(bob, { show: 'watched' })).toEqual([]);
    const nobody = new Stranger(server.url);
    expect((await nobody.send('PUT', `/api/documents/${id}/watch`)).status).toBe(204);
    expect((await list(nobody, { show: 'watched' })).map((document) => document.id)).toEqual([id]);
  });

  it('H17 whoever sees a document may copy its newest text, and owns the copy', async () => {
    const named = await ann.makeDocument({ title: 'Form', content: 'fields', linkAccess: 'view' });
    const unnamed = await ann.makeDocument({ content: '# Heading\n', linkAccess: 'view' });
    const copyOf = async (id: string, fields?: object): Promise<Answer> =>
      bob.send('POST', `/api/documents/${id}/copy`, fields);
    const first = await copyOf(named, { title: 'Copy of Form', linkAccess: 'none' });
    expect(first.status).toBe(201);
    expect(first.json).toMatchObject({ title: 'Copy of Form', isNamed: true, role: 'owner', linkAccess: 'none' });
    expect((await bob.read(first.json!['id'] as string)).text).toBe('fields');
    expect((await copyOf(named)).json).toMatchObject({ title: 'Form', isNamed: true, linkAccess: 'view' });
    expect((await copyOf(unnamed, {})).json).toMatchObject({ title: 'Heading', isNamed: false });
    expect((await copyOf(named, { title: '' })).code).toBe('bad_message');
    await ann.send('PATCH', `/api/documents/${named}`, { linkAccess: 'none' });
    expect((await copyOf(named)).code).toBe('not_found');
    const private_ = await ann.send('POST', `/api/documents/${named}/copy`, { title: 'Mine' });
    expect(private_.json).toMatchObject({ title: 'Mine', linkAccess: 'none' });
    expect((await bob.get(`/api/documents/${private_.json!['id'] as string}`)).code).toBe('not_found');
  });

  it('H5 an owner deletes for good what is in the trash, and nothing else', async () => {
    const id = await ann.makeDocument({ title: 'Old', content: 'quokka' });
    const forGood = (who: Stranger): Promise<Answer> => who.send('DELETE', `/api/bin/${id}`);
    expect((await forGood(ann)).code).toBe('not_found');
    expect((await forGood(bob)).code).toBe('forbidden');
    await ann.send('DELETE', `/api/documents/${id}`);
    expect(await listedAs(ann, id, { show: 'bin' })).toMatchObject({ title: 'Old' });
    await eventually(async () => expect(await listedAs(ann, id, { show: 'bin', q: 'quokka' })).toMatchObject({ id }));
    expect((await forGood(bob)).code).toBe('not_found');
    expect((await forGood(ann)).status).toBe(204);
    expect((await forGood(ann)).code).toBe('not_found');
    expect(await list(ann, { show: 'bin', q: 'quokka' })).toEqual([]);
    expect((await ann.send('PATCH', `/api/documents/${id}`, { trashed: false })).code).toBe('not_found');
  });
});
