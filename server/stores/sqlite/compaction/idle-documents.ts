/** The time at which one looks, as a clock tells it (shared/clock.ts). */
export interface CompactionTime {
  readonly now: number;
  readonly monotonic: number;
}

interface Look {
  /** The newest version when it was looked at. */
  readonly version: number;
  /** The monotonic time of its last change, as far as one can tell. */
  readonly changedAt: number;
}

/**
 * How long documents have not been changed. The stamp of the last change tells that at the first look only: from then on what
 * counts is whether there is a newer version, because the machine's time may be set forwards or back at any moment.
 */
export class IdleDocuments {
  readonly #looks = new Map<number, Look>();

  /** Milliseconds since the last change of a document, by its newest version and the stamp of that. */
  since(
    {
      document,
      version,
      timestamp,
    }: { readonly document: number; readonly version: number; readonly timestamp: number },
    { now, monotonic }: CompactionTime,
  ): number {
    const before = this.#looks.get(document);
    if (before?.version === version) return monotonic - before.changedAt;
    const age = before === undefined ? Math.max(0, now - timestamp) : 0;
    this.#looks.set(document, { version, changedAt: monotonic - age });
    return age;
  }

  /** Called for documents that have nothing to compact, so that this holds no more than those which have. */
  forget(document: number): void {
    this.#looks.delete(document);
  }
}
