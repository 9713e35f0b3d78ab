import type { Extension } from '@codemirror/state';
import { ViewPlugin, type EditorView } from '@codemirror/view';
import { remoteCarets, type RemoteCaret } from './remote-caret.ts';

/** The height of a caret, in pixels of the window; of its whole line if that is off the screen anyway, or is not drawn. */
export interface CaretHeight {
  readonly caret: RemoteCaret;
  readonly top: number;
  readonly bottom: number;
}

/** Where the carets of the others are, and what of the text is on the screen, in pixels of the window. */
export interface CaretHeights {
  readonly carets: readonly CaretHeight[];
  readonly screenTop: number;
  readonly screenBottom: number;
  /** The top of the whole text. */
  readonly documentTop: number;
}

/** What somebody does who wants to know: `read` reads the layout and changes nothing, the function it returns may. */
export type HeightsReader = (view: EditorView, heights: CaretHeights) => () => void;

/** Reads the heights once for all who want them, whenever something may have moved. */
export function watchCaretHeights(readers: readonly HeightsReader[]): Extension {
  return ViewPlugin.define((view) => {
    const request = {
      key: 'caret-heights',
      read: () => {
        const heights = caretHeights(view);
        return readers.map((read) => read(view, heights));
      },
      write: (writes: readonly (() => void)[]) => writes.forEach((write) => write()),
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

function caretHeights(view: EditorView): CaretHeights {
  const screenTop = view.scrollDOM.getBoundingClientRect().top;
  const screenBottom = screenTop + view.scrollDOM.clientHeight;
  const { documentTop } = view;
  const carets = view.state.field(remoteCarets).map((caret): CaretHeight => {
    const line = view.lineBlockAt(caret.head);
    const [top, bottom] = [line.top + documentTop, line.bottom + documentTop];
    const box = bottom <= screenTop || top >= screenBottom ? null : view.coordsAtPos(caret.head);
    return { caret, top: box?.top ?? top, bottom: box?.bottom ?? bottom };
  });
  return { carets, screenTop, screenBottom, documentTop };
}
