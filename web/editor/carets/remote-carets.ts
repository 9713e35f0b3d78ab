import { EditorSelection, type Extension } from '@codemirror/state';
import { RectangleMarker, layer, type EditorView, type LayerMarker, type ViewUpdate } from '@codemirror/view';
import { caretNames, keepFocus } from './caret-names.ts';
import { caretSide } from './mixed-direction.ts';
import { pointAt, remoteCarets, type RemoteCaret } from './remote-caret.ts';
import { selectionBoxes } from './selection-boxes.ts';

/**
 * Draws the carets and selections of others on layers of their own. Nothing is put into the text, so nothing shifts and no
 * composition is disturbed. Layers are hidden from screen readers.
 */
export function remoteCaretLayers(): Extension {
  return [
    layer({ above: false, class: 'weft-selections', update: needsDrawing, markers: selectionMarkers }),
    layer({ above: true, class: 'weft-carets', update: needsDrawing, markers: caretMarkers, mount: watchKnobs }),
    caretNames,
  ];
}

function needsDrawing(update: ViewUpdate): boolean {
  return (
    update.docChanged ||
    update.viewportChanged ||
    update.startState.field(remoteCarets) !== update.state.field(remoteCarets)
  );
}

function selectionMarkers(view: EditorView): SelectionMarker[] {
  return view.state.field(remoteCarets).flatMap((caret) => {
    if (caret.anchor === caret.head) return [];
    return selectionBoxes(view, caret.anchor, caret.head).map((box) => new SelectionMarker(box, caret.color));
  });
}

function caretMarkers(view: EditorView): CaretMarker[] {
  return view.state.field(remoteCarets).flatMap((caret) => {
    const place = EditorSelection.cursor(caret.head, caretSide(view, caret.head));
    const [box] = RectangleMarker.forRange(view, '', place);
    return box === undefined ? [] : [new CaretMarker(box, caret)];
  });
}

/** A name shows as long as the pointer rests on the knob of its caret. */
function watchKnobs(dom: HTMLElement, view: EditorView): void {
  const tell = (event: PointerEvent): void => {
    const sessionId = event.type === 'pointerover' ? (event.target as HTMLElement).dataset['session'] : undefined;
    view.dispatch({ effects: pointAt.of(sessionId) });
  };
  dom.addEventListener('pointerover', tell);
  dom.addEventListener('pointerout', tell);
  keepFocus(dom);
}

/** A piece of what somebody else has selected. */
class SelectionMarker implements LayerMarker {
  constructor(
    readonly box: RectangleMarker,
    readonly color: string,
  ) {}

  eq(other: SelectionMarker): boolean {
    return this.color === other.color && this.box.eq(other.box);
  }

  draw(): HTMLElement {
    const element = document.createElement('div');
    element.className = 'weft-selection person';
    this.update(element);
    return element;
  }

  update(element: HTMLElement): boolean {
    element.style.left = `${this.box.left}px`;
    element.style.top = `${this.box.top}px`;
    element.style.height = `${this.box.height}px`;
    element.style.width = `${this.box.width ?? 0}px`;
    element.style.setProperty('--person', this.color);
    return true;
  }
}

/** Somebody else's caret. */
class CaretMarker implements LayerMarker {
  constructor(
    readonly box: RectangleMarker,
    readonly caret: RemoteCaret,
  ) {}

  eq(other: CaretMarker): boolean {
    return (
      this.box.eq(other.box) &&
      this.caret.sessionId === other.caret.sessionId &&
      this.caret.name === other.caret.name &&
      this.caret.color === other.caret.color &&
      this.caret.isIdle === other.caret.isIdle
    );
  }

  draw(): HTMLElement {
    const element = document.createElement('div');
    this.#show(element);
    return element;
  }

  /** Only an element of the same person is moved; otherwise the pointer would rest on another one's knob. */
  update(element: HTMLElement, previous: LayerMarker): boolean {
    if (!(previous instanceof CaretMarker) || previous.caret.sessionId !== this.caret.sessionId) return false;
    this.#show(element);
    return true;
  }

  #show(element: HTMLElement): void {
    const { caret, box } = this;
    element.className = `weft-caret person${caret.isIdle ? ' is-idle' : ''}`;
    element.part.value = 'caret';
    element.dataset['testid'] = 'remote-caret';
    element.dataset['session'] = caret.sessionId;
    element.dataset['name'] = caret.name;
    element.title = caret.name;
    element.style.setProperty('--person', caret.color);
    // Moved by a transform, which costs no layout of the page; and at once, because frames of an animation delay the own letters.
    element.style.transform = `translate(${box.left}px, ${box.top}px)`;
    element.style.height = `${box.height}px`;
  }
}
