import type { DocumentStore, Run, Snapshot } from '../stores/document-store.ts';

/** What happens to the next appends. */
export type Fault =
  /** They go straight through. */
  | 'none'
  /** Rejects and writes nothing, like a full disk. */
  | 'refuse'
  /** Rejects although the run is durable, like a connection lost between the commit and its answer. */
  | 'commit-then-fail'
  /** Waits until `release` is called, then goes straight through, like a slow disk. */
  | 'pause'
  /** Rejects now; the run becomes durable when `landLate` is called, like a frozen writer's. */
  | 'hold';

/** A real store whose appends fail on demand, and whose snapshots can be paused too. All else goes straight through. */
export class FaultyStore {
  fault: Fault = 'none';
  /** The number of appends that were requested. */
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

  /** Appends the held runs; returns which of them were accepted. */
  async landLate(): Promise<boolean[]> {
    const runs = this.#held.splice(0);
    const accepted: boolean[] = [];
    for (const run of runs) accepted.push(await this.#store.append(run));
    return accepted;
  }

  /** Ends the fault, and lets what is paused go on. */
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
