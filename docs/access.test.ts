import { expect, it } from 'vitest';
import { ROLES, type Role } from '../shared/protocol/roles.ts';
import { MESSAGES, ROUTES } from '../server/access/permissions.ts';
import { readPage } from './rule-quotes.ts';

/** The columns of the table. */
const COLUMNS = ROLES.toReversed();

it('docs/access.md states who may do what as the server checks it', () => {
  const [, table] = readPage('docs/access.md').split('## What each role may do\n');
  const listed = [...table!.split('\n## ')[0]!.matchAll(/^\| (.+?) +\| (.*) \|$/gm)]
    .slice(2)
    .map(([, to, marks]) => [to, ROLES.filter((role) => marks!.split('|')[COLUMNS.indexOf(role)]!.trim() === 'yes')]);
  const rows = [...Object.values(ROUTES), ...Object.values(MESSAGES)];
  const permissions = [...rows, ...Object.values(ROUTES).flatMap(({ fields = {} }) => Object.values(fields))];
  const checked = permissions.flatMap(({ roles, to }) => (roles === 'anybody' ? [] : [[to, roles] as const]));
  const [shown, known] = [new Map(listed as [string, Role[]][]), new Map(checked)];
  const unknown = [...shown.keys()].filter((to) => !known.has(to));
  const untold = [...known.keys()].filter((to) => !shown.has(to));
  expect(unknown, 'rows of docs/access.md without one in server/access/permissions.ts').toEqual([]);
  expect(untold, 'rows of server/access/permissions.ts without one in docs/access.md').toEqual([]);
  expect(shown).toEqual(known);
  // One doing has one set of roles, however it is done.
  for (const [to, roles] of checked) expect([to, roles]).toEqual([to, new Map(checked).get(to)]);
});
