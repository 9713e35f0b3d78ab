import type { RoomServices } from '../services/room-services.ts';

/** Pauses between attempts to commit, in milliseconds; they double from the first to the last. */
const RETRY_FIRST = 50;
const RETRY_LAST = 1000;

interface Failing {
  readonly kind: 'failing';
  /** When the first of these commits failed. Monotonic milliseconds. */
  readonly since: number;
  /** Milliseconds to the next attempt. */
  readonly pause: number;
}

/** How the commits of a room go. */
type StorageState =
  | { readonly kind: 'healthy' }
  /** They are retried, and nothing is refused yet. */
  | Failing
  /** Submissions are refused until a probe succeeds. */
  | { readonly kind: 'unavailable' };

type RecoveryServices = Pick<RoomServices, 'clock' | 'limits' | 'logger' | 'store'>;

/**
 * Gets a room over commits that failed. Their outcome is unknown, so the log is read before anything is tried again. After
 * `unavailableAfter` milliseconds of failures the room stops trying, and probes the store until it answers.
 */
export class CommitRecovery {
  readonly #documentId: string;
  readonly #services: RecoveryServices;
  readonly #readLog: () => Promise<void>;
  #state: StorageState = { kind: 'healthy' };
  #isClosed = false;
  #cancelPause: (() => void) | undefined;

  /** `readLog` adopts what is in the log. It rejects if the log cannot be read. */
  constructor(documentId: string, services: RecoveryServices, readLog: () => Promise<void>) {
    this.#documentId = documentId;
    this.#services = services;
    this.#readLog = readLog;
  }

  /** Whether submissions are refused until the store answers again. */
  get isUnavailable(): boolean {
    return this.#state.kind === 'unavailable';
  }

  /** A commit became durable. */
  succeeded(): void {
    this.#state = { kind: 'healthy' };
  }

  /** A commit failed with this error. Resolves when the next attempt may begin, or at once if there is none for now. */
  async failed(error: unknown): Promise<void> {
    const { clock, limits, logger } = this.#services;
    const now = clock.monotonic();
    const { since, pause } = (this.#state = failedAgain(this.#state, now));
    logger.error(
      { documentId: this.#documentId, err: error },
      'A commit failed; its outcome is unknown and the log will be read',
    );
    if (now - since >= limits.unavailableAfter) {
      this.#state = { kind: 'unavailable' };
      void this.#probe();
      return;
    }
    await this.#pause(pause);
    // If the log cannot be read now, the next attempt fails and comes back here.
    if (!this.#isClosed) await this.#readLog().catch(() => undefined);
  }

  /** Ends the pause and the probes. */
  close(): void {
    this.#isClosed = true;
    this.#cancelPause?.();
  }

  /** Asks the store every second. Once it answers, reads the log and lets submissions in again. */
  async #probe(): Promise<void> {
    const { store, logger } = this.#services;
    while (!this.#isClosed) {
      await this.#pause(RETRY_LAST);
      try {
        await store.check();
        await this.#readLog();
      } catch {
        continue;
      }
      this.#state = { kind: 'healthy' };
      logger.info({ documentId: this.#documentId }, 'Storage commits again');
      return;
    }
  }

  #pause(duration: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#services.clock.after(duration, resolve);
      this.#cancelPause = () => {
        cancel();
        resolve();
      };
    });
  }
}

/** The state after one more failure, at a time in monotonic milliseconds. */
function failedAgain(state: StorageState, now: number): Failing {
  if (state.kind !== 'failing') return { kind: 'failing', since: now, pause: RETRY_FIRST };
  return { ...state, pause: Math.min(state.pause * 2, RETRY_LAST) };
}
