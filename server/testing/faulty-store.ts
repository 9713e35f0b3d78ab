import type { DocumentStore, Run, Snapshot } from '../stores/document-store.ts';

/** What a test makes of the next appends. */
export type Fault =
  /** The store as it is. */
  | 'none'
  /** Rejects, and nothing was written: a full disk. */
  | 'refuse'
  /** Rejects although the run became durable: a connection lost between the commit and its answer. */
  | 'commit-then-fail'
  /** Waits until `release` is called, and goes on as if nothing had been: a slow disk. */
  | 'pause'
  /** Rejects now; the run becomes durable when `landLate` is called: a frozen writer. */
  | 'hold';

/** A real store whose appends fail on demand, and which may be slow for snapshots too. Everything else goes straight through. */
export class FaultyStore {
  fault: Fault = 'none';
  /** How many appends were asked for. */
  appends = 0;
  readonly #store: DocumentStore;
  readonly #held: Run[] = [];
  readonly #paused: (() => void)[] = [];

  private constructor(store: DocumentStore) {
    this.#store = store;
  }

  static wrap<S extends DocumentStore>(store: S): { store: S; faults: FaultyStore } {
    const faults = new FaultyStore(store);
    const wrapped = new Proxy(store, {
      get(target, name) {
        if (name === 'append') return (run: Run) => faults.#append(run);
        if (name === 'saveSnapshot') return (id: string, snapshot: Snapshot) => faults.#saveSnapshot(id, snapshot);
        if (name === 'check') return () => faults.#check();
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    return { store: wrapped, faults };
  }

  /** Lets the held runs arrive; tells which of them were accepted. */
  async landLate(): Promise<boolean[]> {
    const runs = this.#held.splice(0);
    const accepted: boolean[] = [];
    for (const run of runs) accepted.push(await this.#store.append(run));
    return accepted;
  }

  /** Lets what is paused go on, and what comes. */
  release(): void {
    this.fault = 'none';
    for (const proceed of this.#paused.splice(0)) proceed();
  }

  async #append(run: Run): Promise<boolean> {
    this.appends += 1;
    await this.#pause();
    if (this.fault === 'none') return this.#store.append(run);
    if (this.fault === 'commit-then-fail') await this.#store.append(run);
    if (this.fault === 'hold') this.#held.push(run);
    throw Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_FSYNC' });
  }

  async #saveSnapshot(documentId: string, snapshot: Snapshot): Promise<void> {
    await this.#pause();
    await this.#store.saveSnapshot(documentId, snapshot);
  }

  async #pause(): Promise<void> {
    if (this.fault === 'pause') await new Promise<void>((proceed) => this.#paused.push(proceed));
  }

  async #check(): Promise<void> {
    if (this.fault !== 'none') throw Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_FSYNC' });
    await this.#store.check();
  }
}
