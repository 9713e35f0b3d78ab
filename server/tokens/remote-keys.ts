import { createLocalJWKSet, createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import type { Clock } from '../../shared/clock.ts';
import type { Logger } from '../rooms/logger.ts';
import { RefusalError } from '../rooms/refusal.ts';
import { PUBLIC_ALGORITHMS, type TokenKeys } from './token-keys.ts';

/** Milliseconds that the server of the keys has to answer. */
const ANSWER_WITHIN = 5000;
/** Milliseconds after which known keys are asked for again. */
const FRESH_FOR = 600_000;
/** Milliseconds between two questions, whatever came of the first: tokens with invented keys must not become a flood of them. */
const ASK_EVERY = 30_000;

/**
 * The public keys behind a URL. They are asked for at the start, when they are old, and when a token names one that is not
 * known; while there is no answer, the known ones go on to count. Where none was ever known, tokens are `unavailable`, for
 * nobody can say that they are invalid.
 */
export class RemoteKeys implements TokenKeys {
  readonly algorithms = PUBLIC_ALGORITHMS;
  readonly #remote: ReturnType<typeof createRemoteJWKSet>;
  readonly #clock: Clock;
  readonly #logger: Logger;
  #known: JWTVerifyGetKey | undefined;
  #asked: { readonly at: number; readonly answer: Promise<void> } | undefined;

  constructor(url: string, { clock, logger }: { readonly clock: Clock; readonly logger: Logger }) {
    // When to ask is decided here; the library would ask for every token as long as there is no answer.
    const never = { cacheMaxAge: Infinity, cooldownDuration: Infinity };
    this.#remote = createRemoteJWKSet(new URL(url), { timeoutDuration: ANSWER_WITHIN, ...never });
    this.#clock = clock;
    this.#logger = logger;
    void this.#ask();
  }

  readonly find: JWTVerifyGetKey = async (header, token) => {
    if (this.#known === undefined) await this.#ask();
    else if (this.#clock.now() - this.#asked!.at >= FRESH_FOR) void this.#ask();
    try {
      return await this.#fromKnown(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await this.#ask();
      return this.#fromKnown(header, token);
    }
  };

  #fromKnown(...question: Parameters<JWTVerifyGetKey>): ReturnType<JWTVerifyGetKey> {
    if (this.#known !== undefined) return this.#known(...question);
    throw new RefusalError('unavailable', 'The keys of tokens cannot be read now', ASK_EVERY);
  }

  /** Asks, unless that was done a moment ago; resolves when the last question was answered or failed. */
  #ask(): Promise<void> {
    const now = this.#clock.now();
    if (this.#asked === undefined || now - this.#asked.at >= ASK_EVERY) {
      this.#asked = { at: now, answer: this.#load() };
    }
    return this.#asked.answer;
  }

  async #load(): Promise<void> {
    try {
      await this.#remote.reload();
      this.#known = createLocalJWKSet(this.#remote.jwks()!);
    } catch (error) {
      this.#logger.warn({ err: error }, 'The keys of tokens could not be read');
    }
  }
}
