import { expect, it } from 'vitest';
import { quotedIn, readPage } from './rule-quotes.ts';

const rules = new Set([...readPage('docs/protocol.md').matchAll(/^- \*\*([A-Z]\d{1,2})\b/gm)].map(([, id]) => id!));
const quoted = quotedIn(/\b[A-Z]\d{1,2}\b/g);

it('has every rule that a test title quotes', () => {
  expect(rules.size).toBeGreaterThan(50);
  const unknown = [...quoted].filter(([id]) => !rules.has(id));
  expect(Object.fromEntries(unknown)).toEqual({});
});

it('has no rule that no test title quotes', () => {
  expect([...rules].filter((id) => !quoted.has(id))).toEqual([]);
});
