import { chordOf, IS_APPLE } from './chord.ts';

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
