import { describe, expect, it } from 'vitest';
import type { LinkAccess, LinkRole, Role } from '../../shared/protocol/roles.ts';
import { roleOf, whyNotEdit } from './roles.ts';
import { NO_ACCESS, type UserAccess } from '../stores/access-catalogue.ts';

const NOW = 1000;
const at = (linkAccess: LinkAccess, trashedAt?: number) => ({
  id: 'a',
  linkAccess,
  trashedAt,
});
const member = (role: Role): UserAccess => ({ member: role, links: [] });
const link = (role: LinkRole, expiresAt?: number) => ({ role, expiresAt });
const token = (...grants: [string, Role][]) => ({ token: { grants: new Map(grants), expiresAt: 1, countsUntil: 2 } });
const account = { token: { expiresAt: 1, countsUntil: 2 } };

describe('roleOf', () => {
  it.each([
    ['none', undefined],
    ['view', { role: 'viewer' }],
    ['comment', { role: 'commenter' }],
    ['edit', { role: 'editor' }],
  ] as const)('with link access %s makes of whoever has the link: %o', (linkAccess, role) => {
    for (const requester of [undefined, {}, account])
      expect(roleOf(at(linkAccess), requester, NO_ACCESS, NOW)).toEqual(role);
    expect(roleOf(at(linkAccess), {}, member('owner'), NOW)).toEqual({ role: 'owner' });
  });

  it.each<[string, UserAccess, ReturnType<typeof roleOf>]>([
    ['a member', member('viewer'), { role: 'viewer' }],
    ['a link', { links: [link('commenter')] }, { role: 'commenter' }],
    ['a link that ends', { links: [link('editor', 1001)] }, { role: 'editor', until: 1001 }],
    ['a link that has ended', { links: [link('editor', 1000)] }, undefined],
    ['the higher of two', { member: 'commenter', links: [link('editor', 2000)] }, { role: 'editor', until: 2000 }],
    ['the role by name', { member: 'editor', links: [link('viewer', 2000)] }, { role: 'editor' }],
    ['the longer of two', { links: [link('viewer', 2000), link('viewer'), link('viewer', 1500)] }, { role: 'viewer' }],
  ])('M4 is the highest of name and links: %s', (_case, access, expected) => {
    expect(roleOf(at('none'), {}, access, NOW)).toEqual(expected);
  });

  it('is raised by link access also for members', () => {
    expect(roleOf(at('edit'), {}, member('viewer'), NOW)).toEqual({ role: 'editor' });
    expect(roleOf(at('view'), {}, { links: [link('editor', 1500)] }, 1500)).toEqual({ role: 'viewer' });
  });

  it('M4 is exactly what a token grants, whatever else there is', () => {
    expect(roleOf(at('edit'), token(['a', 'viewer']), member('owner'), NOW)).toEqual({ role: 'viewer' });
    expect(roleOf(at('edit'), token(['b', 'owner']), member('owner'), NOW)).toBeUndefined();
    expect(roleOf(at('edit'), token(), NO_ACCESS, NOW)).toBeUndefined();
    expect(roleOf(at('none'), token(['a', 'owner']), NO_ACCESS, NOW)).toEqual({ role: 'owner' });
    expect(roleOf(at('none', 1), token(['a', 'owner']), NO_ACCESS, NOW)).toBeUndefined();
    expect(roleOf(at('none'), account, member('commenter'), NOW)).toEqual({ role: 'commenter' });
  });

  it('is nobody in the trash, not even an owner', () => {
    for (const requester of [{}, token(['a', 'owner'])]) {
      expect(roleOf(at('edit', 1), requester, member('owner'), NOW)).toBeUndefined();
    }
  });
});

describe('whyNotEdit', () => {
  const expires = { expiresAt: 500, countsUntil: NOW };

  it.each<[Role | undefined, 'forbidden' | undefined]>([
    [undefined, 'forbidden'],
    ['viewer', 'forbidden'],
    ['commenter', 'forbidden'],
    ['editor', undefined],
    ['owner', undefined],
  ])('refuses %s: %s', (role, code) => {
    expect(whyNotEdit(role, undefined, NOW)?.code).toBe(code);
    expect(whyNotEdit(role, { ...expires, countsUntil: NOW + 1 }, NOW)?.code).toBe(code);
  });

  it('refuses everybody whose token does not count any more, and nobody in its grace', () => {
    expect(whyNotEdit('owner', expires, NOW - 1)).toBeUndefined();
    for (const role of ['owner', 'viewer', undefined] as const) {
      expect(whyNotEdit(role, expires, NOW)).toEqual({ code: 'unauthenticated', message: 'Your token has expired' });
    }
  });
});
