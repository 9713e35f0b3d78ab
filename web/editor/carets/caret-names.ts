import { StateEffect, StateField, type Extension, type StateEffectType } from '@codemirror/state';
import { Direction, ViewPlugin, layer, type EditorView, type ViewUpdate } from '@codemirror/view';
import { columnOf, layerOrigin } from '../place/column.ts';
import { isAtLeast, isEmbedded } from '../place/room.ts';
import { caretSide, isMixed } from './mixed-direction.ts';
import { NameMarker, type Named } from './name-marker.ts';
import {
  MARGIN_GAP,
  WIDEST_NAME,
  hasRoomAfter,
  shapeInMargin,
  shownNames,
  type NamePlace,
  type Width,
} from './name-place.ts';
import { pointAt, remoteCarets, setRemoteCarets, type RemoteCaret } from './remote-caret.ts';

/** How long, in milliseconds, a name stays after its caret has moved. */
const NAME_STAYS = 3000;
/** Pixels between the end of a line and a name. */
const AFTER_GAP = 7;
/** Pixels between a name in the margin and the edge of the page. */
const EDGE_GAP = 2;

/** Draws again, because a name is due to go. */
const fadeNames = StateEffect.define<null>();

const pointedAt = StateField.define<string | undefined>({
  create: () => undefined,
  update: (before, { effects }) => effects.reduce((now, one) => (one.is(pointAt) ? one.value : now), before),
});

/** Goes on when the next name is due to go. */
const nameFading = ViewPlugin.define((view) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const schedule = (): void => {
    clearTimeout(timer);
    const now = performance.now();
    const left = view.state
      .field(remoteCarets)
      .map((caret) => caret.movedAt + NAME_STAYS - now)
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
      if (hasEffect(update, setRemoteCarets)) schedule();
    },
    destroy: () => clearTimeout(timer),
  };
});

/** The names of those whose carets just moved, or are pointed at, where they lie on no letter. */
export const caretNames: Extension = [
  pointedAt,
  nameFading,
  layer({ above: true, class: 'weft-names', update: needsDrawing, markers: nameMarkers, mount: keepFocus }),
];

/** Whoever presses something that lies over the text goes on writing there. */
export function keepFocus(dom: HTMLElement): void {
  dom.addEventListener('mousedown', (event) => event.preventDefault());
}

function hasEffect(update: ViewUpdate, type: StateEffectType<unknown>): boolean {
  return update.transactions.some((one) => one.effects.some((effect) => effect.is(type)));
}

function needsDrawing(update: ViewUpdate): boolean {
  return (
    update.docChanged ||
    update.viewportChanged ||
    update.startState.field(remoteCarets) !== update.state.field(remoteCarets) ||
    update.startState.field(pointedAt) !== update.state.field(pointedAt) ||
    hasEffect(update, fadeNames)
  );
}

/** A name, the place it goes to, and what there is room for, in pixels of the window. */
interface Placed {
  readonly person: Named;
  readonly place: NamePlace;
  /** The middle of the row. */
  readonly y: number;
  /** The edge that the name stands at, and whether it goes from there to the right. */
  readonly x: number;
  readonly isRightwards: boolean;
  readonly room: number;
}

function nameMarkers(view: EditorView): NameMarker[] {
  const now = performance.now();
  const pointed = view.state.field(pointedAt);
  const named = view.state
    .field(remoteCarets)
    .filter((caret) => now - caret.movedAt < NAME_STAYS || caret.sessionId === pointed);
  if (named.length === 0) return [];
  const placer = new Placer(view);
  const rows: Placed[][] = [];
  for (const caret of named) {
    const placed = placer.place(caret);
    if (placed === undefined) continue;
    const row = rows.find(([one]) => isSamePlace(one!, placed));
    if (row === undefined) rows.push([placed]);
    else row.push(placed);
  }
  const origin = layerOrigin(view);
  return rows.map((row) => {
    // There is as much room as the tightest of them has; they are in the same row, so it is the same but for what hangs.
    const room = Math.min(...row.map((one) => one.room));
    const { place, x, y, isRightwards } = row[0]!;
    const shown = shownNames(row.length, place.shape, room);
    return new NameMarker({
      people: row.slice(0, shown).map(({ person }) => person),
      others: row.slice(shown).map(({ person }) => person),
      shape: place.shape,
      x: x - origin.left,
      y: y - origin.top,
      isRightwards,
      where: place.where,
      room: Math.min(room, WIDEST_NAME * row.length),
    });
  });
}

