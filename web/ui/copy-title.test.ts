import { expect, it } from 'vitest';
import { copyTitle } from './copy-title.ts';

it.each([
  ['Plans', 'Plans (my copy)'],
  ['', 'Untitled (my copy)'],
  ['Plans (my copy)', 'Plans (my copy)'],
  ['a'.repeat(200), `${'a'.repeat(190)} (my copy)`],
  [`${'a'.repeat(189)}🍵${'b'.repeat(9)}`, `${'a'.repeat(189)} (my copy)`],
  [`${'a'.repeat(186)}👨‍👩‍👧`, `${'a'.repeat(186)} (my copy)`],
])('%j is copied as %j', (title, expected) => {
  expect(copyTitle(title)).toBe(expected);
});
