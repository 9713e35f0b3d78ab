import type { Extension } from '@codemirror/state';
import { EditorSelection } from '@codemirror/state';
import { RectangleMarker, ViewPlugin, layer, type EditorView, type ViewUpdate } from '@codemirror/view';
import { CaretMarker, SelectionMarker } from './caret-markers.ts';
import { caretSide } from './mixed-direction.ts';
import { fadeNames, remoteCarets, setRemoteCarets, type RemoteCaret } from './remote-caret.ts';
import { selectionBoxes } from './selection-boxes.ts';

/** How long, in milliseconds, a name stays after its caret has moved. */
const NAME_STAYS = 3000;
/** Room that a name needs above its caret, and to the right of it, in pixels. */
const NAME_HEIGHT = 22;
const NAME_WIDTH = 150;

/**
 * Draws where others are on layers of their own: nothing is ever put into the text, so nothing shifts, and a composition does
 * not notice. Layers are hidden from screen readers.
 */
export function remoteCaretLayers(): Extension {
  return [
    remoteCarets,
    layer({ above: false, class: 'weft-selections', update: needsDrawing, markers: selectionMarkers }),
    layer({ above: true, class: 'weft-carets', update: needsDrawing, markers: caretMarkers }),
    nameFading,
  ];
}

function needsDrawing(update: ViewUpdate): boolean {
  return (
    update.docChanged ||
    update.viewportChanged ||
    update.startState.field(remoteCarets) !== update.state.field(remoteCarets) ||
    update.transactions.some((transaction) => transaction.effects.some((effect) => effect.is(fadeNames)))
  );
}

function selectionMarkers(view: EditorView): SelectionMarker[] {
  return view.state.field(remoteCarets).flatMap((caret) => {
    if (caret.anchor === caret.head) return [];
    return selectionBoxes(view, caret.anchor, caret.head).map((box) => new SelectionMarker(box, caret.color));
  });
}

function caretMarkers(view: EditorView): CaretMarker[] {
  const now = performance.now();
  const width = view.scrollDOM.clientWidth;
  const drawn: { left: number; top: number }[] = [];
  return view.state.field(remoteCarets).flatMap((caret) => {
    const place = EditorSelection.cursor(caret.head, caretSide(view, caret.head));
    const [box] = RectangleMarker.forRange(view, '', place);
    if (box === undefined) return [];
    const isNamed = now - caret.movedAt < NAME_STAYS;
    // Names that would cover each other are stacked.
    const level = drawn.filter((one) => one.top === box.top && Math.abs(one.left - box.left) < NAME_WIDTH).length;
    if (isNamed) drawn.push(box);
    return [
      new CaretMarker(box, caret, {
        isNamed,
        level,
        // Near the top of the screen a name above would be cut off.
        isBelow: box.top - view.scrollDOM.scrollTop < NAME_HEIGHT * (level + 1),
        isLeft: box.left + NAME_WIDTH > width,
      }),
    ];
  });
}

/** Draws again when the next name is due to fade. */
const nameFading = ViewPlugin.define((view) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const schedule = (): void => {
    clearTimeout(timer);
    const now = performance.now();
    const left = view.state
      .field(remoteCarets)
      .map((caret: RemoteCaret) => caret.movedAt + NAME_STAYS - now)
      .filter((time) => time > 0);
    if (left.length === 0) return;
    timer = setTimeout(
      () => {
        view.dispatch({ effects: fadeNames.of(null) });
        schedule();
      },
      Math.min(...left) + 10,
    );
  };
  return {
    update: (update) => {
      const isTold = update.transactions.some((one) => one.effects.some((effect) => effect.is(setRemoteCarets)));
      if (isTold) schedule();
    },
    destroy: () => clearTimeout(timer),
  };
});
