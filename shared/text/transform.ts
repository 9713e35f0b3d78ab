import { EditBuilder, EditCursor, requiredLength, type Edit } from './edit.ts';

/**
 * The tie-break for two insertions at the same place: `left` for the edit that is committed later, `right` for the one that is
 * committed already. There is no other in the product. As the later one goes left, two people who type forward at one spot
 * never interleave (measured: 100 % contiguous; docs/decisions/0003).
 */
export type Side = 'left' | 'right';

/**
 * Rewrites `edit` so that it can follow `over`; both were made on the same text:
 * `compose(over, transform(edit, over, 'left'))` equals `compose(edit, transform(over, edit, 'right'))`.
 * Text that both delete is deleted once; text inserted inside a range that the other deletes survives at the place of the range.
 *
 * `over` must be one committed change, never a composition of several: a composition does not tell the ties.
 */
export function transform(edit: Edit, over: Edit, side: Side): Edit {
  if (edit.length === 0 || over.length === 0) return edit;
  const builder = new EditBuilder();
  const mine = new EditCursor(edit);
  const theirs = new EditCursor(over);
  while (!mine.done) {
    if (theirs.kind === 'insert' && !(side === 'left' && mine.kind === 'insert')) {
      builder.retain(theirs.left);
      theirs.skip(theirs.left);
    } else if (mine.kind === 'insert') {
      builder.insert(mine.take(mine.left));
    } else {
      const count = Math.min(mine.left, theirs.left);
      if (theirs.kind === 'retain') {
        if (mine.kind === 'retain') builder.retain(count);
        else builder.delete(count);
      }
      mine.skip(count);
      theirs.skip(count);
    }
  }
  return builder.finish();
}

/** Both edits moved past each other: `later` goes left at ties, as the change that is committed second. */
export function transformPair(later: Edit, earlier: Edit): { later: Edit; earlier: Edit } {
  return { later: transform(later, earlier, 'left'), earlier: transform(earlier, later, 'right') };
}

/**
 * Carries an edit over a sequence of committed ones, with the result of `transform(…, 'left')` over each in turn. Most of them lie
 * wholly in front of the edit or wholly behind it: those only shift its start, and no edit is made for each.
 */
export function rebase(edit: Edit, committed: readonly Edit[]): Edit {
  let moved = edit;
  let start = startOf(edit);
  let end = requiredLength(edit);
  /** By how many units `moved` starts later than its parts say. */
  let shift = 0;
  for (const over of committed) {
    if (moved.length === 0) return moved;
    let reach = 0;
    let grown = 0;
    for (const part of over) {
      if (typeof part === 'string') {
        grown += part.length;
      } else if (part < 0) {
        reach -= part;
        grown += part;
      } else {
        reach += part;
      }
    }
    // If they touch, the tie-break decides.
    if (reach < start + shift) {
      shift += grown;
    } else if (end + shift >= startOf(over)) {
      moved = transform(shifted(moved, shift), over, 'left');
      start = startOf(moved);
      end = requiredLength(moved);
      shift = 0;
    }
  }
  return shifted(moved, shift);
}

/** The first position that an edit touches. */
function startOf(edit: Edit): number {
  const [first] = edit;
  return typeof first === 'number' && first > 0 ? first : 0;
}

/** The edit `shift` units further on. Unless `shift` is 0 it starts with a "keep", of which more than nothing is left. */
function shifted(edit: Edit, shift: number): Edit {
  if (shift === 0) return edit;
  const [first, ...rest] = edit;
  return [(first as number) + shift, ...rest];
}
