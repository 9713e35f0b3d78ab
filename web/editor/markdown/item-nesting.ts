import { ensureSyntaxTree } from '@codemirror/language';
import {
  countColumn,
  type ChangeSpec,
  type EditorState,
  type Line,
  type StateCommand,
  type TransactionSpec,
} from '@codemirror/state';
import type { SyntaxNode } from '@lezer/common';
import { selectedLines, startOf, textStart } from './line-start.ts';

/** Milliseconds that Tab waits for the structure of the text. */
const PATIENCE = 50;
/** Lines that move at once, at most. */
const MOST_LINES = 2000;
/** Markdown's tabs end at multiples of this. */
const TAB = 4;
const HIGHEST_NUMBER = 999_999_999;

/** How the items of a selection move: how many columns, and the number that an item of an ordered list takes. */
interface Move {
  readonly columns: number;
  readonly number: number;
}

/** Nests an item, or those selected, beneath the item above; where there is none it does nothing. Not in other text. */
export const nestItems: StateCommand = ({ state, dispatch }) => run(state, dispatch, beneath);

/** Takes back what `nestItems` does: the item follows the one that it lay beneath. */
export const unnestItems: StateCommand = ({ state, dispatch }) => run(state, dispatch, outOf);

function run(
  state: EditorState,
  dispatch: Parameters<StateCommand>[0]['dispatch'],
  moveOf: (state: EditorState, item: SyntaxNode) => Move | undefined,
): boolean {
  const items = state.readOnly ? undefined : itemsToMove(state);
  if (items === undefined) return false;
  const change = moved(state, items, moveOf);
  if (change !== undefined) {
    // A caret stays in front of the letter that it was in front of.
    const selection = state.selection.map(state.changes(change.changes), state.selection.main.empty ? 1 : -1);
    dispatch(state.update({ ...change, selection, scrollIntoView: true, userEvent: 'input.indent' }));
  }
  return true;
}

/** The items that a key is for: that whose marks the caret is in, or behind; all that more than a line is selected of. */
function itemsToMove(state: EditorState): SyntaxNode[] | undefined {
  const { empty, head } = state.selection.main;
  const lines = selectedLines(state);
  const [first] = lines;
  const isForText = empty ? head > first!.from + textStart(first!.text) : lines.length === 1;
  if (isForText || lines.length > MOST_LINES) return undefined;
  if (ensureSyntaxTree(state, lines.at(-1)!.to, PATIENCE) === null) return undefined;
  const items: SyntaxNode[] = [];
  for (const line of lines) {
    if (line.from < (items.at(-1)?.to ?? 0)) continue;
    const item = itemOn(state, line);
    if (item !== undefined) items.push(item);
    else if (items.length === 0) return undefined;
  }
  return items;
}

/** The item that begins on a line; the outer one, if two do. */
function itemOn(state: EditorState, { from, text, to }: Line): SyntaxNode | undefined {
  const { quote, indent, kind } = startOf(text);
  if (kind === 'plain' || kind === 'heading') return undefined;
  const tree = ensureSyntaxTree(state, to, PATIENCE);
  const mark = tree?.resolveInner(from + quote.length + indent.length, 1);
  return mark?.name === 'ListMark' ? mark.parent! : undefined;
}

function moved(
  state: EditorState,
  items: readonly SyntaxNode[],
  moveOf: (state: EditorState, item: SyntaxNode) => Move | undefined,
): TransactionSpec | undefined {
  const changes: ChangeSpec[] = [];
  let before: { readonly item: SyntaxNode; readonly move: Move } | undefined;
  for (const item of items) {
    // Siblings stay siblings.
    const sibling = before !== undefined && siblingBefore(item)?.from === before.item.from ? before.move : undefined;
    const move = sibling === undefined ? moveOf(state, item) : { ...sibling, number: sibling.number + 1 };
    before = move === undefined ? undefined : { item, move };
    if (move !== undefined) changes.push(...changesOf(state, item, move));
  }
  return changes.length === 0 ? undefined : { changes };
}