function isSamePlace(a: Placed, b: Placed): boolean {
  return a.place.where === b.place.where && Math.abs(a.y - b.y) < 9 && a.isRightwards === b.isRightwards;
}

/** Finds places for names. What is the same for all of them is read once. */
class Placer {
  readonly #view: EditorView;
  readonly #width: Width;
  readonly #isLtr: boolean;
  readonly #column: { readonly left: number; readonly right: number };
  readonly #screen: DOMRect;
  /** Pixels at the edge of the page that the numbers of lines take. */
  readonly #numbers: number;

  constructor(view: EditorView) {
    this.#view = view;
    this.#width = widthOf(view);
    this.#isLtr = view.textDirection === Direction.LTR;
    this.#column = columnOf(view);
    this.#screen = view.scrollDOM.getBoundingClientRect();
    const numbered = view.contentDOM.querySelector('.weft-numbered');
    this.#numbers = numbered === null ? 0 : parseFloat(getComputedStyle(numbered, '::before').width);
  }

  place(caret: RemoteCaret): Placed | undefined {
    const view = this.#view;
    const line = view.state.doc.lineAt(caret.head);
    const box = view.coordsAtPos(caret.head, caretSide(view, caret.head));
    if (box === null) return undefined;
    const isLtr = view.textDirectionAt(line.from) === Direction.LTR;
    // In an empty text stands what to do with it; in a mixed line its end need not be where the row ends.
    const isAtEnd = caret.head === line.to && view.state.doc.length > 0 && !isMixed(view, line);
    const after = (isLtr ? this.#column.right - box.right : box.left - this.#column.left) - AFTER_GAP;
    const { sessionId, name, color, isIdle } = caret;
    const common = { person: { sessionId, name, color, isIdle }, y: (box.top + box.bottom) / 2 };
    if (isAtEnd && hasRoomAfter(after)) {
      const place: NamePlace = { where: 'after', shape: 'name' };
      return {
        ...common,
        place,
        x: isLtr ? box.right + AFTER_GAP : box.left - AFTER_GAP,
        isRightwards: isLtr,
        room: after,
      };
    }
    const first = isLtr === this.#isLtr ? view.coordsAtPos(line.from, 1) : null;
    const edge = this.#edgeOf(first);
    const margin = this.#isLtr ? edge - this.#screen.left : this.#screen.right - edge;
    const before = margin - this.#numbers - EDGE_GAP;
    const shape = shapeInMargin(before, this.#width);
    if (shape === undefined) return undefined;
    const gap = MARGIN_GAP[shape];
    const x = this.#isLtr ? edge - gap : edge + gap;
    return { ...common, place: { where: 'margin', shape }, x, isRightwards: !this.#isLtr, room: before - gap };
  }

  /** Where the start margin ends beside a line: at the column, unless the line's first letter hangs before it. */
  #edgeOf(first: { readonly left: number; readonly right: number } | null): number {
    const { left, right } = this.#column;
    if (this.#isLtr) return Math.min(left, first?.left ?? left);
    return Math.max(right, first?.right ?? right);
  }
}

/** From which width on, in rem, there is room for names, and for initials, beside the text. */
const WIDTHS = { page: [68.75, 43.75], embed: [40, 28] } as const;

function widthOf(view: EditorView): Width {
  const [wide, narrow] = WIDTHS[isEmbedded(view) ? 'embed' : 'page'];
  if (isAtLeast(view, wide)) return 'wide';
  return isAtLeast(view, narrow) ? 'narrow' : 'phone';
}
