import { expect, it } from 'vitest';
import { quotedIn, readPage } from './rule-quotes.ts';

const rows = new Map(
  [...readPage('docs/faults.md').matchAll(/^\| (F[HWMOASRP]\d{1,2}) +\|[^|]*\| ([^|]*)\|$/gm)].map(([, id, answer]) => [
    id!,
    answer!,
  ]),
);
const quoted = quotedIn(/\bF[HWMOASRP]\d{1,2}\b/g);

it('has every fault that a test title quotes', () => {
  expect(rows.size).toBe(119);
  const unknown = [...quoted].filter(([id]) => !rows.has(id));
  expect(Object.fromEntries(unknown)).toEqual({});
});

it('has a test for every fault, or says why it does not concern Weft', () => {
  const untested = [...rows].filter(([id, answer]) => !quoted.has(id) && !answer.startsWith('Not here'));
  expect(untested.map(([id]) => id)).toEqual([]);
});
