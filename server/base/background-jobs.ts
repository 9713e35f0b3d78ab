import type { Clock } from '../../shared/clock.ts';
import type { Logger } from './logger.ts';

/** What the process does by itself, however often; docs/operations.md says what each of them is for. */
export type JobName = 'compaction' | 'heartbeat' | 'http-readers' | 'snapshot' | 'sweep' | 'token-keys';

/** What a job has come to since the process started. */
export interface JobRecord {
  readonly runs: number;
  readonly failures: number;
  /** Milliseconds since 1970; undefined until it first succeeded. */
  readonly lastSuccess: number | undefined;
  /** The last run failed. */
  readonly isFailing: boolean;
}

/** Milliseconds after which a cause that has gone and come back is told anew. */
const TOLD_EVERY = 60_000;

const NEVER: JobRecord = { runs: 0, failures: 0, lastSuccess: undefined, isFailing: false };

/**
 * Runs what nobody waits for, so that its failure is seen all the same: counted for `/metrics`, and logged once per cause until
 * the job succeeds again, or once a minute where it fails and succeeds by turns.
 */
export class BackgroundJobs {
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #records = new Map<JobName, JobRecord>();
  /** What is in the log already, by job, and since when. Monotonic milliseconds. */
  readonly #told = new Map<JobName, Map<string, number>>();

  constructor({ clock, logger }: { readonly clock: Clock; readonly logger: Logger }) {
    this.#clock = clock;
    this.#logger = logger;
  }

  /** Jobs that ran, or were announced. */
  get records(): ReadonlyMap<JobName, JobRecord> {
    return this.#records;
  }

  /** Shows a job in `records` before it first ran. */
  announce(name: JobName): void {
    this.#records.set(name, this.#records.get(name) ?? NEVER);
  }

  /** Runs a job, at once; true where it succeeded. Never rejects. `fields` go into the log beside the error. */
  async run(name: JobName, work: () => void | Promise<void>, fields: object = {}): Promise<boolean> {
    try {
      await work();
    } catch (error) {
      this.#failed(name, error, fields);
      return false;
    }
    const { runs, failures } = this.#records.get(name) ?? NEVER;
    this.#records.set(name, { runs: runs + 1, failures, lastSuccess: this.#clock.now(), isFailing: false });
    const told = this.#told.get(name);
    for (const [cause, at] of told ?? []) if (this.#clock.monotonic() - at >= TOLD_EVERY) told!.delete(cause);
    return true;
  }

  #failed(name: JobName, error: unknown, fields: object): void {
    const before = this.#records.get(name) ?? NEVER;
    this.#records.set(name, { ...before, runs: before.runs + 1, failures: before.failures + 1, isFailing: true });
    const cause = error instanceof Error ? error.message : String(error);
    const told = this.#told.get(name) ?? new Map<string, number>();
    this.#told.set(name, told);
    if (told.has(cause)) return;
    told.set(cause, this.#clock.monotonic());
    this.#logger.warn({ job: name, err: error, ...fields }, 'A background job failed');
  }
}

/** Does something with each, also after one of them failed; throws the first failure at the end. */
export function every<T>(items: Iterable<T>, work: (item: T) => void): void {
  const failures: unknown[] = [];
  for (const item of items) {
    try {
      work(item);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
