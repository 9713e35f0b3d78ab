import type { Edit } from './edit.ts';

/** The side of an insertion on which a position stays that lies at the very same place. */
export type Association = 'before' | 'after';

/**
 * The position (UTF-16 units) after an edit. At an insertion it stays in front of the inserted text by default, as a caret does
 * that has no pending text. From inside a deleted range it moves to the place of the range.
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

/** The way back: from a position after `edit` to the one before it; from inserted text to the place of the insertion. */
export function positionBefore(position: number, edit: Edit): number {
  let read = 0;
  let written = 0;
  for (const part of edit) {
    if (typeof part === 'string') {
      if (position <= written + part.length) return read;
      written += part.length;
    } else if (part < 0) {
      if (position <= written) return read;
      read -= part;
    } else {
      if (position <= written + part) return read + (position - written);
      read += part;
      written += part;
    }
  }
  return read + (position - written);
}

/** `mapPosition` for many positions in ascending order, in one walk of the edit; they stay in ascending order. */
export function mapPositions(positions: readonly number[], edit: Edit, association: Association = 'before'): number[] {
  const mapped: number[] = [];
  let read = 0;
  let written = 0;
  /** Maps the positions in front of `end`; `stays` says that the text around them is kept. */
  const mapUntil = (end: number, stays: boolean): void => {
    while (mapped.length < positions.length && positions[mapped.length]! < end) {
      mapped.push(stays ? written + (positions[mapped.length]! - read) : written);
    }
  };
  for (const part of edit) {
    if (mapped.length === positions.length) break;
    if (typeof part === 'string') {
      if (association === 'before') mapUntil(read + 1, true);
      written += part.length;
    } else if (part < 0) {
      mapUntil(read - part, false);
      read -= part;
    } else {
      mapUntil(read + part, true);
      read += part;
      written += part;
    }
  }
  mapUntil(Infinity, true);
  return mapped;
}

/** A caret (`anchor` = `head`) or a selection, in UTF-16 units. */
export interface SelectionRange {
  readonly anchor: number;
  readonly head: number;
}

/**
 * The side to which the carets of a session keep at a committed change, `isOwn` if the same session made it: a caret goes behind
 * what its owner types, even while the message with the new caret is on its way, and stays in front of what others insert. The
 * server and every client go by this, so they all see a caret at the same place.
 */
export function caretSide(isOwn: boolean): Association {
  return isOwn ? 'after' : 'before';
}

/** A selection carried through an edit. */
export function mapRange(range: SelectionRange, edit: Edit, association: Association = 'before'): SelectionRange {
  const anchor = mapPosition(range.anchor, edit, association);
  return { anchor, head: range.head === range.anchor ? anchor : mapPosition(range.head, edit, association) };
}

/** Selections moved into a text of `length` units. */
export function clampRanges(ranges: readonly SelectionRange[], length: number): SelectionRange[] {
  return ranges.map(({ anchor, head }) => ({ anchor: Math.min(anchor, length), head: Math.min(head, length) }));
}
