import type { Stopwatch } from '../../shared/clock.ts';
import type { Logger } from '../base/logger.ts';

/** Files that the process itself may need beside its connections: the database, its threads, pages that are being sent. */
const OWN_FILES = 64;
/** With fewer files there is no room for people beside what the process itself needs. */
const LEAST_FILES = 128;
/** Milliseconds between two lines in the log about a shortage. */
const LOG_EVERY = 60_000;
/** A shortage that goes on for this many milliseconds is a lasting one; without one for as long, it is over. */
const LASTING = 10_000;

/** How many files, connections included, the process may have open at once; undefined if the system does not tell. */
export function openFilesLimit(): number | undefined {
  const report = process.report.getReport() as {
    readonly userLimits?: { readonly open_files?: { readonly soft?: unknown } };
  };
  const limit = report.userLimits?.open_files?.soft;
  return typeof limit === 'number' ? limit : undefined;
}

/** Whether the process, or the machine, has as many files open as it may. */
export function isOutOfFiles(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EMFILE' || error.code === 'ENFILE');
}

/** The message for somebody who starts Weft with too low a limit; undefined if the limit is high enough. */
export function tooFewFiles(limit: number | undefined): string | undefined {
  return limit !== undefined && limit < LEAST_FILES ? outOfFiles(limit) : undefined;
}

/** The message if the process ran out of files. */
export function outOfFiles(limit: number | undefined): string {
  const allowed = limit === undefined ? 'no more files at once' : `only ${limit} files at once`;
  return (
    `Weft may open ${allowed}, connections among them, and needs ${LEAST_FILES} or more. ` +
    'Allow more where you start it: `ulimit -n 4096`, or LimitNOFILE=4096 in a unit of systemd.'
  );
}

/** How many connections may be open, so that the process itself always has files left. */
export function connectionsWithin(setting: number, limit: number | undefined): number {
  return limit === undefined ? setting : Math.max(1, Math.min(setting, limit - OWN_FILES));
}

/** Notes that a connection or a file was refused because the process has as many open as it may. */
export class FileShortage {
  readonly #clock: Stopwatch;
  readonly #logger: Logger;
  /** Monotonic milliseconds: the first and the newest refusal of the current shortage, and the newest line in the log. */
  #began = -Infinity;
  #newest = -Infinity;
  #loggedAt = -Infinity;
  #unlogged = 0;

  constructor({ clock, logger }: { readonly clock: Stopwatch; readonly logger: Logger }) {
    this.#clock = clock;
    this.#logger = logger;
  }

  /** Counts one refusal. `cause` is an error code of the system, or undefined if our own limit acted first. */
  noticed(cause?: string): void {
    const now = this.#clock.monotonic();
    if (now - this.#newest > LASTING) this.#began = now;
    this.#newest = now;
    this.#unlogged += 1;
    if (now - this.#loggedAt < LOG_EVERY) return;
    this.#logger.warn(
      { times: this.#unlogged, cause },
      'As many connections and files are open as may be, others are refused: see WEFT_MAX_CONNECTIONS and ulimit -n',
    );
    this.#loggedAt = now;
    this.#unlogged = 0;
  }

  /** Whether a shortage has gone on for ten seconds and still does. */
  get isLasting(): boolean {
    const now = this.#clock.monotonic();
    return now - this.#newest <= LASTING && now - this.#began >= LASTING;
  }
}
