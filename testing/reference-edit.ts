import type { WireOperation } from './wire-text.ts';

/**
 * Rules V4 and V5 of docs/protocol.md, written a second time and as plainly as possible: an edit is a set of deleted units and
 * texts inserted in gaps of the text before it. Slow, and shares nothing with shared/text, so that the two can disagree.
 */
export class ReferenceEdit {
  /** Gap (0 to the length) to text; a gap never follows a unit that this edit deletes. */
  readonly inserted: ReadonlyMap<number, string>;
  /** Indices of deleted units. */
  readonly deleted: ReadonlySet<number>;

  private constructor(inserted: Iterable<readonly [number, string]>, deleted: ReadonlySet<number>) {
    const canonical = new Map<number, string>();
    for (const [gap, text] of [...inserted].sort(([a], [b]) => a - b)) {
      let place = gap;
      while (deleted.has(place - 1)) place -= 1;
      canonical.set(place, (canonical.get(place) ?? '') + text);
    }
    this.inserted = canonical;
    this.deleted = deleted;
  }

  /** The one edit that operations amount to, applied in sequence to a text of `length` units. */
  static of(operations: readonly WireOperation[], length: number): ReferenceEdit {
    // Units of the text by their index, and inserted units as strings.
    const units: (number | string)[] = Array.from({ length }, (_, index) => index);
    for (const { position, from = position!, to = from, text = '' } of operations) {
      units.splice(from, to - from, ...text.split(''));
    }
    const inserted: [number, string][] = [];
    let gap = 0;
    for (const unit of units) {
      if (typeof unit === 'string') inserted.push([gap, unit]);
      else gap = unit + 1;
    }
    const kept = new Set(units);
    return new ReferenceEdit(inserted, new Set(Array.from({ length }, (_, i) => i).filter((i) => !kept.has(i))));
  }

  /** This edit rebased over `earlier`, which was made on the same text and committed first. */
  after(earlier: ReferenceEdit): ReferenceEdit {
    const shift = (index: number, passes: (gap: number) => boolean): number => {
      let moved = index;
      for (const unit of earlier.deleted) if (unit < index) moved -= 1;
      for (const [gap, text] of earlier.inserted) if (passes(gap)) moved += text.length;
      return moved;
    };
    // The later one goes left of what stands at its place.
    const inserted = [...this.inserted].map(
      ([gap, text]) => [shift(gap, (other) => other < gap), text] as [number, string],
    );
    const left = [...this.deleted].filter((unit) => !earlier.deleted.has(unit));
    return new ReferenceEdit(inserted, new Set(left.map((unit) => shift(unit, (other) => other <= unit))));
  }

  apply(text: string): string {
    let result = '';
    for (let index = 0; index <= text.length; index += 1) {
      result += this.inserted.get(index) ?? '';
      if (index < text.length && !this.deleted.has(index)) result += text[index]!;
    }
    return result;
  }
}
