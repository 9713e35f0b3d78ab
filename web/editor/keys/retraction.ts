import { IS_APPLE } from './chord.ts';
import { isShortcut } from './shortcuts.ts';

/** Undoing one's own edits, or redoing them. */
export type Retraction = 'undo' | 'redo';

/** What a key asks for, or a choice in the browser's menu or on the keyboard of a phone. */
export function retractionOf(event: KeyboardEvent | InputEvent, isApple = IS_APPLE): Retraction | undefined {
  if ('inputType' in event) {
    if (event.inputType === 'historyUndo') return 'undo';
    return event.inputType === 'historyRedo' ? 'redo' : undefined;
  }
  if (isShortcut('undo', event, isApple)) return 'undo';
  return isShortcut('redo', event, isApple) ? 'redo' : undefined;
}
