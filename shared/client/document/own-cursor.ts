import { RANGES_MAX } from '../../protocol/bounds.ts';
import type { Edit } from '../../text/edit.ts';
import { caretSide, clampRanges, mapRange, positionBefore, type SelectionRange } from '../../text/position.ts';
import type { Clock } from '../transport/transport.ts';

/** Milliseconds between two cursor messages. */
const INTERVAL = 50;

type Ranges = readonly SelectionRange[] | null;

/** What a caret needs of its document. */
export interface OwnCursorDeps {
  /** The unsent edits, which lead from the confirmed to the visible text. */
  unsent(): readonly Edit[];
  confirmedLength(): number;
  /** Sends ranges of the confirmed text; false if the session is not joined. */
  send(ranges: Ranges): boolean;
}

/**
 * One's own caret. A cursor message speaks of the text at a version, which unsent edits are not part of, so the selection is
 * mapped back through them: a caret in or behind unsent text stands where that text will be inserted. When the edit is
 * committed, server and peers carry the caret of its author behind it, so a peer sees it right behind what was typed, and
 * plain typing needs no cursor message at all. What peers see is tracked here by the same rule; a message is sent only if it
 * differs from where the caret really is.
 */
export class OwnCursor {
  readonly #clock: Clock;
  readonly #deps: OwnCursorDeps;
  /** In the visible text. */
  #ranges: Ranges = null;
  /** What peers see, in the confirmed text. */
  #known: Ranges = null;
  #sentAt = -Infinity;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, deps: OwnCursorDeps) {
    this.#clock = clock;
    this.#deps = deps;
  }

  get ranges(): Ranges {
    return this.#ranges;
  }

  /** Throws RangeError if a place is no whole number from 0 on. */
  set(ranges: Ranges): void {
    const isPlace = (at: number): boolean => Number.isSafeInteger(at) && at >= 0;
    if (ranges?.some(({ anchor, head }) => !isPlace(anchor) || !isPlace(head)))
      throw new RangeError('A caret stands at a whole number of UTF-16 units from 0 on');
    this.#ranges = ranges && ranges.slice(0, RANGES_MAX).map(({ anchor, head }) => ({ anchor, head }));
    this.tell();
  }

  /** The visible text changed by an edit of one's own, or by somebody else's. */
  carry(edit: Edit, whose: 'own' | 'other'): void {
    this.#ranges = through(this.#ranges, edit, whose);
  }

  /** The confirmed text changed; peers have carried the caret. */
  carryKnown(edit: Edit, whose: 'own' | 'other'): void {
    this.#known = through(this.#known, edit, whose);
  }

  /** Joined again: nobody sees a caret yet. */
  forget(): void {
    this.#known = null;
    this.stop();
  }

  /** Tells the others where the caret is, unless they know. At most once in 50 ms. */
  tell(): void {
    if (this.#cancel !== undefined) return;
    const ranges = this.#inConfirmedText();
    if (rangesEqual(ranges, this.#known)) return;
    const wait = this.#sentAt + INTERVAL - this.#clock.monotonic();
    if (wait > 0) {
      this.#cancel = this.#clock.after(wait, () => {
        this.#cancel = undefined;
        this.tell();
      });
    } else if (this.#deps.send(ranges)) {
      this.#known = ranges;
      this.#sentAt = this.#clock.monotonic();
    }
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #inConfirmedText(): Ranges {
    if (this.#ranges === null) return null;
    const back = this.#deps.unsent().toReversed();
    const ranges = this.#ranges.map(({ anchor, head }) => ({
      anchor: back.reduce(positionBefore, anchor),
      head: back.reduce(positionBefore, head),
    }));
    return clampRanges(ranges, this.#deps.confirmedLength());
  }
}

function through(ranges: Ranges, edit: Edit, whose: 'own' | 'other'): Ranges {
  return ranges && ranges.map((range) => mapRange(range, edit, caretSide(whose === 'own')));
}

function rangesEqual(a: Ranges, b: Ranges): boolean {
  if (a === null || b === null) return a === b;
  return (
    a.length === b.length &&
    a.every((range, index) => range.anchor === b[index]!.anchor && range.head === b[index]!.head)
  );
}
