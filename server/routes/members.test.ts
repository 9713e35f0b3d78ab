import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccessBody } from '../../shared/protocol/http.ts';
import { AppKit, type Caller } from '../testing/app-kit.ts';

let kit: AppKit;
let owner: Caller;
beforeAll(async () => {
  kit = await AppKit.open({ settings: { WEFT_MAX_MEMBERS: '4' } });
  owner = await kit.guest();
});
afterAll(() => kit.close());

const idOf = async (caller: Caller): Promise<string> => (await caller.get('/api/session')).json().user.id;
const accessOf = async (caller: Caller, url: string): Promise<AccessBody> => (await caller.get(`${url}/access`)).json();
const roles = ({ members }: AccessBody): string[] => members.map(({ user, role }) => `${user.name} ${role}`);
const put = (caller: Caller, url: string, userId: string, role: string) =>
  caller.send('PUT', `${url}/members/${encodeURIComponent(userId)}`, { body: { role } });
const remove = (caller: Caller, url: string, userId: string) =>
  caller.send('DELETE', `${url}/members/${encodeURIComponent(userId)}`);

async function closedDocument(): Promise<string> {
  return `/api/documents/${await owner.makeDocument({ linkAccess: 'none' })}`;
}

describe('members', () => {
  it('M1 begin with whoever made the document, as its owner', async () => {
    const { user } = (await owner.get('/api/session')).json();
    const { name, color } = user;
    expect(await accessOf(owner, await closedDocument())).toEqual({
      linkAccess: 'none',
      members: [{ user: { id: user.id, name, color }, role: 'owner', addedAt: kit.clock.now() }],
      links: [],
    });
  });

  it('M1 and M2: a member sees the document at once with the role they were given, and no longer once removed', async () => {
    const url = await closedDocument();
    const mina = await kit.guest();
    const id = await idOf(mina);
    expect((await mina.get(url)).statusCode).toBe(404);
    for (const role of ['viewer', 'commenter', 'editor', 'owner']) {
      const response = await put(owner, url, id, role);
      expect([response.statusCode, response.json()]).toMatchObject([200, { user: { id }, role }]);
      expect((await mina.get(url)).json()).toMatchObject({ role });
      expect((await mina.get('/api/documents')).json().documents).toMatchObject([{ role, linkAccess: 'none' }]);
    }
    expect((await remove(owner, url, id)).statusCode).toBe(204);
    expect((await mina.get(url)).statusCode).toBe(404);
    expect((await mina.get('/api/documents')).json()).toEqual({ documents: [] });
    expect((await remove(owner, url, id)).statusCode).toBe(404);
  });

  it('M1 are users that nobody has seen yet too, called by their id', async () => {
    const url = await closedDocument();
    const userId = 'https://id.example/~jun+1@x=|';
    const response = await put(owner, url, userId, 'editor');
    expect(response.json()).toMatchObject({
      user: { id: userId, name: userId, color: /^#[0-9a-f]{6}$/ },
      role: 'editor',
    });
    expect((await remove(owner, url, userId)).statusCode).toBe(204);
  });

  it.each(['', 'a b', 'é', 'x'.repeat(129), 'a\0'])('M1 are not called %j', async (userId) => {
    const url = await closedDocument();
    expect((await put(owner, url, userId, 'editor')).statusCode).toBe(404);
    expect((await accessOf(owner, url)).members).toHaveLength(1);
  });

  it.each([{ role: 'admin' }, { role: null }, {}, [], 'owner'])('M1 have none of the roles %j', async (body) => {
    const url = await closedDocument();
    const response = await owner.send('PUT', `${url}/members/jun`, { body });
    expect(response.json().error.code).toBe('bad_message');
  });

  it('M1 are no more than the setting says', async () => {
    const url = await closedDocument();
    for (const name of ['a', 'b', 'c']) expect((await put(owner, url, name, 'viewer')).statusCode).toBe(200);
    expect((await put(owner, url, 'd', 'viewer')).json().error.code).toBe('bad_message');
    expect((await put(owner, url, 'c', 'editor')).statusCode).toBe(200);
  });
});

describe('owners', () => {
  it('M3 hand the document over: another owner, then leave', async () => {
    const url = await closedDocument();
    const mina = await kit.guest();
    const [ownerId, minaId] = [await idOf(owner), await idOf(mina)];
    await put(owner, url, minaId, 'owner');
    expect((await put(owner, url, ownerId, 'editor')).statusCode).toBe(200);
    expect((await owner.get(url)).json().role).toBe('editor');
    expect((await owner.get(`${url}/access`)).statusCode).toBe(403);
    expect((await remove(owner, url, ownerId)).statusCode).toBe(204);
    expect((await owner.get(url)).statusCode).toBe(404);
    expect((await accessOf(mina, url)).members).toMatchObject([{ user: { id: minaId }, role: 'owner' }]);
  });

  it('M3 FA10 the last one can neither leave, nor be removed, nor become less', async () => {
    const url = await closedDocument();
    const ownerId = await idOf(owner);
    for (const response of [await remove(owner, url, ownerId), await put(owner, url, ownerId, 'viewer')]) {
      expect([response.statusCode, response.json().error.code]).toEqual([409, 'last_owner']);
    }
    expect((await owner.get(url)).json().role).toBe('owner');
  });

  it('M3 FA10 of two who remove each other at once, one stays', async () => {
    const url = await closedDocument();
    const mina = await kit.guest();
    const [ownerId, minaId] = [await idOf(owner), await idOf(mina)];
    await put(owner, url, minaId, 'owner');
    const answers = await Promise.all([remove(owner, url, minaId), remove(mina, url, ownerId)]);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([204, 403]);
    expect(roles(await accessOf(owner, url))).toHaveLength(1);
  });
});
