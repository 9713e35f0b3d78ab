import type { Extension } from '@codemirror/state';
import { ViewPlugin, type EditorView } from '@codemirror/view';
import { caretSpan } from './off-screen-ticks.ts';
import { remoteCarets } from './remote-caret.ts';

/** Where a caret is, seen from what is on the screen. */
export type Whereabouts = 'above' | 'here' | 'below';

/** Tells where the carets of the others are, by session, whenever that changes. */
export function whereaboutsWatch(tell: (places: ReadonlyMap<string, Whereabouts>) => void): Extension {
  return ViewPlugin.define((view) => {
    let told = '';
    const request = {
      key: 'whereabouts',
      read: () => whereaboutsIn(view),
      write: (places: ReadonlyMap<string, Whereabouts>) => {
        const next = JSON.stringify([...places]);
        if (next === told) return;
        told = next;
        // After the measuring, because `tell` may change the layout.
        queueMicrotask(() => tell(places));
      },
    };
    const measure = (): void => view.requestMeasure(request);
    view.scrollDOM.addEventListener('scroll', measure, { passive: true });
    measure();
    return {
      update: (update) => {
        const isMoved = update.startState.field(remoteCarets) !== update.state.field(remoteCarets);
        if (isMoved || update.geometryChanged || update.docChanged) measure();
      },
      destroy: () => view.scrollDOM.removeEventListener('scroll', measure),
    };
  });
}

function whereaboutsIn(view: EditorView): ReadonlyMap<string, Whereabouts> {
  const screen = view.scrollDOM.getBoundingClientRect();
  return new Map(
    view.state.field(remoteCarets).map(({ sessionId, head }): [string, Whereabouts] => {
      const { top, bottom } = caretSpan(view, head, screen.top);
      return [sessionId, bottom <= screen.top ? 'above' : top >= screen.bottom ? 'below' : 'here'];
    }),
  );
}
