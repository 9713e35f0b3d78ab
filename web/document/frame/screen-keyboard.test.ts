import { expect, it } from 'vitest';
import { isKeyboardUp } from './screen-keyboard.svelte.ts';

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
