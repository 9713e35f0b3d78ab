import { ensureSyntaxTree } from '@codemirror/language';
import type { EditorState, StateCommand, TransactionSpec } from '@codemirror/state';
import type { SyntaxNode } from '@lezer/common';

/** Milliseconds that Enter waits for the structure of the text before it. */
const PATIENCE = 50;
/** Markdown knows numbers of nine digits at most. */
const HIGHEST_NUMBER = 999_999_999;

/** What stands in these is not Markdown. */
const VERBATIM = new Set(['FencedCode', 'CodeBlock', 'HTMLBlock', 'CommentBlock', 'ProcessingInstructionBlock']);

/** A sign at the beginning of a line: of a quote, of an item, or the box of a task. */
type Mark = SyntaxNode;

/**
 * What Enter does at a place (UTF-16 units) in a list or a quote, by the structure of the text: quotes go on with all their
 * marks, items with the next marker, numbers count on, tasks with an empty box; within an item, and within code, nothing but the
 * indentation goes on. In an item or a quote without text Enter ends it; an inner list is followed by the next item of the outer
 * one. Nothing if the line is in no list or quote, or its structure is not known in time.
 */
export function lineBreakAt(state: EditorState, from: number, to = from): TransactionSpec | undefined {
  const line = state.doc.lineAt(from);
  if (ensureSyntaxTree(state, line.to, PATIENCE) === null) return undefined;
  const marks = marksBefore(state, from);
  const last = marks.findLast(({ name }) => name !== 'TaskMarker');
  if (last === undefined) return undefined;
  const isEmpty = from === to && state.sliceDoc(marks.at(-1)!.to, line.to).trim() === '';
  if (isEmpty && !isVerbatim(state, from)) return replaced(line.from, line.to, beforeMark(state, last));
  return replaced(from, to, `\n${prefixAfter(state, from, marks)}`);
}

/** The command for Enter; leaves the key to others if there is nothing to continue. */
export const continueMarkup: StateCommand = ({ state, dispatch }) => {
  const { from, to } = state.selection.main;
  const change = state.readOnly ? undefined : lineBreakAt(state, from, to);
  if (change === undefined) return false;
  dispatch(state.update(change, { scrollIntoView: true, userEvent: 'input' }));
  return true;
};

function replaced(from: number, to: number, insert: string): TransactionSpec {
  return { changes: { from, to, insert }, selection: { anchor: from + insert.length } };
}

/** The marks with which the line of a place begins, up to there. */
function marksBefore(state: EditorState, place: number): Mark[] {
  const line = state.doc.lineAt(place);
  const marks: Mark[] = [];
  let end = line.from;
  ensureSyntaxTree(state, line.to, PATIENCE)?.iterate({
    from: line.from,
    to: place,
    enter: (node) => {
      const isMark = node.name === 'QuoteMark' || node.name === 'ListMark' || node.name === 'TaskMarker';
      if (!isMark || node.from < end || node.to > place || state.sliceDoc(end, node.from).trim() !== '') return;
      marks.push(node.node);
      end = node.to;
    },
  });
  return marks;
}

function isVerbatim(state: EditorState, place: number): boolean {
  let node: SyntaxNode | null = ensureSyntaxTree(state, place, PATIENCE)?.resolveInner(place, -1) ?? null;
  while (node !== null && !VERBATIM.has(node.name)) node = node.parent;
  return node !== null;
}

/** With what the line after a place begins. */
function prefixAfter(state: EditorState, place: number, marks: readonly Mark[]): string {
  const next = isVerbatim(state, place) ? undefined : marks.findLast(({ name }) => name !== 'TaskMarker');
  let position = state.doc.lineAt(place).from;
  let prefix = '';
  for (const mark of marks) {
    prefix += state.sliceDoc(position, mark.from) + followerOf(state.sliceDoc(mark.from, mark.to), mark, next);
    position = mark.to;
  }
  return prefix + /^[ \t]*/.exec(state.sliceDoc(position, place))![0];
}

/** What the next line has in the place of a mark of this one. `next` is the mark that is continued. */
function followerOf(text: string, mark: Mark, next: Mark | undefined): string {
  if (mark.name === 'QuoteMark') return text;
  const goesOn = next?.name === 'ListMark' && mark.from >= next.from;
  if (!goesOn) return ' '.repeat(text.length);
  if (mark.name === 'TaskMarker') return '[ ]';
  const number = /^\d+/.exec(text)?.[0];
  return number === undefined ? text : `${Math.min(Number(number) + 1, HIGHEST_NUMBER)}${text.slice(number.length)}`;
}

/** What a line keeps when its last mark is removed: the marks before it, or the next marker of the list around it. */
function beforeMark(state: EditorState, mark: Mark): string {
  const line = state.doc.lineAt(mark.from);
  const before = state.sliceDoc(line.from, mark.from);
  const outer = mark.name === 'ListMark' ? mark.parent?.parent?.parent : undefined;
  if (outer?.name === 'ListItem' && outer.from < line.from) {
    const marker = outer.getChild('ListMark')!;
    const task = outer.getChild('Task')?.getChild('TaskMarker');
    const place = (task ?? marker).to;
    const spaces = /^[ \t]*/.exec(state.sliceDoc(place, state.doc.lineAt(place).to))![0];
    return prefixAfter(state, place + spaces.length, marksBefore(state, place));
  }
  return before.trim() === '' ? '' : before;
}
