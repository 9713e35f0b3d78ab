import type { Extension } from '@codemirror/state';
import { EditorView, ViewPlugin } from '@codemirror/view';
import { remoteCarets } from './remote-caret.ts';

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

/** Keeps the caret of the session that `followed` names in view whenever it moves; nobody's if that is undefined. */
export function following(followed: () => string | undefined): Extension {
  return EditorView.updateListener.of(({ state, startState, view }) => {
    const sessionId = followed();
    if (sessionId === undefined) return;
    const carets = state.field(remoteCarets);
    const before = startState.field(remoteCarets);
    if (carets === before) return;
    const caret = carets.find((one) => one.sessionId === sessionId);
    if (caret === undefined || caret.head === before.find((one) => one.sessionId === sessionId)?.head) return;
    const effects = EditorView.scrollIntoView(caret.head, { y: 'nearest', yMargin: 96 });
    // A view cannot be changed while it tells of a change.
    queueMicrotask(() => view.dispatch({ effects }));
  });
}
