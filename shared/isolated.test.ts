import { expect, it } from 'vitest';
import { isolated } from './isolated.ts';

it('keeps names whose letters run from the right from turning the sentence around (FP2)', () => {
  expect(isolated('מינה')).toBe('\u2068מינה\u2069');
  expect(isolated('Team 7 ב')).toBe('\u2068Team 7 ב\u2069');
  expect(isolated('علي')).toBe('\u2068علي\u2069');
  expect(isolated('𞤀𞤁')).toBe('\u2068𞤀𞤁\u2069');
});

it('leaves all other names as they are', () => {
  for (const name of ['', 'Joon', '민아', '👨‍👩‍👧', 'Zoë (2)', 'नमस्ते']) expect(isolated(name)).toBe(name);
});

it('lets no name reach beyond itself by signs of direction', () => {
  expect(isolated('\u202Egnp.exe')).toBe('\u2068gnp.exe\u2069');
  expect(isolated('a\u2069b\u2067c')).toBe('\u2068abc\u2069');
});
