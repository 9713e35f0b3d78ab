import type { Clock } from '../../shared/clock.ts';
import type { Logger } from './logger.ts';

/** Background jobs; docs/operations.md says what each is for. */
export type JobName =
  'compaction' | 'heartbeat' | 'http-readers' | 'index' | 'snapshot' | 'sweep' | 'token-keys' | 'visits';

/** Outcome of a job since the process started. */
export interface JobRecord {
  readonly runs: number;
  readonly failures: number;
  /** Milliseconds since 1970; undefined until it first succeeded. */
  readonly lastSuccess: number | undefined;
  /** The last run failed. */
  readonly isFailing: boolean;
}

/** A cause that comes and goes is logged at most once in this many milliseconds. */
const TOLD_EVERY = 60_000;

const NEVER: JobRecord = { runs: 0, failures: 0, lastSuccess: undefined, isFailing: false };

/**
 * Runs background jobs so that their failures are noticed: they are counted for `/metrics`, and logged once per cause until the job
 * succeeds again, or once a minute if it fails and succeeds by turns.
 */
export class BackgroundJobs {
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #records = new Map<JobName, JobRecord>();
  /** Causes that were logged, by job, and when. Monotonic milliseconds. */
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

  /** Runs a job at once; resolves with true if it succeeded. Never rejects. `fields` are logged with an error. */
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

/** Calls `work` for each item, even if it throws for some. Throws the first error at the end. */
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
