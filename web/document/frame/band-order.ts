/**
 * What a band can say, the most pressing first; one is shown at a time. First what may be lost: a refusal, a text that was kept, what
 * is not saved, what is not kept on this device. Then whom one follows, and what one can do here.
 */
export const BAND_ORDER = ['refused', 'rescued', 'stuck', 'not-kept', 'following', 'read-only', 'plain'] as const;

export type BandKind = (typeof BAND_ORDER)[number];

/** These are not lost from sight behind a more pressing one: one leafs through them. */
const TO_LEAF: ReadonlySet<BandKind> = new Set(['refused', 'rescued', 'stuck', 'not-kept']);

/** The band that is shown, and where it stands among those that one leafs through. */
export interface BandChoice {
  readonly kind: BandKind;
  /** From 1; 0 if it is not one of them. */
  readonly at: number;
  readonly all: number;
  /** The one that comes next. */
  readonly next: BandKind;
}

/** Chooses among the bands that have something to say. `wanted`: the one that somebody leafed to. */
export function chooseBand(there: Iterable<BandKind>, wanted?: BandKind): BandChoice | undefined {
  const kinds = new Set(there);
  const inOrder = BAND_ORDER.filter((kind) => kinds.has(kind));
  const leaves = inOrder.filter((kind) => TO_LEAF.has(kind));
  const kind = wanted !== undefined && leaves.includes(wanted) ? wanted : inOrder[0];
  if (kind === undefined) return undefined;
  const index = leaves.indexOf(kind);
  return { kind, at: index + 1, all: leaves.length, next: leaves[(index + 1) % leaves.length] ?? kind };
}
