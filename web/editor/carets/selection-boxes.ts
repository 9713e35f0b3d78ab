import { EditorSelection, type Line } from '@codemirror/state';
import { Direction, RectangleMarker, type EditorView } from '@codemirror/view';
import { columnOf, layerOrigin } from '../place/column.ts';
import { isMixed } from './mixed-direction.ts';

/** How far two boxes of letters beside each other may be apart, in pixels, to be drawn as one. */
const TOUCHING = 1;

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** What to draw for what somebody else has selected, in UTF-16 units of the text. */
export function selectionBoxes(view: EditorView, anchor: number, head: number): readonly RectangleMarker[] {
  const range = EditorSelection.range(anchor, head);
  const { doc } = view.state;
  const [first, last] = [doc.lineAt(range.from), doc.lineAt(range.to)];
  if (isPlain(view, first) && isPlain(view, last)) return inColumn(view, RectangleMarker.forRange(view, '', range));
  const from = Math.max(range.from, view.viewport.from);
  const to = Math.min(range.to, view.viewport.to);
  if (from >= to) return [];
  if (first.number === last.number) return draw(view, lettersBetween(view, from, to));
  return draw(view, [
    ...lettersBetween(view, from, Math.min(first.to, to)),
    ...wholeLines(view, first, last),
    ...lettersBetween(view, Math.max(last.from, from), to),
  ]);
}

/** CodeMirror draws these well; in others it takes the letters at the edges of a row for its first and last. */
function isPlain(view: EditorView, line: Line): boolean {
  return !isMixed(view, line) && view.textDirectionAt(line.from) === Direction.LTR;
}

/** The boxes of the letters themselves, as the browser has them: of several runs, or rows, several. */
function lettersBetween(view: EditorView, from: number, to: number): Box[] {
  if (from >= to) return [];
  const [start, end] = [view.domAtPos(from, 1), view.domAtPos(to, -1)];
  const whole = document.createRange();
  whole.setStart(start.node, start.offset);
  whole.setEnd(end.node, end.offset);
  const walker = document.createTreeWalker(whole.commonAncestorContainer, NodeFilter.SHOW_TEXT);
  const boxes: Box[] = [];
  // A text is its own and only node for a walker.
  for (let node: Node | null = walker.currentNode; node !== null; node = walker.nextNode()) {
    if (!(node instanceof Text) || !whole.intersectsNode(node)) continue;
    const piece = document.createRange();
    piece.selectNodeContents(node);
    if (node === start.node) piece.setStart(node, start.offset);
    if (node === end.node) piece.setEnd(node, end.offset);
    for (const { left, top, right, bottom, width } of piece.getClientRects())
      if (width > 0) boxes.push({ left, top, right, bottom });
  }
  return joined(boxes);
}

/** Boxes that touch become one: letters that look different are nodes of their own. */
function joined(boxes: readonly Box[]): Box[] {
  const result: Box[] = [];
  for (const box of [...boxes].sort((a, b) => a.left - b.left)) {
    const beside = result.find((one) => Math.abs(one.right - box.left) <= TOUCHING && isOneRow(one, box));
    if (beside === undefined) {
      result.push({ ...box });
    } else {
      beside.right = Math.max(beside.right, box.right);
      beside.top = Math.min(beside.top, box.top);
      beside.bottom = Math.max(beside.bottom, box.bottom);
    }
  }
  return result;
}

function isOneRow(a: Box, b: Box): boolean {
  const middle = (b.top + b.bottom) / 2;
  return a.top < middle && middle < a.bottom;
}

/** One box over all lines that lie between two, over the whole width. */
function wholeLines(view: EditorView, first: Line, last: Line): Box[] {
  if (last.number - first.number < 2) return [];
  const { doc } = view.state;
  const { left, right } = columnOf(view);
  const top = view.documentTop + view.lineBlockAt(doc.line(first.number + 1).from).top;
  return [{ left, right, top, bottom: view.documentTop + view.lineBlockAt(doc.line(last.number - 1).from).bottom }];
}

/** CodeMirror takes the sides of the text from those of the first line that is drawn, which may be indented or hang. */
function inColumn(view: EditorView, boxes: readonly RectangleMarker[]): readonly RectangleMarker[] {
  const line = view.contentDOM.querySelector('.cm-line');
  if (line === null || boxes.length < 2) return boxes;
  const origin = layerOrigin(view).left;
  const content = view.contentDOM.getBoundingClientRect();
  const { paddingLeft, paddingRight, textIndent } = getComputedStyle(line);
  const left = content.left + parseInt(paddingLeft) + Math.min(0, parseInt(textIndent)) - origin;
  const right = content.right - parseInt(paddingRight) - origin;
  const column = columnOf(view);
  return boxes.map((box) => {
    const end = box.left + (box.width ?? 0);
    const [from, to] = [
      box.left === left ? column.left - origin : box.left,
      end === right ? column.right - origin : end,
    ];
    return new RectangleMarker('', from, box.top, Math.max(0, to - from), box.height);
  });
}

/** From places on the screen to those of a layer. */
function draw(view: EditorView, boxes: readonly Box[]): RectangleMarker[] {
  const { left: x, top: y } = layerOrigin(view);
  return boxes.map(
    ({ left, top, right, bottom }) => new RectangleMarker('', left - x, top - y, right - left, bottom - top),
  );
}
