import { ensureSyntaxTree } from '@codemirror/language';
import type { EditorState, TransactionSpec } from '@codemirror/state';
import type { SyntaxNode, Tree } from '@lezer/common';
import { changed } from './block-format.ts';
import { behindMarks, selectedLines, textStart } from './line-start.ts';

/** Milliseconds that a command waits for the structure of the text. */
export const PATIENCE = 50;

/** What is put around letters: its mark, and the names of the parser for both. */
interface InlineFormat {
  readonly mark: string;
  readonly node: string;
  readonly markNode: string;
}

export const FORMATS = {
  bold: { mark: '**', node: 'StrongEmphasis', markNode: 'EmphasisMark' },
  italic: { mark: '*', node: 'Emphasis', markNode: 'EmphasisMark' },
  code: { mark: '`', node: 'InlineCode', markNode: 'CodeMark' },
} as const satisfies Readonly<Record<string, InlineFormat>>;

/** A range of the text in UTF-16 units. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Puts a format around what is selected, line by line without marks and spaces at their ends, or around the word at the caret, or
 * takes it away if all of that has it. Without a word at the caret the caret gets between two marks.
 */
export function toggleInline(selected: EditorState, format: InlineFormat): TransactionSpec {
  const state = behindMarks(selected);
  const pieces = selectedPieces(state);
  // Once for all pieces: each would wait for itself.
  const tree = ensureSyntaxTree(state, state.selection.main.to, PATIENCE);
  const marks = pieces.map((piece) => marksAround(state, tree, piece, format));
  const { head, empty } = state.selection.main;
  if (marks.every((found) => found !== undefined)) {
    // An emphasis over two lines is found in both of them.
    const once = new Map(marks.flat().map((mark) => [mark.from, mark]));
    return changed(state, [...once.values()]);
  }
  const wraps = pieces.flatMap((piece, index) => (marks[index] === undefined ? wrap(state, tree, piece, format) : []));
  const isAtEnd = empty && head === pieces[0]!.to && head !== pieces[0]!.from;
  const isEmpty = pieces[0]!.from === pieces[0]!.to;
  if (isEmpty) {
    const { mark } = format;
    const { from } = pieces[0]!;
    return { ...changed(state, { from, insert: mark + mark }), selection: { anchor: from + mark.length } };
  }
  return changed(state, wraps, isAtEnd ? -1 : 1);
}

/** The innermost node of a name around a range. */
export function nodeAround(state: EditorState, span: Span, name: string): SyntaxNode | undefined {
  return nodeIn(ensureSyntaxTree(state, span.to, PATIENCE), span, name);
}

function nodeIn(tree: Tree | null, { from, to }: Span, name: string): SyntaxNode | undefined {
  if (tree === null) return undefined;
  for (const side of [1, -1] as const) {
    let node: SyntaxNode | null = tree.resolveInner(from, side);
    while (node !== null && (node.name !== name || node.from > from || node.to < to)) node = node.parent;
    if (node !== null) return node;
  }
  return undefined;
}

/** The selected letters line by line, or the word at the caret, or the caret alone. */
export function selectedPieces(state: EditorState): Span[] {
  const { from, to, empty, head } = state.selection.main;
  if (empty) return [state.wordAt(head) ?? { from: head, to: head }];
  const pieces = selectedLines(state).flatMap((line) => {
    const begin = Math.max(from, line.from + textStart(line.text));
    const text = state.sliceDoc(begin, Math.max(begin, Math.min(to, line.to)));
    const start = begin + text.length - text.trimStart().length;
    const length = text.trim().length;
    return length === 0 ? [] : [{ from: start, to: start + length }];
  });
  if (pieces.length > 0) return pieces;
  const line = state.doc.lineAt(head);
  const place = Math.max(head, line.from + textStart(line.text));
  return [{ from: place, to: place }];
}

/** The two marks that give a range its format; undefined if it has it not. */
function marksAround(state: EditorState, tree: Tree | null, piece: Span, format: InlineFormat): Span[] | undefined {
  const marks = nodeIn(tree, piece, format.node)?.getChildren(format.markNode);
  if (marks !== undefined && marks.length >= 2) return [marks[0]!, marks.at(-1)!].map(({ from, to }) => ({ from, to }));
  // Marks that make no emphasis by the rules of Markdown, as before a quotation mark in a word, must not pile up.
  const { mark } = format;
  const line = state.doc.lineAt(piece.from);
  const before = rowAtEnd(line.text.slice(0, piece.from - line.from), mark[0]!);
  const after = rowAtStart(line.text.slice(piece.to - line.from), mark[0]!);
  if (!isMarked(Math.min(before, after), mark)) return undefined;
  return [
    { from: piece.from - mark.length, to: piece.from },
    { from: piece.to, to: piece.to + mark.length },
  ];
}

/** Whether a row of signs on both sides holds a mark: three asterisks are bold and italic. */
function isMarked(row: number, mark: string): boolean {
  return mark === '*' ? row === 1 || row === 3 : row >= mark.length;
}

function rowAtStart(text: string, sign: string): number {
  let length = 0;
  while (text[length] === sign) length += 1;
  return length;
}

function rowAtEnd(text: string, sign: string): number {
  let length = 0;
  while (length < text.length && text[text.length - 1 - length] === sign) length += 1;
  return length;
}

/** Marks around a range, and around what it shares with others of the same format, whose marks go. */
function wrap(
  state: EditorState,
  tree: Tree | null,
  piece: Span,
  format: InlineFormat,
): { from: number; to?: number; insert?: string }[] {
  let { from, to } = piece;
  const gone: Span[] = [];
  tree?.iterate({
    from,
    to,
    enter: ({ name, from: start, to: end, node }) => {
      if (name !== format.node || end <= piece.from || start >= piece.to) return;
      from = Math.min(from, start);
      to = Math.max(to, end);
      for (const mark of node.getChildren(format.markNode)) gone.push({ from: mark.from, to: mark.to });
    },
  });
  const mark = markFor(state.sliceDoc(from, to), format);
  return [{ from, insert: mark.open }, ...gone, { from: to, insert: mark.close }];
}

/** Code that holds backticks needs a longer row of them, and a space where it begins or ends with one. */
function markFor(text: string, { mark }: InlineFormat): { open: string; close: string } {
  if (mark !== FORMATS.code.mark) return { open: mark, close: mark };
  const rows = [...text.matchAll(/`+/g)].map(([row]) => row.length);
  let length = 1;
  while (rows.includes(length)) length += 1;
  const row = mark.repeat(length);
  const space = text.startsWith(mark) || text.endsWith(mark) ? ' ' : '';
  return { open: row + space, close: space + row };
}
