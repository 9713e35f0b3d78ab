/** On Apple's machines Cmd takes the place of Ctrl. */
export const IS_APPLE = /Mac|iP(hone|ad|od)/.test(globalThis.navigator?.platform ?? '');

/** A key pressed together with Ctrl, or with Cmd on Apple's machines. */
export interface Chord {
  /** A small letter or a sign. */
  readonly key: string;
  readonly shift: boolean;
  readonly alt: boolean;
}

/**
 * What a key together with Ctrl or Cmd means, on every layout. If the layout types Latin letters, the letter counts, wherever its
 * key is. If it types others, the position of the key counts, as printed on keyboards for both. With Alt too, the position always
 * counts. Undefined with AltGr, and if the layout types something with Ctrl and Alt, which is AltGr on some systems.
 */
export function chordOf(event: KeyboardEvent, isApple = IS_APPLE): Chord | undefined {
  const isHeld = isApple ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
  if (!isHeld || event.getModifierState('AltGraph')) return undefined;
  const { shiftKey: shift, altKey: alt } = event;
  if (!alt) return { key: keyOf(event), shift, alt };
  const key = positionOf(event);
  // Option types a sign with nearly every letter on Apple's machines, but not while Cmd is held.
  const isTyped = !isApple && LATIN_OR_SIGN.test(event.key) && event.key.toLowerCase() !== key;
  return isTyped ? undefined : { key, shift, alt };
}

/** What layouts type with AltGr: of letters other than Latin, the plain key is told. */
const LATIN_OR_SIGN = /^[^\p{L}]$|^\p{Script=Latin}$|^µ$/u;

/** The letter or sign printed on a key, wherever the layout has it. */
function positionOf({ key, code }: KeyboardEvent): string {
  const signs: Record<string, string> = { Slash: '/', Period: '.', Comma: ',' };
  return /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? signs[code] ?? key.toLowerCase();
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
