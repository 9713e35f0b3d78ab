import type { Extension } from '@codemirror/state';
import { ViewPlugin, type EditorView } from '@codemirror/view';
import { remoteCarets, type RemoteCaret } from './remote-caret.ts';

/** People whose caret is above or below what is on the screen, the nearest first. */
export interface OffScreen {
  readonly above: readonly RemoteCaret[];
  readonly below: readonly RemoteCaret[];
}

/** Tells who is off the screen, whenever that changes. */
export function offScreenWatch(tell: (people: OffScreen) => void): Extension {
  return ViewPlugin.define((view) => {
    let told = '';
    const request = {
      key: 'off-screen',
      read: () => findOffScreen(view),
      write: (people: OffScreen) => {
        const next = [...people.above, undefined, ...people.below]
          .map((caret) => caret && `${caret.sessionId} ${caret.name} ${caret.color}`)
          .join('\n');
        if (next === told) return;
        told = next;
        // After the measuring, because `tell` may change the layout.
        queueMicrotask(() => tell(people));
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

function findOffScreen(view: EditorView): OffScreen {
  const screen = view.scrollDOM.getBoundingClientRect();
  const top = screen.top - view.documentTop;
  const bottom = screen.bottom - view.documentTop;
  const above: RemoteCaret[] = [];
  const below: RemoteCaret[] = [];
  for (const caret of view.state.field(remoteCarets)) {
    const place = caretSpan(view, caret.head);
    if (place.bottom <= top) above.push(caret);
    else if (place.top >= bottom) below.push(caret);
  }
  above.sort((a, b) => b.head - a.head);
  below.sort((a, b) => a.head - b.head);
  return { above, below };
}

/** Top and bottom of a caret in pixels from the top of the text; of its whole line if it is not drawn. */
function caretSpan(view: EditorView, position: number): { top: number; bottom: number } {
  const box = view.coordsAtPos(position);
  if (box !== null) return { top: box.top - view.documentTop, bottom: box.bottom - view.documentTop };
  return view.lineBlockAt(position);
}
