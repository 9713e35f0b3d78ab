import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { isAtLeast, LINK_ACCESS, LINK_ROLES, mayEdit, ROLE_BY_LINK_ACCESS, ROLES } from './roles.ts';

it('go from the most to the least', () => {
  for (const [index, role] of ROLES.entries()) {
    expect(ROLES.filter((least) => isAtLeast(role, least))).toEqual(ROLES.slice(index));
  }
});

it('let owners and editors change the text, and nobody else', () => {
  expect(ROLES.filter(mayEdit)).toEqual(['owner', 'editor']);
  expect(mayEdit(undefined)).toBe(false);
});

it('can all but the owner be given by links, and by the address', () => {
  expect(LINK_ROLES).toEqual(ROLES.filter((role) => role !== 'owner'));
  expect(LINK_ACCESS.map((access) => ROLE_BY_LINK_ACCESS[access])).toEqual([undefined, ...LINK_ROLES.toReversed()]);
});

it('are the ones that the database takes', () => {
  const migration = readFileSync(new URL('../../migrations/0003-access.sql', import.meta.url), 'utf8');
  const taken = [...migration.matchAll(/CHECK \(role IN \((.*?)\)\)/g)].map(([, list]) => list);
  expect(taken).toEqual([ROLES, LINK_ROLES].map((roles) => roles.map((role) => `'${role}'`).join(', ')));
});
