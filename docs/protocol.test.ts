import { expect, it } from 'vitest';
import { ROUTES } from '../server/access/permissions.ts';
import { quotedIn, readPage } from './rule-quotes.ts';

/** The contract of documents, and that of pages of others. */
const pages = ['docs/protocol.md', 'docs/embedding.md'].map(readPage).join('\n');
const rules = new Set([...pages.matchAll(/^- \*\*([A-Z]\d{1,2})\b/gm)].map(([, id]) => id!));
const quoted = quotedIn(/\b[A-Z]\d{1,2}\b/g);

it('has every rule that a test title quotes', () => {
  expect(rules.size).toBeGreaterThan(50);
  const unknown = [...quoted].filter(([id]) => !rules.has(id));
  expect(Object.fromEntries(unknown)).toEqual({});
});

it('has no rule that no test title quotes', () => {
  expect([...rules].filter((id) => !quoted.has(id))).toEqual([]);
});

it('lists in section 5 every route of the server, and no other', () => {
  const [, section] = readPage('docs/protocol.md').split('\n## 5. HTTP\n');
  const rows = [...section!.split('\n## ')[0]!.matchAll(/^\| `([A-Z]+ \/[^`]*)`/gm)].map(([, route]) => route!);
  const routes = Object.keys(ROUTES).filter((route) => ROUTES[route]!.hidden !== true);
  const without = (some: readonly string[], others: readonly string[]) => some.filter((each) => !others.includes(each));
  expect(without(routes, rows), 'routes of server/access/permissions.ts without a row in section 5').toEqual([]);
  expect(without(rows, routes), 'rows of section 5 without a route in server/access/permissions.ts').toEqual([]);
  expect(rows, 'a route stands in section 5 twice').toEqual([...new Set(rows)]);
});
