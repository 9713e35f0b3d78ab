import type { Collaborator } from '../../protocol/presence-messages.ts';
import type { Edit } from '../../text/edit.ts';
import { caretSide, clampRanges, mapRange, type SelectionRange } from '../../text/position.ts';

/**
 * Who is here. Carets are kept in the confirmed text, where their versions are, and carried over each committed change:
 * through an own change of their owner behind what was inserted, through others' changes in front of it. The unsent edits of
 * this client come on top only when the list is read, so that ties fall here as they will on the server.
 */
export class PresenceList {
  readonly #entries = new Map<string, Collaborator>();
  #count = 0;

  /** How many are here in all. */
  get count(): number {
    return this.#count;
  }

  /** True if somebody has a caret. */
  get hasCarets(): boolean {
    for (const entry of this.#entries.values()) if (entry.cursor !== null) return true;
    return false;
  }

  reset(collaborators: readonly Collaborator[], count: number): void {
    this.#entries.clear();
    for (const entry of collaborators) this.#entries.set(entry.sessionId, entry);
    this.#count = count;
  }

  update(changes: {
    readonly joined: readonly Collaborator[];
    readonly left: readonly string[];
    readonly changed: readonly Collaborator[];
    readonly count: number;
  }): void {
    for (const sessionId of changes.left) this.#entries.delete(sessionId);
    for (const entry of [...changes.joined, ...changes.changed]) this.#entries.set(entry.sessionId, entry);
    this.#count = changes.count;
  }

  /** Somebody's caret moved; its ranges are in the text at its version. */
  move(sessionId: string, cursor: Collaborator['cursor']): void {
    const entry = this.#entries.get(sessionId);
    if (entry !== undefined) this.#entries.set(sessionId, { ...entry, cursor });
  }

  /** A change was committed: carets of earlier versions are carried to its version. */
  advance(edit: Edit, version: number, authorSessionId: string): void {
    for (const [sessionId, entry] of this.#entries) {
      const { cursor } = entry;
      if (cursor === null || cursor.version >= version) continue;
      const side = caretSide(sessionId === authorSessionId);
      const ranges = cursor.ranges.map((range) => mapRange(range, edit, side));
      this.#entries.set(sessionId, { ...entry, cursor: { version, ranges } });
    }
  }

  /**
   * Everybody, oneself first, with carets in the visible text of `length` units. `unsent` leads there from the confirmed text;
   * one's own caret is given as it is.
   */
  view(
    own: { sessionId: string | undefined; ranges: readonly SelectionRange[] | null },
    unsent: readonly Edit[],
    confirmedVersion: number,
    length: number,
  ): Collaborator[] {
    const first: Collaborator[] = [];
    const others: Collaborator[] = [];
    for (const entry of this.#entries.values()) {
      if (entry.sessionId === own.sessionId) {
        const cursor = own.ranges && { version: confirmedVersion, ranges: clampRanges(own.ranges, length) };
        first.push({ ...entry, cursor });
      } else if (entry.cursor === null) {
        others.push(entry);
      } else {
        const { version } = entry.cursor;
        const ranges = entry.cursor.ranges.map((range) => unsent.reduce((at, edit) => mapRange(at, edit), range));
        others.push({ ...entry, cursor: { version, ranges: clampRanges(ranges, length) } });
      }
    }
    return [...first, ...others];
  }
}
