import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Role } from '../../shared/protocol/roles.ts';
import { FakeServer } from '../testing/fake-server.ts';
import { Seen } from '../testing/seen.svelte.ts';
import type { AccessBody } from '../links/sharing-api.ts';
import { Sharing } from './sharing.svelte.ts';

const ACCESS = 'GET /api/documents/plan/access';
const member = (id: string, role: Role) => ({ user: { id, name: id, color: '#ba3d47' }, role, addedAt: 1 });
const access = (...members: AccessBody['members']): AccessBody => ({ linkAccess: 'none', members, links: [] });
const FIRST = access(member('ada', 'owner'));
const SECOND = access(member('ada', 'owner'), member('joon', 'editor'));

let server: FakeServer;
let sharing: Sharing;

beforeEach(() => {
  server = new FakeServer();
  sharing = new Sharing('plan');
});

async function load(answer: AccessBody): Promise<void> {
  const loading = sharing.load();
  (await server.next(ACCESS)).answer(answer);
  await loading;
}

describe('reading who may do what', () => {
  it('an owner sees it, and components hear of it', async () => {
    const kinds = new Seen(() => sharing.state.kind);
    await load(FIRST);
    expect(sharing.state).toEqual({ kind: 'owned', access: FIRST });
    expect(kinds.values).toEqual(['loading', 'owned']);
  });

  it.each([
    [403, 'forbidden'],
    [404, 'not_found'],
  ] as const)('%i %s: one is no owner', async (status, code) => {
    const loading = sharing.load();
    (await server.next(ACCESS)).refuse(status, code);
    await loading;
    expect(sharing.state).toEqual({ kind: 'not-owned' });
  });

  it('a failure is told in words, and the next answer takes its place', async () => {
    const loading = sharing.load();
    (await server.next(ACCESS)).drop();
    await loading;
    expect(sharing.state).toEqual({
      kind: 'failed',
      message: 'The server cannot be reached. Check the connection and try again.',
    });
    await load(FIRST);
    expect(sharing.state).toEqual({ kind: 'owned', access: FIRST });
  });

  it('what is shown already stays if reading it anew fails', async () => {
    await load(FIRST);
    const loading = sharing.load();
    (await server.next(ACCESS)).refuse(503, 'unavailable');
    await loading;
    expect(sharing.state).toEqual({ kind: 'owned', access: FIRST });
  });

  it('an answer to an earlier question never replaces that to a later one', async () => {
    const both = [sharing.load(), sharing.load()];
    const [early, late] = [await server.next(ACCESS), await server.next(ACCESS)];
    late.answer(SECOND);
    early.answer(FIRST);
    await Promise.all(both);
    expect(sharing.state).toEqual({ kind: 'owned', access: SECOND });
  });

  it('nor does a late refusal', async () => {
    const both = [sharing.load(), sharing.load()];
    const [early, late] = [await server.next(ACCESS), await server.next(ACCESS)];
    late.answer(SECOND);
    early.refuse(403, 'forbidden');
    await Promise.all(both);
    expect(sharing.state).toEqual({ kind: 'owned', access: SECOND });
  });
});

