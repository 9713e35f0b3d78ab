import { EditorSelection, type EditorState, type Line } from '@codemirror/state';

/** What a line is, by the mark that it begins with. */
export type LineKind = 'plain' | 'heading' | 'bullet' | 'number' | 'task';

/** With what a line of Markdown begins, by its letters alone. */
export interface LineStart {
  /** The marks of the quotes around it, with their spaces; may be empty. */
  readonly quote: string;
  readonly indent: string;
  /** The mark of a heading or an item, with the spaces behind it; empty for `plain`. */
  readonly mark: string;
  readonly kind: LineKind;
  /** 1 to 6 for a heading, else 0. */
  readonly level: number;
}

const START =
  /^((?:[ \t]*>[ \t]?)*)([ \t]*)((#{1,6})(?:[ \t]+|$)|(?:[-*+]|(\d{1,9})[.)])(?:[ \t]+|$)(\[[ xX]\](?:[ \t]+|$))?)?/;

/** Splits off the beginning of a line. */
export function startOf(text: string): LineStart {
  const [, quote = '', indent = '', mark = '', hashes, number, box] = START.exec(text)!;
  const kind = (): LineKind => {
    if (mark === '') return 'plain';
    if (hashes !== undefined) return 'heading';
    if (box !== undefined) return 'task';
    return number === undefined ? 'bullet' : 'number';
  };
  return { quote, indent, mark, kind: kind(), level: hashes?.length ?? 0 };
}

/** UTF-16 units of a line before its text. */
export function startLength({ quote, indent, mark }: LineStart): number {
  return quote.length + indent.length + mark.length;
}

/** Where the text of a line begins, in UTF-16 units: behind all of its marks, as an item may begin with another one. */
export function textStart(text: string): number {
  let at = 0;
  for (;;) {
    const start = startOf(text.slice(at));
    at += startLength(start);
    if (start.kind !== 'bullet' && start.kind !== 'number') return at;
  }
}

/** The same state with a caret, or the beginning of what is selected, behind the marks of its line: within, letters would break them. */
export function behindMarks(state: EditorState): EditorState {
  const { from, to, anchor, head } = state.selection.main;
  const line = state.doc.lineAt(from);
  const begin = Math.max(from, line.from + textStart(line.text));
  if (begin === from) return state;
  const selection = anchor <= head ? [begin, Math.max(begin, to)] : [Math.max(begin, to), begin];
  return state.update({ selection: EditorSelection.single(selection[0]!, selection[1]) }).state;
}

/** The lines that the selection touches; not the last, if it only reaches its very beginning. */
export function selectedLines(state: EditorState): Line[] {
  const { from, to } = state.selection.main;
  const lines: Line[] = [];
  for (let line = state.doc.lineAt(from); ; line = state.doc.line(line.number + 1)) {
    lines.push(line);
    if (line.to >= to || (line.to + 1 === to && to > from)) return lines;
  }
}
