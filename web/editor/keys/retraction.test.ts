import { expect, it } from 'vitest';
import { retractionOf } from './retraction.ts';

const plain = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, getModifierState: () => false };

it.each([
  ['Ctrl+Z', { key: 'z', ctrlKey: true }, false, 'undo'],
  ['Ctrl+Z with Caps Lock', { key: 'Z', ctrlKey: true }, false, 'undo'],
  ['Ctrl+Shift+Z', { key: 'Z', ctrlKey: true, shiftKey: true }, false, 'redo'],
  ['Ctrl+Shift+Z with Caps Lock', { key: 'z', ctrlKey: true, shiftKey: true }, false, 'redo'],
  ['Ctrl+Z in Russian', { key: 'я', code: 'KeyZ', ctrlKey: true }, false, 'undo'],
  ['Ctrl+Shift+Z in Russian', { key: 'Я', code: 'KeyZ', ctrlKey: true, shiftKey: true }, false, 'redo'],
  ['Ctrl+Y in Hebrew', { key: 'ט', code: 'KeyY', ctrlKey: true }, false, 'redo'],
  ['Ctrl+W on AZERTY, where Z is elsewhere', { key: 'w', code: 'KeyZ', ctrlKey: true }, false, undefined],
  ['Ctrl+Y', { key: 'y', ctrlKey: true }, false, 'redo'],
  ['Cmd+Z on Apple', { key: 'z', metaKey: true }, true, 'undo'],
  ['Cmd+Shift+Z on Apple', { key: 'z', metaKey: true, shiftKey: true }, true, 'redo'],
  ['Ctrl+Y on Apple, which pastes there', { key: 'y', ctrlKey: true }, true, undefined],
  ['Ctrl+Alt+Z, which types a letter on some keyboards', { key: 'z', ctrlKey: true, altKey: true }, false, undefined],
  ['z', { key: 'z' }, false, undefined],
])('%s', (_name, event, isApple, expected) => {
  expect(retractionOf({ ...plain, ...event } as unknown as KeyboardEvent, isApple)).toBe(expected);
});

it.each([
  ['historyUndo', 'undo'],
  ['historyRedo', 'redo'],
  ['insertText', undefined],
])('%s of the browser', (inputType, expected) => {
  expect(retractionOf({ inputType } as InputEvent)).toBe(expected);
});
