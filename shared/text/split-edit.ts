import { EditBuilder, type Edit } from './edit.ts';

/** How much one submission may hold. */
export interface EditBudget {
  /** Inserted text, in UTF-16 units; at least 2, so that a surrogate pair fits. */
  readonly units: number;
  /** Places at which something is inserted, deleted or replaced. */
  readonly sites: number;
}

/**
 * Cuts an edit in two that follow each other (`compose(first, rest)` is the edit): the first fits the budget, the rest is
 * empty if all of it fits. A surrogate pair is never cut.
 */
export function splitEdit(edit: Edit, budget: EditBudget): { first: Edit; rest: Edit } {
  const first = new EditBuilder();
  const rest = new EditBuilder();
  let units = budget.units;
  let sites = budget.sites;
  let full = false;
  let previous: 'insert' | 'delete' | 'retain' = 'retain';
  for (const part of edit) {
    if (typeof part === 'number' && part > 0) {
      (full ? rest : first).retain(part);
      if (!full) rest.retain(part);
      previous = 'retain';
      continue;
    }
    if (!full && previous === 'retain') {
      full = sites === 0;
      sites -= 1;
    }
    if (typeof part === 'number') {
      (full ? rest : first).delete(-part);
      previous = 'delete';
      continue;
    }
    const count = full ? 0 : part.length <= units ? part.length : pairBoundary(part, units);
    first.insert(part.slice(0, count));
    rest.retain(count);
    rest.insert(part.slice(count));
    units -= count;
    full ||= count < part.length;
    previous = 'insert';
  }
  return { first: first.finish(), rest: rest.finish() };
}

/**
 * Cuts an edit in two that follow each other: the first holds all insertions and changes at most `sites` places, the rest holds
 * the deletions that were too many. If there are more insertions than `sites`, the first holds all of them nevertheless.
 */
export function postponeDeletions(edit: Edit, sites: number): { first: Edit; rest: Edit } {
  const first = new EditBuilder();
  const rest = new EditBuilder();
  let room = sites;
  for (const part of edit) if (typeof part === 'string') room -= 1;
  let isReplacing = false;
  for (const part of edit) {
    if (typeof part === 'string') {
      first.insert(part);
      rest.retain(part.length);
    } else if (part > 0) {
      first.retain(part);
      rest.retain(part);
    } else if (isReplacing || room > 0) {
      first.delete(-part);
      if (!isReplacing) room -= 1;
    } else {
      first.retain(-part);
      rest.delete(-part);
    }
    isReplacing = typeof part === 'string';
  }
  return { first: first.finish(), rest: rest.finish() };
}

/** The largest boundary of `text` up to `limit` that does not split a surrogate pair. */
function pairBoundary(text: string, limit: number): number {
  const unit = text.charCodeAt(limit - 1);
  return unit >= 0xd800 && unit <= 0xdbff ? limit - 1 : limit;
}
