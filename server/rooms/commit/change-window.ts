import type { Change } from '../../../shared/sync/change.ts';
import { insertedLength, type Edit } from '../../../shared/text/edit.ts';

/** About how many bytes of memory a change takes besides its text, and a UTF-16 unit of its text. */
const CHANGE_BYTES = 400;
const UNIT_BYTES = 2;
/** A part of an edit takes about as much memory as this many units. */
const PART_UNITS = 8;

/** What an edit takes in memory, in UTF-16 units. */
function unitsOf(edit: Edit): number {
  return insertedLength(edit) + PART_UNITS * edit.length;
}

/** The newest committed changes of a room, kept in memory for transforming and catching up. Dense, oldest first. */
export class ChangeWindow {
  readonly #maximumChanges: number;
  readonly #maximumUnits: number;
  #changes: Change[] = [];
  /** Index of the oldest change that is kept. The array is cut only now and then. */
  #start = 0;
  #units = 0;
  /** For each change in the array: the number of parts of all changes ever pushed, up to this one. */
  #partsUpTo: number[] = [];
  #parts = 0;
  /** The same for the newest change that is not kept any more. */
  #partsBefore = 0;

  /** Keeps at most `changes` changes, which take at most `units` UTF-16 units of inserted text and edits. */
  constructor(limits: { changes: number; units: number }) {
    this.#maximumChanges = limits.changes;
    this.#maximumUnits = limits.units;
  }

  /** The version of the oldest change; undefined if none is kept. */
  get oldest(): number | undefined {
    return this.#changes[this.#start]?.version;
  }

  get size(): number {
    return this.#changes.length - this.#start;
  }

  /** About how many bytes of memory it takes. */
  get bytes(): number {
    return this.size * CHANGE_BYTES + this.#units * UNIT_BYTES;
  }

  push(change: Change): void {
    this.#changes.push(change);
    this.#parts += change.edit.length;
    this.#partsUpTo.push(this.#parts);
    this.#units += unitsOf(change.edit);
    while (this.size > 1 && (this.size > this.#maximumChanges || this.#units > this.#maximumUnits)) {
      this.#units -= unitsOf(this.#changes[this.#start]!.edit);
      this.#partsBefore = this.#partsUpTo[this.#start]!;
      this.#start += 1;
    }
    if (this.#start > this.#maximumChanges) {
      this.#changes = this.#changes.slice(this.#start);
      this.#partsUpTo = this.#partsUpTo.slice(this.#start);
      this.#start = 0;
    }
  }

  /** The change that made a version; undefined if it is not kept. */
  at(version: number): Change | undefined {
    const oldest = this.oldest;
    return oldest === undefined || version < oldest ? undefined : this.#changes[this.#start + version - oldest];
  }

  /** All changes after a version; the caller has checked that the window reaches back that far. */
  after(version: number): Change[] {
    const oldest = this.oldest;
    return oldest === undefined ? [] : this.#changes.slice(this.#start + Math.max(0, version + 1 - oldest));
  }

  /** How many parts the kept changes after a version have together, in constant time. */
  partsAfter(version: number): number {
    const oldest = this.oldest;
    if (oldest === undefined || version < oldest) return this.#parts - this.#partsBefore;
    return this.#parts - (this.#partsUpTo[this.#start + version - oldest] ?? this.#parts);
  }

  /** Whether every change after `version` up to the newest is here; `head` is the newest version. */
  reaches(version: number, head: number): boolean {
    return version >= head || (this.oldest !== undefined && this.oldest <= version + 1);
  }
}
