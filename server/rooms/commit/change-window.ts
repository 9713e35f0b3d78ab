import type { Change } from '../../../shared/sync/change.ts';
import { insertedLength, type Edit } from '../../../shared/text/edit.ts';

/** About what a change takes in memory beside its text, and a UTF-16 unit of it. */
const CHANGE_BYTES = 400;
const UNIT_BYTES = 2;
/** A part of an edit takes as much as so many units. */
const PART_UNITS = 8;

/** What an edit takes in memory, counted in units. */
function unitsOf(edit: Edit): number {
  return insertedLength(edit) + PART_UNITS * edit.length;
}

/** The newest committed changes of a room, kept in memory for transforming and catching up. Dense, oldest first. */
export class ChangeWindow {
  readonly #maximumChanges: number;
  readonly #maximumUnits: number;
  #changes: Change[] = [];
  /** Index of the oldest change that is still kept; the array is cut only now and then. */
  #start = 0;
  #units = 0;
  /** AppDeps of all changes ever pushed, up to each one that is kept. */
  #partsUpTo: number[] = [];
  #parts = 0;
  /** The same up to the newest that is not kept any more. */
  #partsBefore = 0;

  /** Keeps at most that many changes, and that many UTF-16 units of inserted text in all, their edits counted in. */
  constructor(limits: { changes: number; units: number }) {
    this.#maximumChanges = limits.changes;
    this.#maximumUnits = limits.units;
  }

  /** The version of the oldest change, or undefined where none is kept. */
  get oldest(): number | undefined {
    return this.#changes[this.#start]?.version;
  }

  get size(): number {
    return this.#changes.length - this.#start;
  }

  /** About what it takes in memory. */
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

  /** The change that made a version, or undefined where it is not kept. */
  at(version: number): Change | undefined {
    const oldest = this.oldest;
    return oldest === undefined || version < oldest ? undefined : this.#changes[this.#start + version - oldest];
  }

  /** All changes after a version; the caller has checked that the window reaches back that far. */
  after(version: number): Change[] {
    const oldest = this.oldest;
    return oldest === undefined ? [] : this.#changes.slice(this.#start + Math.max(0, version + 1 - oldest));
  }

  /** How many parts the kept changes after a version have together, without a look at them. */
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
