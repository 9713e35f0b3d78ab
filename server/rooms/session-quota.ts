import { RefusalError } from '../base/refusal.ts';

/** Milliseconds after which one of a user's sessions may have ended. */
const RETRY_AFTER = 5000;

/** Bounds how many live sessions each user has, on all documents together. */
export class SessionQuota {
  readonly #maximum: number;
  readonly #counts = new Map<string, number>();

  constructor(maximum: number) {
    this.#maximum = maximum;
  }

  /** A new session, which counts towards no user yet. */
  open(): CountedSession {
    return new CountedSession((userId, by) => this.#change(userId, by));
  }

  #change(userId: string, by: 1 | -1): void {
    const count = (this.#counts.get(userId) ?? 0) + by;
    if (count > this.#maximum) throw new RefusalError('rate_limited', 'You have too many sessions', RETRY_AFTER);
    if (count === 0) this.#counts.delete(userId);
    else this.#counts.set(userId, count);
  }
}

/** One session, as it counts towards the quota of its user. */
export class CountedSession {
  readonly #change: (userId: string, by: 1 | -1) => void;
  #userId: string | undefined;
  #isOver = false;

  constructor(change: (userId: string, by: 1 | -1) => void) {
    this.#change = change;
  }

  /** Counts this session towards `userId` instead of its previous user. Throws RefusalError `rate_limited` if the quota is used up. */
  countFor(userId: string): void {
    this.#release();
    if (this.#isOver) return;
    this.#change(userId, 1);
    this.#userId = userId;
  }

  /** The session is over. It does not count any more, even if `countFor` is called after this. */
  end(): void {
    this.#isOver = true;
    this.#release();
  }

  #release(): void {
    if (this.#userId !== undefined) this.#change(this.#userId, -1);
    this.#userId = undefined;
  }
}
