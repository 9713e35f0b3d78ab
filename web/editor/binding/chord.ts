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
