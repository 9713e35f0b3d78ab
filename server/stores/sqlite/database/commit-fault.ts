import Database from 'better-sqlite3';

/**
 * What a failing commit leaves: nothing (`lost`), the whole transaction (`durable`, as a failed fsync can), or nothing because the
 * thread ends too (`crash`).
 */
export type FaultOutcome = 'lost' | 'durable' | 'crash';

const OUTCOMES: readonly FaultOutcome[] = ['lost', 'durable', 'crash'];
const FAILURES = 0;
const OUTCOME = 1;
const HELD = 2;
const COMMITS = 3;

/**
 * Makes commits fail on demand; passed to `SqliteStore.open`. Its state is shared memory, so a test can change it from its own
 * thread while the store's thread commits.
 */
export class CommitFault {
  readonly memory: SharedArrayBuffer;
  readonly #cells: Int32Array;

  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(4 * Int32Array.BYTES_PER_ELEMENT)) {
    this.memory = memory;
    this.#cells = new Int32Array(memory);
  }

  /** How many commits were tried so far, including those that failed. */
  get commits(): number {
    return Atomics.load(this.#cells, COMMITS);
  }

  /** Makes the next `count` commits fail with SQLITE_IOERR_FSYNC. */
  failNext(outcome: FaultOutcome, count = 1): void {
    Atomics.store(this.#cells, OUTCOME, OUTCOMES.indexOf(outcome));
    Atomics.store(this.#cells, FAILURES, count);
  }

  /** Makes all commits fail until `heal`. */
  fail(outcome: FaultOutcome): void {
    this.failNext(outcome, 0x7fffffff);
  }

  heal(): void {
    Atomics.store(this.#cells, FAILURES, 0);
  }

  /** Makes the next commit wait, counted but not done, until `release`. */
  hold(): void {
    Atomics.store(this.#cells, HELD, 1);
  }

  release(): void {
    Atomics.store(this.#cells, HELD, 0);
    Atomics.notify(this.#cells, HELD);
  }

  /** Runs `commit`, or makes it fail as was asked. Called in the store's thread only. */
  run(commit: () => void): void {
    Atomics.add(this.#cells, COMMITS, 1);
    Atomics.wait(this.#cells, HELD, 1);
    const outcome = this.#next();
    if (outcome === 'crash') process.exit(1);
    if (outcome !== 'lost') commit();
    if (outcome !== undefined) throw new Database.SqliteError('disk I/O error (injected)', 'SQLITE_IOERR_FSYNC');
  }

  #next(): FaultOutcome | undefined {
    if (Atomics.load(this.#cells, FAILURES) <= 0) return undefined;
    Atomics.sub(this.#cells, FAILURES, 1);
    return OUTCOMES[Atomics.load(this.#cells, OUTCOME)];
  }
}
