import type { Edit } from './edit.ts';

/** To which side of an insertion at its very place a position keeps. */
export type Association = 'before' | 'after';

/**
 * Where a position (UTF-16 units) lies after an edit. At an insertion it stays in front of it by default, as a caret without
 * pending text does; inside a deleted range it moves to the place where the range was.
 */
export function mapPosition(position: number, edit: Edit, association: Association = 'before'): number {
  let read = 0;
  let written = 0;
  for (const part of edit) {
    if (typeof part === 'string') {
      if (read === position && association === 'before') return written;
      written += part.length;
    } else if (part < 0) {
      read -= part;
      if (read > position) return written;
    } else {
      if (read + part > position) return written + (position - read);
      read += part;
      written += part;
    }
  }
  return written + (position - read);
}

/** A caret (`anchor` = `head`) or a selection, in UTF-16 units. */
export interface SelectionRange {
  readonly anchor: number;
  readonly head: number;
}

/**
 * A selection carried through an edit. `after` for the author's own edits: a caret follows what its owner types, also where
 * the message with the new caret is still on its way.
 */
export function mapRange(range: SelectionRange, edit: Edit, association: Association = 'before'): SelectionRange {
  const anchor = mapPosition(range.anchor, edit, association);
  return { anchor, head: range.head === range.anchor ? anchor : mapPosition(range.head, edit, association) };
}
