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
  ['AltGr as Windows tells it', { ctrlKey: true, altKey: true }, false],
  ['Ctrl on Apple', { ctrlKey: true }, true],
  ['Cmd elsewhere', { metaKey: true }, false],
  ['nothing', {}, false],
])('with %s held there is no chord', (_name, held, isApple) => {
  expect(chordOf(press('z', 'KeyZ', held), isApple)).toBeUndefined();
});
