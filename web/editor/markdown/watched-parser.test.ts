import { parser } from '@lezer/markdown';
import { expect, it } from 'vitest';
import { SLOWEST_STEP, WatchedParser } from './watched-parser.ts';

/** How often a parser tells of slow steps where each step takes so many milliseconds. */
function tellings(stepTime: number): number {
  let now = 0;
  let told = 0;
  const watched = new WatchedParser(
    parser,
    () => (told += 1),
    () => (now += stepTime),
  );
  expect(watched.parse('a\n\n*b*').resolve(5).name).toBe('Emphasis');
  watched.parse('again');
  return told;
}

it('a slow step is told once, and the text is read all the same', () => {
  expect(tellings(SLOWEST_STEP + 1)).toBe(1);
});

it('steps that are quick enough are not told, however many they are', () => {
  expect(tellings(SLOWEST_STEP)).toBe(0);
});
