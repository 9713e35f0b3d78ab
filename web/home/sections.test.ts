import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { listedDocument as body } from '../testing/listed-document.ts';
import { useLanguage } from '../words/languages.ts';
import type { HomeQuery } from './home-query.ts';
import { rowsOf } from './sections.ts';

// A Wednesday.
const NOW = new Date(2026, 10, 25, 12, 0).getTime();
const DAY = 86_400_000;
const USUAL: HomeQuery = { show: 'all', sort: 'edited', words: '' };

beforeEach(() => vi.stubGlobal('navigator', { languages: ['en-GB'] }));
afterEach(async () => {
  vi.unstubAllGlobals();
  await useLanguage('en');
});

const DOCUMENTS = [0, 1, 2, 3, 20, 40, 50, 400].map((days) => body(`${days}`, NOW - days * DAY));

function shown(query: Partial<HomeQuery> = {}, here: readonly string[] = [], documents = DOCUMENTS): string {
  return rowsOf({ documents, here: new Set(here), query: { ...USUAL, ...query }, now: NOW })
    .map(({ heading, document }) => (heading === undefined ? document.id : `${heading}: ${document.id}`))
    .join(', ');
}

it('documents stand under the time when they were changed', () => {
  expect(shown()).toBe(
    'Today: 0, Earlier this week: 1, 2, Earlier this month: 3, 20, October: 40, 50, October 2025: 400',
  );
});

it('those where people are come first, in their order', () => {
  expect(shown({}, ['20', '1'])).toMatch(/^People here now: 1, 20, Today: 0, Earlier this week: 2, /);
});

it('what was never opened stands last, and says so', () => {
  const documents = [body('a', 1, { openedAt: NOW }), body('b', NOW)];
  expect(shown({ sort: 'opened' }, [], documents)).toBe('Today: a, Not opened yet: b');
});

it.each([{ words: 'x' }, { sort: 'title' }, { show: 'bin' }] as const)('there are no sections with %j', (query) =>
  expect(shown(query, ['1'])).toBe('0, 1, 2, 3, 20, 40, 50, 400'),
);

it('headings are in the chosen language', async () => {
  await useLanguage('ko');
  expect(shown()).toMatch(/^오늘: 0, 이번 주: 1, 2, 이번 달: 3, 20, 10월: 40, /);
});
