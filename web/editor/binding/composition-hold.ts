/**
 * While a syllable is being composed, the browser owns the line it stands in: a remote edit there leaves a stray syllable
 * behind (measured, docs/decisions). So remote edits that touch this line wait, and all later ones too, to keep their order.
 * What is typed meanwhile is made on the text without them and has to be carried past them.
 */
import type { Edit } from '../../../shared/text/edit.ts';
import { mapPosition, mapRange, type SelectionRange } from '../../../shared/text/position.ts';
import { transformPair } from '../../../shared/text/transform.ts';

/**
 * How long, in milliseconds, a composition may rest before what waits is shown all the same: the last Korean syllable stays
 * open until the next key, so a composition may never end.
 */
export const LONGEST_REST = 3000;
/** The longest time, in milliseconds, that a remote edit waits for somebody who goes on composing, as in a Japanese sentence. */
export const LONGEST_HOLD = 10_000;

/** A line of the visible text, `[from, to]` without its line break. */
export interface LineSpan {
  readonly from: number;
  readonly to: number;
}

/** Whether the edit inserts or deletes within the line or at its edge. */
export function touchesLine(edit: Edit, line: LineSpan): boolean {
  let position = 0;
  for (const part of edit) {
    if (typeof part === 'string') {
      if (position >= line.from && position <= line.to) return true;
    } else if (part < 0) {
      const end = position - part;
      if (position <= line.to && end >= line.from) return true;
      position = end;
    } else {
      position += part;
    }
    if (position > line.to) return false;
  }
  return false;
}

/** The remote edits that wait, for a composition or to be drawn. They follow each other and begin on the visible text. */
export class CompositionHold {
  #held: readonly Edit[] = [];

  get isEmpty(): boolean {
    return this.#held.length === 0;
  }

  add(edit: Edit): void {
    this.#held = [...this.#held, edit];
  }

  /**
   * Carries an edit of the visible text past everything that waits. `edit` is for the session's text; `keep` must be called
   * once the session took it, and changes what waits so that it follows the edit. New text at the place of a remote insertion
   * goes left of it, where everybody later goes; text that replaces goes right, to what it replaces: 한 stays where 하 was.
   */
  carry(local: Edit): { readonly edit: Edit; keep(): void } {
    let edit = local;
    const goesRight = replaces(local);
    const moved = this.#held.map((held) => {
      const { later, earlier } = goesRight ? transformPair(held, edit) : transformPair(edit, held);
      edit = goesRight ? earlier : later;
      return goesRight ? later : earlier;
    });
    return { edit, keep: () => (this.#held = moved) };
  }

  /** A selection in the visible text as it lies in the session's text. */
  carryRange(range: SelectionRange): SelectionRange {
    return this.#held.reduce((carried, edit) => mapRange(carried, edit), range);
  }

  /** Hands over what need not wait: all before the first edit that touches the line that is being composed. */
  releaseFree(composedLine: LineSpan | undefined): readonly Edit[] {
    if (composedLine === undefined) return this.release();
    let line = composedLine;
    const first = this.#held.findIndex((edit) => {
      if (touchesLine(edit, line)) return true;
      line = { from: mapPosition(line.from, edit), to: mapPosition(line.to, edit) };
      return false;
    });
    if (first === -1) return this.release();
    const free = this.#held.slice(0, first);
    this.#held = this.#held.slice(first);
    return free;
  }

  /** Hands over all that waited, in order, and holds nothing any more. */
  release(): readonly Edit[] {
    const released = this.#held;
    this.#held = [];
    return released;
  }
}

/** Whether an edit inserts text in front of what it deletes. */
function replaces(edit: Edit): boolean {
  return edit.some((part, index) => {
    const next = edit[index + 1];
    return typeof part === 'string' && typeof next === 'number' && next < 0;
  });
}
