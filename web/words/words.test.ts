import { afterEach, expect, it, vi } from 'vitest';
import { countWords } from './en/counts.ts';
import { atLineStart, counted, inDigits, inList, timeOfDay, timeOrDay } from './formats.ts';
import { bestLanguage, LANGUAGES, useLanguage } from './languages.ts';
import { currentLanguage, currentLocale } from './words.ts';

afterEach(async () => {
  vi.unstubAllGlobals();
  await useLanguage('en');
});

const NOON = new Date(2026, 10, 25, 12, 0).getTime();
const DAY = 86_400_000;

it.each([
  [['ko-KR', 'en'], 'ko'],
  [['fr', 'KO'], 'ko'],
  [['fr', 'de-DE'], 'en'],
  [['toString'], 'en'],
  [[], 'en'],
])('of %j the page takes %s', (tags, language) => {
  expect(bestLanguage(tags)).toBe(language);
});

it('words change with the language', async () => {
  expect(countWords.words(1)).toBe('1 word');
  expect(countWords.words(1200)).toBe('1,200 words');
  await useLanguage('ko');
  expect(countWords.words(1)).toBe('단어 1개');
});

it('the language chosen last is shown, also where one chosen before comes later', async () => {
  const korean = useLanguage('ko');
  await useLanguage('en');
  await korean;
  expect(currentLanguage()).toBe('en');
});

it('takes the reader’s own kind of the language for times', () => {
  vi.stubGlobal('navigator', { languages: ['fr', 'en-GB'] });
  expect(currentLocale()).toBe('en-GB');
  expect(timeOfDay(NOON + 3_600_000)).toBe('13:00');
  vi.stubGlobal('navigator', { languages: ['en-US'] });
  expect(timeOfDay(NOON + 3_600_000)).toMatch(/^1:00.PM$/);
});

it('says when something happened as people do', () => {
  vi.stubGlobal('navigator', { languages: ['en-GB'] });
  expect(timeOrDay(NOON - 3_600_000, NOON)).toBe('11:00');
  expect(timeOrDay(NOON - DAY, NOON)).toBe('Tuesday');
  expect(timeOrDay(NOON - 6 * DAY, NOON)).toBe('Thursday');
  expect(timeOrDay(NOON - 7 * DAY, NOON)).toBe('18 November');
  expect(timeOrDay(NOON - 365 * DAY, NOON)).toBe('25 November 2025');
});

it('begins a line with a capital where there are any', () => {
  expect(['can read · never ends', 'élan', '읽기 가능', '3 people', ''].map(atLineStart)).toEqual([
    ...['Can read · never ends', 'Élan', '읽기 가능', '3 people', ''],
  ]);
});

it('writes lists and numbers in the language', async () => {
  expect(inList(['Ada', 'Mina', 'Jonas'])).toBe('Ada, Mina, and Jonas');
  expect(counted(2, { one: '# change', other: '# changes' })).toBe('2 changes');
  await useLanguage('ko');
  expect(inList(['Ada', 'Mina', 'Jonas'])).toBe('Ada, Mina 및 Jonas');
  expect(inDigits(12_345)).toBe('12,345');
});

const english = import.meta.glob<Record<string, object>>('./en/*.ts', { eager: true });

it.each(Object.entries(english))('every language has the words of %s', async (file, module) => {
  const subject = /(\w[\w-]*)\.ts$/.exec(file)![1]!;
  const words = Object.values(module)[0]!;
  for (const { load } of Object.values(LANGUAGES)) {
    const catalogue = await load();
    if (catalogue === undefined) continue;
    expect(Object.keys(catalogue[subject] ?? {}).sort()).toEqual(Object.keys(words).sort());
  }
});
