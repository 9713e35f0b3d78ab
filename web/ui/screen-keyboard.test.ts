import { expect, it } from 'vitest';
import { isKeyboardUp, seenHeight } from './screen-keyboard.svelte.ts';

it.each([
  [800, 800, true, false],
  [480, 800, true, true],
  // The bar of the browser came back.
  [744, 800, true, false],
  // A smaller window, and nobody types.
  [480, 800, false, false],
])('%i of %i px, a field focused: %s → %s', (seen, tallest, isFieldFocused, expected) => {
  expect(isKeyboardUp(seen, tallest, isFieldFocused)).toBe(expected);
});

it.each([
  ['as it is', { height: 800, scale: 1 }, 800],
  ['zoomed in', { height: 800 / 1.5, scale: 1.5 }, 800],
  ['zoomed in over a keyboard', { height: 480 / 1.5, scale: 1.5 }, 480],
  ['where the browser does not say', null, 800],
])('of a page of 800 px is seen, %s, what no keyboard covers', (_name, seen, expected) => {
  const visualViewport = seen as VisualViewport | null;
  expect(seenHeight({ visualViewport, innerHeight: 800 })).toBeCloseTo(expected);
});
