import { chordOf, IS_APPLE, type Chord } from './chord.ts';

/** A shortcut of the page; the keys that any text field has are in text-keys.ts. */
export interface Shortcut {
  /**
   * The keys as `Mod-Shift-z`, the one that is shown first. Mod is Ctrl, or Cmd on Apple's machines; letters are small ones; there
   * are no digits, because AltGr types `# @ {` with them. Ctrl is Ctrl, and nothing on Apple's machines.
   */
  readonly keys: readonly string[];
  /**
   * Where it works: `text` and `find` while the focus is there, `page` on the whole page of a document, `dialog` while one is open,
   * `home` on the other pages.
   */
  readonly where: readonly ('text' | 'find' | 'page' | 'dialog' | 'home')[];
}

/** Every shortcut there is. Help, menus and handlers read it, and so do the tests. */
export const SHORTCUTS = {
  commands: { keys: ['Mod-/'], where: ['page', 'text', 'home'] },
  find: { keys: ['Mod-f'], where: ['text', 'find', 'page'] },
  findNext: { keys: ['F3', 'Mod-g'], where: ['text', 'find'] },
  findPrevious: { keys: ['Shift-F3', 'Mod-Shift-g'], where: ['text', 'find'] },
  goToLine: { keys: ['Mod-Alt-g'], where: ['text', 'find'] },
  undo: { keys: ['Mod-z'], where: ['text'] },
  redo: { keys: ['Mod-Shift-z', 'Ctrl-y'], where: ['text'] },
  save: { keys: ['Mod-s'], where: ['text', 'page', 'dialog'] },
  selectAll: { keys: ['Mod-a'], where: ['text'] },
  bold: { keys: ['Mod-b'], where: ['text'] },
  italic: { keys: ['Mod-i'], where: ['text'] },
  link: { keys: ['Mod-k'], where: ['text'] },
  moveLineUp: { keys: ['Alt-ArrowUp'], where: ['text'] },
  moveLineDown: { keys: ['Alt-ArrowDown'], where: ['text'] },
  people: { keys: ['Mod-Alt-Shift-p'], where: ['page', 'text'] },
  preview: { keys: ['Mod-Alt-Shift-v'], where: ['page', 'text'] },
  print: { keys: ['Mod-p'], where: ['page', 'text'] },
  nextRegion: { keys: ['F6'], where: ['page', 'text'] },
  previousRegion: { keys: ['Shift-F6'], where: ['page', 'text'] },
  search: { keys: ['/'], where: ['home'] },
} as const satisfies Readonly<Record<string, Shortcut>>;

export type ShortcutId = keyof typeof SHORTCUTS;

/** Whether a key asks for a shortcut. */
export function isShortcut(id: ShortcutId, event: KeyboardEvent, isApple = IS_APPLE): boolean {
  return SHORTCUTS[id].keys.some((keys) => isPressed(keys, event, isApple));
}

function isPressed(keys: string, event: KeyboardEvent, isApple: boolean): boolean {
  const parts = keys.split('-');
  const key = parts.at(-1)!;
  const [shift, alt] = [parts.includes('Shift'), parts.includes('Alt')];
  if (isApple && parts.includes('Ctrl')) return false;
  const chord: Chord | undefined = /^(Mod|Ctrl)-/.test(keys)
    ? chordOf(event, isApple)
    : event.ctrlKey || event.metaKey
      ? undefined
      : { key: event.key, shift: event.shiftKey, alt: event.altKey };
  if (chord === undefined || chord.alt !== alt || chord.key !== key) return false;
  // Some layouts type the slash with Shift.
  return chord.shift === shift || key === '/';
}

const APPLE: Readonly<Record<string, string>> = { Mod: '⌘', Shift: '⇧', Alt: '⌥' };
const SIGNS: Readonly<Record<string, string>> = { ArrowUp: '↑', ArrowDown: '↓', Mod: 'Ctrl', Escape: 'Esc' };

/** The keys of a shortcut as they are shown, one by one: Ctrl, Shift, Z. */
export function keysShown(id: ShortcutId, isApple = IS_APPLE): string[] {
  return everyKeysShown(id, isApple)[0]!;
}

/** All ways to press a shortcut on this machine, each as `keysShown`. */
export function everyKeysShown(id: ShortcutId, isApple = IS_APPLE): string[][] {
  return SHORTCUTS[id].keys
    .filter((keys) => !isApple || !keys.startsWith('Ctrl-'))
    .map((keys) => keys.split('-').map((part) => keyShown(part, isApple)));
}

/** A key as it is printed on keyboards. */
export function keyShown(part: string, isApple = IS_APPLE): string {
  const sign = (isApple ? APPLE[part] : undefined) ?? SIGNS[part];
  return sign ?? (part.length === 1 ? part.toUpperCase() : part);
}
