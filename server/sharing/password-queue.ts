import type { Worker } from 'node:worker_threads';
import type { Clock } from '../../shared/clock.ts';
import { RefusalError } from '../base/refusal.ts';
import { startThread } from '../base/threads.ts';
import { NetworkQueue } from '../limits/network-queue.ts';
import { RateByKey } from '../limits/rate-by-key.ts';
import type { AccessLimits } from '../setup/config.ts';
import type { PasswordAnswer, PasswordQuestion } from './password-worker.ts';

/** Milliseconds after which a full queue has moved on. */
const RETRY_FULL = 1000;
/** Seconds of the rate. */
const MINUTE = 60;

type Limits = Pick<AccessLimits, 'passwordQueue' | 'passwordsPerMinute'>;

/** Who has a password hashed or checked. */
export interface PasswordAsker {
  /** The network they came from. */
  readonly source: string;
  /** Aborted if nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/**
 * Hashes passwords one at a time, each for about a fifth of a second, in a thread of their own. Networks take turns, so that one
 * cannot keep the others waiting. Askers who have gone by their turn are skipped.
 */
export class PasswordQueue {
  readonly #limits: Limits;
  readonly #rate: RateByKey;
  readonly #waiting = new NetworkQueue<() => Promise<void>>();
  readonly #thread = new PasswordThread();
  #isRunning = false;

  constructor(limits: Limits, clock: Clock) {
    this.#limits = limits;
    this.#rate = new RateByKey(limits.passwordsPerMinute, limits.passwordsPerMinute / MINUTE, clock);
  }

  /** `hashPassword` in its turn. Rejects with RefusalError `rate_limited`, and with the reason of the signal. */
  hash(password: string, asker: PasswordAsker): Promise<string> {
    return this.#inTurn(asker, () => this.#thread.hash(password));
  }

  /** `isPassword` in its turn. Rejects as `hash` does. */
  check(password: string, hash: string, asker: PasswordAsker): Promise<boolean> {
    return this.#inTurn(asker, () => this.#thread.check(password, hash));
  }

  async #inTurn<Result>(asker: PasswordAsker, work: () => Promise<Result>): Promise<Result> {
    asker.signal.throwIfAborted();
    if (this.#waiting.length >= this.#limits.passwordQueue) {
      throw new RefusalError('rate_limited', 'Too many passwords wait to be checked', RETRY_FULL);
    }
    const wait = this.#rate.take(asker.source);
    if (wait > 0) throw new RefusalError('rate_limited', 'Too many passwords come from your network', wait);
    const { source } = asker;
    return new Promise((resolve, reject) => {
      const hashing = (): Promise<void> => work().then(resolve, reject);
      this.#waiting.add(source, hashing);
      asker.signal.addEventListener('abort', () => {
        this.#waiting.drop(source, hashing);
        reject(asker.signal.reason as Error);
      });
      void this.#run();
    });
  }

  async #run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    for (let next = this.#waiting.take(); next !== undefined; next = this.#waiting.take()) await next();
    this.#isRunning = false;
  }
}

interface Pending {
  readonly resolve: (result: string | boolean) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The thread that hashes passwords, at a lower priority than all others; Node's own pool would hash at the priority of the event
 * loop. It is started by the first password, does not keep the process alive, and is started again if it ended. One question at a
 * time.
 */
export class PasswordThread {
  #worker: Worker | undefined;
  #pending: Pending | undefined;

  /** `hashPassword` in the thread. */
  hash(password: string): Promise<string> {
    return this.#ask({ password }) as Promise<string>;
  }

  /** `isPassword` in the thread. Rejects if the hash is invalid. */
  check(password: string, hash: string): Promise<boolean> {
    return this.#ask({ password, hash }) as Promise<boolean>;
  }

  #ask(question: PasswordQuestion): Promise<string | boolean> {
    const worker = (this.#worker ??= this.#start());
    return new Promise((resolve, reject) => {
      this.#pending = { resolve, reject };
      worker.postMessage(question);
    });
  }

  #start(): Worker {
    const worker = startThread(new URL('./password-worker', import.meta.url));
    worker.unref();
    worker.on('message', (answer: PasswordAnswer) => {
      if ('error' in answer) this.#pending?.reject(new Error(answer.error));
      else this.#pending?.resolve(answer.result);
    });
    worker.on('error', (error) => this.#ended(worker, error));
    worker.on('exit', () => this.#ended(worker, new Error('The thread of passwords ended')));
    return worker;
  }

  #ended(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    this.#pending?.reject(error);
  }
}
