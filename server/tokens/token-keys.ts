import { createSecretKey } from 'node:crypto';
import { createLocalJWKSet, createRemoteJWKSet, errors, importJWK, type JWK, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import type { Stopwatch } from '../../shared/clock.ts';
import type { BackgroundJobs } from '../base/background-jobs.ts';
import { RefusalError } from '../base/refusal.ts';
import { readTextFile } from '../base/utf8.ts';
import { ConfigError } from '../setup/config.ts';

/** The algorithm of a shared secret. */
const SECRET_ALGORITHM = 'HS256';
/** The algorithms of public keys, one for each kind: RSA, P-256, Ed25519. A shared secret is never tried for these. */
const PUBLIC_ALGORITHMS = ['RS256', 'ES256', 'EdDSA'] as const;

/** Keys of one kind. A token signed by another algorithm is never tried on them. */
export interface TokenKeys {
  readonly algorithms: readonly string[];
  readonly find: JWTVerifyGetKey;
}

export function keysOfSecret(secret: string): TokenKeys {
  const key = createSecretKey(Buffer.from(secret));
  return { algorithms: [SECRET_ALGORITHM], find: () => Promise.resolve(key) };
}

const publicKeySchema = z.discriminatedUnion('kty', [
  z.looseObject({ kty: z.literal('RSA') }),
  z.looseObject({ kty: z.literal('EC'), crv: z.literal('P-256', 'must be P-256') }),
  z.looseObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519', 'must be Ed25519') }),
]);
const keySetSchema = z.object({
  keys: z
    .array(
      publicKeySchema.refine((key) => !('d' in key), 'is a private key, which belongs to the host application alone'),
    )
    .min(1, 'must hold a key'),
});

/** The public keys of a JWKS file. Throws ConfigError if it cannot be read, or holds anything else. */
export async function keysOfFile(path: string): Promise<TokenKeys> {
  const refuse = (reason: string) => new ConfigError(`WEFT_JWT_JWKS_FILE ${path}: ${reason}`);
  let value: unknown;
  try {
    value = JSON.parse(await readTextFile(path));
  } catch (error) {
    throw refuse(error instanceof SyntaxError ? 'is not JSON' : (error as Error).message);
  }
  const { data: set, error } = keySetSchema.safeParse(value);
  if (set === undefined) throw refuse(`${error.issues[0]?.path.join('.')} ${error.issues[0]?.message}`);
  for (const [index, key] of set.keys.entries()) {
    await importJWK(key as JWK, algorithmOf(key)).catch((reason: Error) => {
      throw refuse(`keys.${index} is not a usable key (${reason.message})`);
    });
  }
  return { algorithms: PUBLIC_ALGORITHMS, find: createLocalJWKSet(set) };
}

function algorithmOf({ kty }: z.infer<typeof publicKeySchema>): (typeof PUBLIC_ALGORITHMS)[number] {
  return kty === 'RSA' ? 'RS256' : kty === 'EC' ? 'ES256' : 'EdDSA';
}

/** Milliseconds that the server of the keys has to answer. */
const ANSWER_WITHIN = 5000;
/** Milliseconds after which known keys are fetched again. */
const FRESH_FOR = 600_000;
/** Least milliseconds between two fetches, successful or not: tokens with invented key ids must not cause a flood of them. */
const ASK_EVERY = 30_000;

/**
 * The public keys behind a URL. They are fetched at the start until there is an answer, again when they are old, and when a token
 * names an unknown key. Without an answer the known keys stay valid. While none was ever known, tokens are `unavailable`, because
 * nobody can say that they are invalid.
 */
export class RemoteKeys implements TokenKeys {
  readonly algorithms = PUBLIC_ALGORITHMS;
  readonly #remote: ReturnType<typeof createRemoteJWKSet>;
  readonly #clock: Stopwatch;
  readonly #jobs: BackgroundJobs;
  #known: JWTVerifyGetKey | undefined;
  #asked: { readonly at: number; readonly answer: Promise<void> } | undefined;

  constructor(url: string, { clock, jobs }: { readonly clock: Stopwatch; readonly jobs: BackgroundJobs }) {
    // This class decides when to fetch; the library would fetch for every token while there is no answer.
    const never = { cacheMaxAge: Infinity, cooldownDuration: Infinity };
    this.#remote = createRemoteJWKSet(new URL(url), { timeoutDuration: ANSWER_WITHIN, ...never });
    this.#clock = clock;
    this.#jobs = jobs;
    jobs.announce('token-keys');
    void this.#ask();
  }

  readonly find: JWTVerifyGetKey = async (header, token) => {
    if (this.#known === undefined) await this.#ask();
    else if (this.#clock.monotonic() - this.#asked!.at >= FRESH_FOR) void this.#ask();
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

  /** Fetches the keys, unless that was done a moment ago. Resolves when the last fetch has ended. */
  #ask(): Promise<void> {
    const now = this.#clock.monotonic();
    if (this.#asked === undefined || now - this.#asked.at >= ASK_EVERY) {
      this.#asked = { at: now, answer: this.#load() };
    }
    return this.#asked.answer;
  }

  async #load(): Promise<void> {
    const isRead = await this.#jobs.run('token-keys', async () => {
      await this.#remote.reload();
      this.#known = createLocalJWKSet(this.#remote.jwks()!);
    });
    // Later fetches are triggered by tokens. Without any keys `/readyz` may fail, and then no token would ever come.
    if (!isRead && this.#known === undefined) this.#clock.after(ASK_EVERY, () => void this.#ask());
  }
}
