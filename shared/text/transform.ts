import { EditBuilder, EditCursor, type Edit } from './edit.ts';

/**
 * Where an insertion goes that meets another one at the same place: `left` for the edit that is committed later, `right` for
 * the one that is committed already. This is the only tie-break of the product. Left for the later one means that two people
 * who type forward at one spot never interleave (measured: 100 % contiguous; docs/decisions/0003).
 */
export type Side = 'left' | 'right';

/**
 * Rewrites `edit` so that it can follow `over`, where both were made on the same text:
 * `compose(over, transform(edit, over, 'left'))` equals `compose(edit, transform(over, edit, 'right'))`.
 * Text that both delete is deleted once; text inserted inside a range that the other deletes survives where the range was.
 *
 * `over` must be one committed change, never a composition of several: transforming over a composition loses where ties were.
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
