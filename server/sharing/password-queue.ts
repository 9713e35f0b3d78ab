import type { Clock } from '../../shared/clock.ts';
import { RateByKey } from '../rate-by-key.ts';
import { RefusalError } from '../rooms/refusal.ts';
import { hashPassword, isPassword } from './password.ts';

/** Milliseconds after which a full queue has moved on. */
const RETRY_FULL = 1000;
/** Seconds that the rate speaks of. */
const MINUTE = 60;

/** How many passwords may be hashed. Settings. */
export interface PasswordQueueLimits {
  /** That wait at once. */
  readonly passwordQueue: number;
  /** In a minute, for one network. */
  readonly passwordsPerMinute: number;
}

/** Who wants to know. */
export interface PasswordAsker {
  /** The network they came from. */
  readonly source: string;
  /** Nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

interface Waiting {
  readonly work: () => Promise<void>;
  readonly asker: PasswordAsker;
}

/**
 * Hashes passwords, one at a time: each takes a thread for a fifth of a second, and the few threads there are also read files,
 * compress and look up names for everybody. Networks take turns, so that one of them cannot keep the others waiting; whoever has
 * gone by their turn is passed over.
 */
export class PasswordQueue {
  readonly #limits: PasswordQueueLimits;
  readonly #rate: RateByKey;
  /** By network; the one whose turn is next stands first. */
  readonly #waiting = new Map<string, Waiting[]>();
  #length = 0;
  #isRunning = false;

  constructor(limits: PasswordQueueLimits, clock: Clock) {
    this.#limits = limits;
    this.#rate = new RateByKey(limits.passwordsPerMinute, limits.passwordsPerMinute / MINUTE, clock);
  }

  /** `hashPassword` in its turn. Rejects with RefusalError `rate_limited`, and with the reason of the signal. */
  hash(password: string, asker: PasswordAsker): Promise<string> {
    return this.#inTurn(asker, () => hashPassword(password));
  }

  /** `isPassword` in its turn. Rejects as `hash` does. */
  check(password: string, hash: string, asker: PasswordAsker): Promise<boolean> {
    return this.#inTurn(asker, () => isPassword(password, hash));
  }

  async #inTurn<Result>(asker: PasswordAsker, work: () => Promise<Result>): Promise<Result> {
    asker.signal.throwIfAborted();
    if (this.#length >= this.#limits.passwordQueue) {
      throw new RefusalError('rate_limited', 'Too many passwords wait to be checked', RETRY_FULL);
    }
    const wait = this.#rate.take(asker.source);
    if (wait > 0) throw new RefusalError('rate_limited', 'Too many passwords come from your network', wait);
    const { source } = asker;
    return new Promise((resolve, reject) => {
      const mine = this.#waiting.get(source) ?? [];
      this.#waiting.set(source, mine);
      const waiting: Waiting = { asker, work: () => work().then(resolve, reject) };
      mine.push(waiting);
      this.#length += 1;
      asker.signal.addEventListener('abort', () => {
        this.#drop(source, waiting);
        reject(asker.signal.reason as Error);
      });
      void this.#run();
    });
  }

  async #run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    for (let next = this.#next(); next !== undefined; next = this.#next()) await next.work();
    this.#isRunning = false;
  }

  /** The first of the network whose turn it is, which then goes behind the others. */
  #next(): Waiting | undefined {
    const [turn] = this.#waiting;
    if (turn === undefined) return undefined;
    const [network, [first]] = turn;
    this.#drop(network, first!);
    const rest = this.#waiting.get(network);
    if (rest !== undefined) {
      this.#waiting.delete(network);
      this.#waiting.set(network, rest);
    }
    return first;
  }

  #drop(network: string, waiting: Waiting): void {
    const mine = this.#waiting.get(network);
    const place = mine?.indexOf(waiting) ?? -1;
    if (mine === undefined || place < 0) return;
    mine.splice(place, 1);
    this.#length -= 1;
    if (mine.length === 0) this.#waiting.delete(network);
  }
}
