/** Taking back one's own edits, or doing them again. */
export type Retraction = 'undo' | 'redo';

const IS_APPLE = /Mac|iP(hone|ad|od)/.test(globalThis.navigator?.platform ?? '');

/** What a key, or a choice in the menu of the browser or the keyboard of a phone, asks for. */
export function retractionOf(event: KeyboardEvent | InputEvent, isApple = IS_APPLE): Retraction | undefined {
  if ('inputType' in event) {
    if (event.inputType === 'historyUndo') return 'undo';
    return event.inputType === 'historyRedo' ? 'redo' : undefined;
  }
  if (event.altKey || !(isApple ? event.metaKey : event.ctrlKey)) return undefined;
  // With Caps Lock the shifted Z comes as a small one, so Shift itself decides.
  const key = event.key.toLowerCase();
  if (key === 'z') return event.shiftKey ? 'redo' : 'undo';
  return key === 'y' && !isApple ? 'redo' : undefined;
}
