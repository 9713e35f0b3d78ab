import { expect, it } from 'vitest';
import { chordOf } from './chord.ts';

type Held = Partial<Record<'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altGraph', boolean>>;

function press(key: string, code: string, held: Held = { ctrlKey: true }): KeyboardEvent {
  const { altGraph = false, ...keys } = held;
  const event = { key, code, altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, ...keys };
  return { ...event, getModifierState: (name: string) => name === 'AltGraph' && altGraph } as KeyboardEvent;
}

it.each([
  ['Russian', 'я', 'KeyZ', 'z'],
  ['Russian, Caps Lock', 'Я', 'KeyZ', 'z'],
  ['Ukrainian', 'і', 'KeyS', 's'],
  ['Greek', 'ζ', 'KeyZ', 'z'],
  ['Hebrew', 'ז', 'KeyZ', 'z'],
  ['Arabic', 'ئ', 'KeyZ', 'z'],
  ['Arabic, a key of two letters', 'لا', 'KeyB', 'b'],
  ['Korean', 'ㅋ', 'KeyZ', 'z'],
  ['an input method', 'Process', 'KeyZ', 'z'],
  ['Thai', 'ผ', 'KeyZ', 'z'],
  ['Russian', '.', 'Slash', '/'],
  ['Hebrew', '.', 'Slash', '/'],
  ['Arabic', 'ظ', 'Slash', '/'],
  ['AZERTY, where Z stands for W', 'z', 'KeyW', 'z'],
  ['AZERTY, where W stands for Z', 'w', 'KeyZ', 'w'],
  ['AZERTY, where A stands for Q', 'a', 'KeyQ', 'a'],
  ['QWERTZ', 'y', 'KeyZ', 'y'],
  ['Dvorak, where ; stands for Z', ';', 'KeyZ', ';'],
  ['Dvorak, where Z stands for the slash', 'z', 'Slash', 'z'],
  ['German, where - stands for the slash', '-', 'Slash', '-'],
  ['German, with Shift', '/', 'Digit7', '/'],
  ['Bépo, where à stands for Z', 'à', 'KeyZ', 'à'],
  ['a key with a name', 'Enter', 'KeyZ', 'enter'],
])('%s: Ctrl and %j on %s mean %j', (_layout, key, code, meant) => {
  expect(chordOf(press(key, code), false)?.key).toBe(meant);
});

it.each([
  ['AltGr', { ctrlKey: true, altGraph: true }, false],
  ['Ctrl on Apple', { ctrlKey: true }, true],
  ['Cmd elsewhere', { metaKey: true }, false],
  ['nothing', {}, false],
])('with %s held there is no chord', (_name, held, isApple) => {
  expect(chordOf(press('z', 'KeyZ', held), isApple)).toBeUndefined();
});

it.each([
  ['a letter', 'm', 'KeyM', false, 'm'],
  ['a letter in Russian', 'ь', 'KeyM', false, 'm'],
  ['AltGr as Windows tells it, Polish', 'ś', 'KeyS', false, undefined],
  ['AltGr as Windows tells it, German', 'µ', 'KeyM', false, undefined],
  ['Option types a sign on Apple', 'µ', 'KeyM', true, 'm'],
  ['an input method', 'Process', 'KeyM', false, 'm'],
  ['the full stop', '.', 'Period', false, '.'],
  ['a key with a name', 'Enter', 'Enter', false, 'enter'],
])('Ctrl and Alt with %s', (_name, key, code, isApple, meant) => {
  const held = isApple ? { metaKey: true, altKey: true } : { ctrlKey: true, altKey: true };
  expect(chordOf(press(key, code, held), isApple)?.key).toBe(meant);
});
