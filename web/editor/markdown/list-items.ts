import type { EditorState } from '@codemirror/state';

/** An item of a list, as far as what lies beneath it is laid out by it. */
export interface Item {
  /** Where its line begins, in UTF-16 units. */
  readonly line: number;
  /** The spaces that its line begins with. */
  readonly indent: string;
  /** The letters before what lies in it: its indent, its mark and the space behind that. */
  readonly begin: string;
  /** The letters before its text: `begin`, and the box of a task. */
  readonly hanging: string;
  /** The letter behind them; may be empty. */
  readonly next: string;
  /** The item that it lies beneath. */
  readonly parent?: Item;
}

/** What a line gives way to: the text of an item above begins where the letters `indent` of the line end, or before. */
export interface Nesting {
  readonly item: Item;
  readonly indent: string;
}

/** The mark of an item, and what stands behind it before the text. */
const MARK = /^((?:[-*+]|\d{1,9}[.)])[ \t]*)(?:\[[ xX]\][ \t]+)?/;
/** Letters that are looked at of an item; with more before its text it would not hang. */
const MOST_LETTERS = 100;

/** The item whose mark begins at `from`, within another one. */
export function itemAt(state: EditorState, from: number, outer: Item | undefined): Item {
  const line = state.doc.lineAt(from);
  const text = state.sliceDoc(from, Math.min(line.to, from + MOST_LETTERS));
  const [mark = '', begin = ''] = MARK.exec(text) ?? [];
  const before = state.sliceDoc(line.from, from);
  return {
    line: line.from,
    indent: /^[ \t]*/.exec(before)![0],
    begin: before + begin,
    hanging: before + mark,
    next: String.fromCodePoint(text.codePointAt(mark.length) ?? 0x20).trim(),
    // An item may begin with another one.
    parent: outer?.line === line.from ? outer.parent : outer,
  };
}

/**
 * What a line of an item gives way to: that of its mark to the item above, further ones, such as a second paragraph, to its own.
 * Undefined if it has no indent, which may be left out; a tab is as wide as it is.
 */
export function nestingOf(item: Item, line: { readonly from: number; readonly text: string }): Nesting | undefined {
  if (line.from === item.line) return nestingOfItem(item);
  const indent = ' '.repeat(item.begin.length);
  return line.text.startsWith(indent) && line.text.trim() !== '' ? { item, indent } : undefined;
}

/** What the mark of an item gives way to. */
export function nestingOfItem({ parent, indent }: Item): Nesting | undefined {
  return parent === undefined || indent === '' ? undefined : { item: parent, indent };
}
