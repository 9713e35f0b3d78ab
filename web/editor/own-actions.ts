import type { Extension } from '@codemirror/state';
import { EditorView, ViewPlugin } from '@codemirror/view';

/** Tells when the person at this screen types, clicks, scrolls or presses a key; not when the program scrolls. */
export function ownActions(tell: () => void): Extension {
  return [
    ViewPlugin.define((view) => {
      const gestures = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const;
      const handle = (event: Event): void => {
        const isModifier = event instanceof KeyboardEvent && ['Shift', 'Control', 'Alt', 'Meta'].includes(event.key);
        if (!isModifier) tell();
      };
      for (const name of gestures) view.scrollDOM.addEventListener(name, handle, { passive: true });
      return {
        destroy: () => {
          for (const name of gestures) view.scrollDOM.removeEventListener(name, handle);
        },
      };
    }),
    EditorView.updateListener.of((update) => {
      if (update.transactions.some((transaction) => transaction.isUserEvent('input'))) tell();
    }),
  ];
}
