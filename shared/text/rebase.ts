import { requiredLength, type Edit } from './edit.ts';
import { transform } from './transform.ts';

/**
 * Carries an edit over committed ones, each of which follows the one before: what `transform(…, 'left')` over one after the other
 * gives. Most of them lie wholly before the edit or wholly behind it; those only move its start, and make no edit each.
 */
export function rebase(edit: Edit, committed: readonly Edit[]): Edit {
  let moved = edit;
  let start = startOf(edit);
  let end = requiredLength(edit);
  /** By how much `moved` starts later than it says. */
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
    // Where they touch, the tie-break has its say.
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

/** Where an edit first touches the text. */
function startOf(edit: Edit): number {
  const [first] = edit;
  return typeof first === 'number' && first > 0 ? first : 0;
}

/** An edit that touches the text so much later; it has a "keep" in front, which stays longer than nothing. */
function shifted(edit: Edit, shift: number): Edit {
  if (shift === 0) return edit;
  const [first, ...rest] = edit;
  return [(first as number) + shift, ...rest];
}
