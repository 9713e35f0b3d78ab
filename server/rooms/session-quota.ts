import { RefusalError } from '../base/refusal.ts';

/** After so many milliseconds one of a user's sessions may have ended. */
const RETRY_AFTER = 5000;

/** Bounds how many live sessions each user has. */
export class SessionQuota {
  readonly #maximum: number;
  readonly #taken = new Map<string, number>();

  constructor(maximum: number) {
    this.#maximum = maximum;
  }

  /** The place of one session, which nobody has yet. */
  open(): SessionPlace {
    return new SessionPlace((userId, by) => this.#change(userId, by));
  }

  #change(userId: string, by: 1 | -1): void {
    const count = (this.#taken.get(userId) ?? 0) + by;
    if (count > this.#maximum) throw new RefusalError('rate_limited', 'You have too many sessions', RETRY_AFTER);
    if (count === 0) this.#taken.delete(userId);
    else this.#taken.set(userId, count);
  }
}

/** The place of one session among those of its user. */
export class SessionPlace {
  readonly #change: (userId: string, by: 1 | -1) => void;
  #userId: string | undefined;
  #isOver = false;

  constructor(change: (userId: string, by: 1 | -1) => void) {
    this.#change = change;
  }

  /** Takes it for a user, in the place of whom it was taken for before. Throws RefusalError `rate_limited` where all are taken. */
  countFor(userId: string): void {
    this.#giveBack();
    if (this.#isOver) return;
    this.#change(userId, 1);
    this.#userId = userId;
  }

  /** The session is over, also where somebody is still being admitted to it. */
  end(): void {
    this.#isOver = true;
    this.#giveBack();
  }

  #giveBack(): void {
    if (this.#userId !== undefined) this.#change(this.#userId, -1);
    this.#userId = undefined;
  }
}
