import { syntaxTree } from '@codemirror/language';
import type { EditorState } from '@codemirror/state';
import type { SyntaxNodeRef } from '@lezer/common';
import { hrefOf, isLink } from './links.ts';
import { itemAt, nestingOf, type Item, type Nesting } from './list-items.ts';

/** How a line is laid out. */
export interface LineShape {
  /** The letters that hang: the mark of a heading, or what an item or a quote begins with; none is the empty text. */
  readonly hanging: string;
  /** The letter behind them; may be empty. */
  readonly next: string;
  /** 1 to 6 for a heading, else 0. */
  readonly level: number;
  readonly isQuote: boolean;
  /** The item that it lies beneath. */
  readonly nesting?: Nesting;
  /** A row of a table: its cells stand in columns if the text has them so. */
  readonly isTable?: boolean;
  /** A line of a block of code; `first` and `last` have round corners. */
  readonly code?: { readonly isFirst: boolean; readonly isLast: boolean };
}

/** A range with a look of its own within a line, in UTF-16 units. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  readonly kind: 'task' | 'done' | 'link';
}

/** Marks of quotes and items, and the box of a task, with the spaces behind each. */
const PREFIX = /^[ \t]*(?:(?:>|[-*+](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$))[ \t]*)*(?:\[[ xX]\][ \t]+)?/;

const NO_MARKS = { hanging: '', next: '', level: 0, isQuote: false } as const;

const HEADING = /^ {0,3}#{1,6}[ \t]*/;

function hung(text: string, pattern: RegExp): { readonly hanging: string; readonly next: string } {
  const hanging = pattern.exec(text)?.[0] ?? '';
  return { hanging, next: String.fromCodePoint(text.codePointAt(hanging.length) ?? 0x20).trim() };
}

/** What is in a part of the text, from and to UTF-16 units, by the structure that is known of it. */
export function shapesIn(
  state: EditorState,
  from: number,
  to: number,
): { readonly lines: ReadonlyMap<number, LineShape>; readonly pieces: readonly Piece[] } {
  const lines = new Map<number, LineShape>();
  const pieces: Piece[] = [];
  /** By where they begin. */
  const items = new Map<number, Item>();

  /** Calls `shape` for every line of a node within the part, by the position of its beginning. */
  const shapeLines = (
    node: SyntaxNodeRef,
    shape: (line: { from: number; to: number; text: string }) => LineShape,
  ): void => {
    const [end, begin] = [Math.min(node.to, to), Math.max(node.from, from)];
    for (let line = state.doc.lineAt(begin); ; line = state.doc.line(line.number + 1)) {
      lines.set(line.from, shape(line));
      if (line.to >= end) break;
    }
  };
  const itemOf = (node: SyntaxNodeRef): Item => {
    const outer = node.node.parent?.parent;
    const item = itemAt(state, node.from, outer?.name === 'ListItem' ? items.get(outer.from) : undefined);
    items.set(node.from, item);
    return item;
  };
  const textOf = (node: { from: number; to: number }): string => state.sliceDoc(node.from, node.to);

  syntaxTree(state).iterate({
    from,
    to,
    enter: (node) => {
      const { name } = node;
      if (name === 'Blockquote' || name === 'ListItem') {
        const item = name === 'ListItem' ? itemOf(node) : undefined;
        shapeLines(node, (line) => {
          const isQuote = name === 'Blockquote' || lines.get(line.from)?.isQuote === true;
          const nesting = item === undefined || isQuote ? undefined : nestingOf(item, line);
          return { ...hung(line.text, PREFIX), level: 0, isQuote, nesting };
        });
      } else if (name === 'FencedCode') {
        const [first, last] = [state.doc.lineAt(node.from).from, state.doc.lineAt(node.to).from];
        shapeLines(node, ({ from: start }) => ({
          hanging: '',
          next: '',
          level: 0,
          isQuote: lines.get(start)?.isQuote === true,
          code: { isFirst: start === first, isLast: start === last },
        }));
      } else if (name === 'Table') {
        // In an item or a quote the lines hang by their marks, as wide as these are in the face of the text.
        shapeLines(node, (line) => lines.get(line.from) ?? { ...NO_MARKS, isTable: true });
      } else if (name.startsWith('ATXHeading')) {
        const line = state.doc.lineAt(node.from);
        // Within an item or a quote the line hangs by their marks.
        if (!lines.has(line.from))
          lines.set(line.from, { ...hung(line.text, HEADING), isQuote: false, level: Number(name.slice(-1)) });
      } else if (name === 'TaskMarker') {
        pieces.push({ from: node.from, to: node.to, kind: 'task' });
        const end = node.node.parent?.to ?? node.to;
        if (/x/i.test(textOf(node)) && end > node.to) pieces.push({ from: node.to, to: end, kind: 'done' });
      } else if (isLink(node) && hrefOf(state, node.node) !== undefined) {
        pieces.push({ from: node.from, to: node.to, kind: 'link' });
        return false;
      }
      return undefined;
    },
  });
  return { lines, pieces };
}
