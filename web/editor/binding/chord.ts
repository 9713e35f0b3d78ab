/** On Apple's machines Cmd takes the place of Ctrl. */
export const IS_APPLE = /Mac|iP(hone|ad|od)/.test(globalThis.navigator?.platform ?? '');

/** A key pressed together with Ctrl, or with Cmd on Apple's machines. */
export interface Chord {
  /** A small letter or a sign. */
  readonly key: string;
  readonly shift: boolean;
}

/**
 * What a key together with Ctrl or Cmd means, on every layout. If the layout types Latin letters, the letter counts, wherever its
 * key is. If it types others, the position of the key counts, as printed on keyboards for both. Undefined with AltGr or Alt, which
 * type letters.
 */
export function chordOf(event: KeyboardEvent, isApple = IS_APPLE): Chord | undefined {
  const isHeld = isApple ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
  if (!isHeld || event.altKey || event.getModifierState('AltGraph')) return undefined;
  return { key: keyOf(event), shift: event.shiftKey };
}

function keyOf({ key, code }: KeyboardEvent): string {
  // Russian and Hebrew layouts have the full stop on the key of the slash.
  if (code === 'Slash' && key === '.') return '/';
  const isLatin = /^[\p{ASCII}\p{Script=Latin}]$/u.test(key);
  // Input methods answer with names of their own, such as "Process".
  const isNamed = /^\w{2,}$/.test(key) && !['Process', 'Unidentified', 'Dead'].includes(key);
  if (isLatin || isNamed) return key.toLowerCase();
  if (code === 'Slash') return '/';
  return /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? key;
}

/** Undoing one's own edits, or redoing them. */
export type Retraction = 'undo' | 'redo';

/** What a key asks for, or a choice in the browser's menu or on the keyboard of a phone. */
export function retractionOf(event: KeyboardEvent | InputEvent, isApple = IS_APPLE): Retraction | undefined {
  if ('inputType' in event) {
    if (event.inputType === 'historyUndo') return 'undo';
    return event.inputType === 'historyRedo' ? 'redo' : undefined;
  }
  const chord = chordOf(event, isApple);
  // With Caps Lock the shifted Z comes as a small one, so Shift itself decides.
  if (chord?.key === 'z') return chord.shift ? 'redo' : 'undo';
  return chord?.key === 'y' && !chord.shift && !isApple ? 'redo' : undefined;
}