describe('one’s own role', () => {
  it.each<Role | undefined>(['owner', undefined])('%s: asks', async (role) => {
    sharing.become(role);
    (await server.next(ACCESS)).answer(FIRST);
    await vi.waitFor(() => expect(sharing.state.kind).toBe('owned'));
  });

  it.each<Role>(['editor', 'commenter', 'viewer'])('%s: does not ask, and drops what is under way', async (role) => {
    const loading = sharing.load();
    const asked = await server.next(ACCESS);
    sharing.become(role);
    expect(sharing.state).toEqual({ kind: 'not-owned' });
    asked.answer(FIRST);
    await loading;
    expect(sharing.state).toEqual({ kind: 'not-owned' });
    expect(server.waiting).toEqual([]);
  });

  it('to step down leaves what only owners see', async () => {
    await load(SECOND);
    const done = sharing.stepDown('ada', 'viewer');
    const asked = await server.next('PUT /api/documents/plan/members/ada');
    expect(asked.body).toEqual({ role: 'viewer' });
    asked.answer(member('ada', 'viewer'));
    await done;
    expect(sharing.state).toEqual({ kind: 'not-owned' });
    expect(server.waiting).toEqual([]);
  });

  it('handing over makes the other an owner first', async () => {
    await load(SECOND);
    const done = sharing.handOver('joon', 'ada');
    const other = await server.next('PUT /api/documents/plan/members/joon');
    expect([other.body, server.waiting]).toEqual([{ role: 'owner' }, []]);
    other.answer(member('joon', 'owner'));
    (await server.next(ACCESS)).answer(SECOND);
    const own = await server.next('PUT /api/documents/plan/members/ada');
    expect(own.body).toEqual({ role: 'editor' });
    own.answer(member('ada', 'editor'));
    await done;
    expect(sharing.state).toEqual({ kind: 'not-owned' });
  });

  it('keeps its role if nobody else became the owner', async () => {
    await load(SECOND);
    const done = sharing.handOver('joon', 'ada');
    (await server.next('PUT /api/documents/plan/members/joon')).refuse(404, 'not_found');
    (await server.next(ACCESS)).answer(FIRST);
    await expect(done).rejects.toMatchObject({ code: 'not_found' });
    expect(sharing.state).toEqual({ kind: 'owned', access: FIRST });
    expect(server.waiting).toEqual([]);
  });
});

describe('a change', () => {
  it.each<[string, () => Promise<unknown>, string, unknown]>([
    ['a role', () => sharing.setRole('a b', 'viewer'), 'PUT /api/documents/plan/members/a%20b', { role: 'viewer' }],
    ['the address', () => sharing.setLinkAccess('view'), 'PATCH /api/documents/plan', { linkAccess: 'view' }],
    ['a removal', () => sharing.remove('joon'), 'DELETE /api/documents/plan/members/joon', undefined],
    ['a new link', () => sharing.makeLink({ role: 'viewer' }), 'POST /api/documents/plan/links', { role: 'viewer' }],
    ['a revocation', () => sharing.revoke('l1'), 'DELETE /api/documents/plan/links/l1', undefined],
  ])('of %s is sent, and then everything is read anew', async (_what, change, line, body) => {
    await load(FIRST);
    const done = change();
    const asked = await server.next(line);
    expect(asked.body).toEqual(body);
    asked.answer({});
    (await server.next(ACCESS)).answer(SECOND);
    await done;
    expect(sharing.state).toEqual({ kind: 'owned', access: SECOND });
  });

  it('that was refused rejects, after everything was read anew', async () => {
    await load(SECOND);
    const done = sharing.setRole('ada', 'editor');
    (await server.next('PUT /api/documents/plan/members/ada')).refuse(409, 'last_owner', 'No owner would be left');
    (await server.next(ACCESS)).answer(FIRST);
    await expect(done).rejects.toMatchObject({ code: 'last_owner', message: 'No owner would be left' });
    expect(sharing.state).toEqual({ kind: 'owned', access: FIRST });
  });

  it('drops an answer that was asked for before it', async () => {
    const loading = sharing.load();
    const early = await server.next(ACCESS);
    const done = sharing.remove('joon');
    (await server.next('DELETE /api/documents/plan/members/joon')).answer();
    (await server.next(ACCESS)).answer(FIRST);
    await done;
    early.answer(SECOND);
    await loading;
    expect(sharing.state).toEqual({ kind: 'owned', access: FIRST });
  });
});

describe('while it is looked at', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('an owner’s list is read every ten seconds, until that is ended', async () => {
    const end = sharing.watch();
    vi.advanceTimersByTime(10_000);
    expect(server.waiting).toEqual([]);
    await load(FIRST);
    vi.advanceTimersByTime(10_000);
    (await server.next(ACCESS)).answer(SECOND);
    await vi.waitFor(() => expect(sharing.state).toEqual({ kind: 'owned', access: SECOND }));
    end();
    vi.advanceTimersByTime(60_000);
    expect(server.waiting).toEqual([]);
  });
});
