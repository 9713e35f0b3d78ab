import { EditorSelection, type Extension } from '@codemirror/state';
import {
  RectangleMarker,
  ViewPlugin,
  layer,
  type EditorView,
  type LayerMarker,
  type ViewUpdate,
} from '@codemirror/view';
import { caretSide } from './mixed-direction.ts';
import { fadeNames, remoteCarets, setRemoteCarets, type RemoteCaret } from './remote-caret.ts';
import { selectionBoxes } from './selection-boxes.ts';

/** How long, in milliseconds, a name stays after its caret has moved. */
const NAME_STAYS = 3000;
/** Room that a name needs above its caret, and to the right of it, in pixels. */
const NAME_HEIGHT = 22;
const NAME_WIDTH = 150;

/**
 * Draws the carets and selections of others on layers of their own. Nothing is put into the text, so nothing shifts and no
 * composition is disturbed. Layers are hidden from screen readers.
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

interface NamePlace {
  readonly isNamed: boolean;
  /** How many names lie below this one already. */
  readonly level: number;
  readonly isBelow: boolean;
  readonly isLeft: boolean;
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
    element.className = 'weft-selection';
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

/** Somebody else's caret with their name. */
class CaretMarker implements LayerMarker {
  constructor(
    readonly box: RectangleMarker,
    readonly caret: RemoteCaret,
    readonly place: NamePlace,
  ) {}

  eq(other: CaretMarker): boolean {
    return (
      this.box.eq(other.box) &&
      this.caret.sessionId === other.caret.sessionId &&
      this.caret.name === other.caret.name &&
      this.caret.color === other.caret.color &&
      this.caret.isIdle === other.caret.isIdle &&
      this.place.isNamed === other.place.isNamed &&
      this.place.level === other.place.level &&
      this.place.isBelow === other.place.isBelow &&
      this.place.isLeft === other.place.isLeft
    );
  }

  draw(): HTMLElement {
    const element = document.createElement('div');
    const name = document.createElement('span');
    name.dir = 'auto';
    element.append(name);
    this.#show(element);
    return element;
  }

  /** Only an element of the same person is moved; otherwise it would seem to jump across the page. */
  update(element: HTMLElement, previous: LayerMarker): boolean {
    if (!(previous instanceof CaretMarker) || previous.caret.sessionId !== this.caret.sessionId) return false;
    this.#show(element);
    return true;
  }

  #show(element: HTMLElement): void {
    const { caret, place } = this;
    element.className = [
      'weft-caret',
      place.isNamed && 'is-named',
      place.isBelow && 'is-below',
      place.isLeft && 'is-left',
      caret.isIdle && 'is-idle',
    ]
      .filter(Boolean)
      .join(' ');
    element.dataset['testid'] = 'remote-caret';
    element.dataset['name'] = caret.name;
    element.style.setProperty('--person', caret.color);
    element.style.setProperty('--level', String(place.level));
    // Moved by a transform, which costs no layout of the page; and at once, because frames of an animation delay the own letters.
    element.style.transform = `translate(${this.box.left}px, ${this.box.top}px)`;
    element.style.height = `${this.box.height}px`;
    element.firstElementChild!.textContent = caret.name;
  }
}
