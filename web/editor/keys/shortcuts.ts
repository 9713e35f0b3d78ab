import { chordOf, IS_APPLE, type Chord } from './chord.ts';

/** A shortcut of the page; the keys that any text field has are in text-keys.ts. */
export interface Shortcut {
  /**
   * The keys as `Mod-Shift-z`, the one that is shown first. Mod is Ctrl, or Cmd on Apple's machines; letters are small ones; there
   * are no digits, because AltGr types `# @ {` with them.
   */
  readonly keys: readonly string[];
  /** Where it works: `text` and `find` while the focus is there, `page` on the whole page of a document, `home` on the list. */
  readonly where: readonly ('text' | 'find' | 'page' | 'home')[];
}

/** Every shortcut there is. Help, menus and handlers read it, and so do the tests. */
export const SHORTCUTS = {
  commands: { keys: ['Mod-/'], where: ['page', 'text', 'home'] },
  find: { keys: ['Mod-f'], where: ['text', 'find', 'page'] },
  findNext: { keys: ['F3', 'Mod-g'], where: ['text', 'find'] },
  findPrevious: { keys: ['Shift-F3', 'Mod-Shift-g'], where: ['text', 'find'] },
  undo: { keys: ['Mod-z'], where: ['text'] },
  redo: { keys: ['Mod-Shift-z', 'Mod-y'], where: ['text'] },
  save: { keys: ['Mod-s'], where: ['text', 'page'] },
  selectAll: { keys: ['Mod-a'], where: ['text'] },
  bold: { keys: ['Mod-b'], where: ['text'] },
  italic: { keys: ['Mod-i'], where: ['text'] },
  link: { keys: ['Mod-k'], where: ['text'] },
  moveLineUp: { keys: ['Alt-ArrowUp'], where: ['text'] },
  moveLineDown: { keys: ['Alt-ArrowDown'], where: ['text'] },
  people: { keys: ['Mod-Alt-Shift-p'], where: ['page', 'text'] },
  preview: { keys: ['Mod-Alt-Shift-v'], where: ['page', 'text'] },
  print: { keys: ['Mod-p'], where: ['page', 'text'] },
  nextRegion: { keys: ['F6'], where: ['page', 'text', 'home'] },
  previousRegion: { keys: ['Shift-F6'], where: ['page', 'text', 'home'] },
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
  const [mod, shift, alt] = [parts.includes('Mod'), parts.includes('Shift'), parts.includes('Alt')];
  const chord: Chord | undefined = mod
    ? chordOf(event, isApple)
    : event.ctrlKey || event.metaKey
      ? undefined
      : { key: event.key, shift: event.shiftKey, alt: event.altKey };
  if (chord === undefined || chord.alt !== alt || chord.key !== key) return false;
  // Some layouts type the slash with Shift.
  return chord.shift === shift || key === '/';
}

const APPLE: Readonly<Record<string, string>> = { Mod: '⌘', Shift: '⇧', Alt: '⌥' };
const SIGNS: Readonly<Record<string, string>> = { ArrowUp: '↑', ArrowDown: '↓', Mod: 'Ctrl' };

/** The keys of a shortcut as they are shown, one by one: Ctrl, Shift, Z. */
export function keysShown(id: ShortcutId, isApple = IS_APPLE): string[] {
  return SHORTCUTS[id].keys[0].split('-').map((part) => {
    const sign = (isApple ? APPLE[part] : undefined) ?? SIGNS[part];
    return sign ?? (part.length === 1 ? part.toUpperCase() : part);
  });
}
