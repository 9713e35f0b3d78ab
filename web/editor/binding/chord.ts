/** On these Cmd is held where others hold Ctrl. */
export const IS_APPLE = /Mac|iP(hone|ad|od)/.test(globalThis.navigator?.platform ?? '');

/** A key pressed together with Ctrl, or with Cmd on Apple's machines. */
export interface Chord {
  /** A small letter or a sign. */
  readonly key: string;
  readonly shift: boolean;
}

/**
 * What a key together with Ctrl or Cmd asks for, on every layout. Where the layout writes Latin letters, the letter counts,
 * wherever its key is. Where it writes others, the place of the key counts, as printed on keyboards for both. Nothing with AltGr or
 * Alt, which type letters.
 */
export function chordOf(event: KeyboardEvent, isApple = IS_APPLE): Chord | undefined {
  const isHeld = isApple ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
  if (!isHeld || event.altKey || event.getModifierState('AltGraph')) return undefined;
  return { key: keyOf(event), shift: event.shiftKey };
}

function keyOf({ key, code }: KeyboardEvent): string {
  // Russian and Hebrew layouts have the full stop where others have the slash.
  if (code === 'Slash' && key === '.') return '/';
  const isLatin = /^[\p{ASCII}\p{Script=Latin}]$/u.test(key);
  // Input methods answer with names of their own, such as "Process".
  const isNamed = /^\w{2,}$/.test(key) && !['Process', 'Unidentified', 'Dead'].includes(key);
  if (isLatin || isNamed) return key.toLowerCase();
  if (code === 'Slash') return '/';
  return /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? key;
}

/** Taking back one's own edits, or doing them again. */
export type Retraction = 'undo' | 'redo';

/** What a key, or a choice in the menu of the browser or the keyboard of a phone, asks for. */
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