/** The changes that move an item with all that is in it. */
function changesOf(state: EditorState, item: SyntaxNode, { columns, number }: Move): ChangeSpec[] {
  const first = state.doc.lineAt(item.from);
  const last = state.doc.lineAt(item.to);
  if (last.number - first.number > MOST_LINES) return [];
  const depth = quoteLength(first.text, Infinity).depth;
  const mark = item.getChild('ListMark')!;
  const written = /^\d+/.exec(state.sliceDoc(mark.from, mark.to))?.[0];
  const renumbered = written === undefined ? undefined : String(Math.min(number, HIGHEST_NUMBER));
  const changes: ChangeSpec[] = [];
  for (let line = first; ; line = state.doc.line(line.number + 1)) {
    // What is in the item stays beneath its text, which a shorter number moves.
    const more = line === first || renumbered === undefined ? 0 : renumbered.length - written!.length;
    const quote = quoteLength(line.text, depth);
    if (quote.depth === depth)
      changes.push(...indented(line.from + quote.length, line.text.slice(quote.length), columns + more));
    if (line === first && renumbered !== undefined && renumbered !== written)
      changes.push({ from: mark.from, to: mark.from + written!.length, insert: renumbered });
    if (line.number >= last.number) return changes;
  }
}

/** Moves the text of a line, which begins at `from`, by columns; not one without an indent further out. */
function indented(from: number, text: string, columns: number): ChangeSpec[] {
  const spaces = /^[ \t]*/.exec(text)![0];
  if (spaces === text || columns === 0) return [];
  if (columns > 0 && !spaces.includes('\t')) return [{ from, insert: ' '.repeat(columns) }];
  const width = Math.max(0, countColumn(spaces, TAB) + columns);
  if (!spaces.includes('\t')) return width === spaces.length ? [] : [{ from, to: from + spaces.length - width }];
  return [{ from, to: from + spaces.length, insert: ' '.repeat(width) }];
}

/** How long the marks of the quotes are that a line begins with, up to a number of quotes, and how many they are. */
function quoteLength(text: string, most: number): { readonly length: number; readonly depth: number } {
  let [length, depth] = [0, 0];
  while (depth < most) {
    const mark = /^ {0,3}> ?/.exec(text.slice(length))?.[0];
    if (mark === undefined) break;
    length += mark.length;
    depth += 1;
  }
  return { length, depth };
}

/** The column of an item's mark within the quotes around it. */
function columnOf(state: EditorState, item: SyntaxNode): number {
  const line = state.doc.lineAt(item.from);
  const { length } = quoteLength(line.text, Infinity);
  return countColumn(line.text.slice(length, Math.max(length, item.from - line.from)), TAB);
}

/** To where the text of the item above begins, behind what lies beneath that already. */
function beneath(state: EditorState, item: SyntaxNode): Move | undefined {
  const above = itemAbove(item);
  if (above === null) return undefined;
  const mark = above.getChild('ListMark')!;
  const spaces = /^ *(?=\S)/.exec(state.sliceDoc(mark.to, state.doc.lineAt(mark.to).to))?.[0].length ?? 0;
  const begin = columnOf(state, above) + mark.to - mark.from + (spaces > 4 ? 1 : Math.max(1, spaces));
  // A list that begins otherwise is no list within a paragraph.
  const list = above.lastChild;
  const last = list?.name === 'OrderedList' ? list.lastChild : null;
  return { columns: begin - columnOf(state, item), number: last === null ? 1 : numberOf(state, last) + 1 };
}

/** To the mark of the item around it. */
function outOf(state: EditorState, item: SyntaxNode): Move | undefined {
  const outer = item.parent?.parent;
  if (outer?.name !== 'ListItem' || outer.from >= state.doc.lineAt(item.from).from) return undefined;
  return { columns: columnOf(state, outer) - columnOf(state, item), number: numberOf(state, outer) + 1 };
}

function itemAbove(item: SyntaxNode): SyntaxNode | null {
  const sibling = siblingBefore(item);
  if (sibling?.name === 'ListItem') return sibling;
  const list = sibling === null && item.parent !== null ? siblingBefore(item.parent) : null;
  return list?.name === 'BulletList' || list?.name === 'OrderedList' ? list.lastChild : null;
}

/** What stands before a part of the text, within the same quotes. */
function siblingBefore(node: SyntaxNode): SyntaxNode | null {
  let sibling = node.prevSibling;
  while (sibling?.name === 'QuoteMark') sibling = sibling.prevSibling;
  return sibling;
}

/** 0 for an item without a number. */
function numberOf(state: EditorState, item: SyntaxNode): number {
  return Number(/^\d+/.exec(state.sliceDoc(item.from, item.from + 9))?.[0] ?? 0);
}
