import { decodeProtectedHeader, errors, jwtVerify } from 'jose';
import { z } from 'zod';
import type { Clock } from '../../shared/clock.ts';
import { RefusalError } from '../base/refusal.ts';
import type { Requester } from '../access/identity.ts';
import { requesterFromClaims } from './token-claims.ts';
import type { Config } from '../setup/config.ts';
import type { BackgroundJobs } from '../base/background-jobs.ts';
import { keysOfFile, keysOfSecret, RemoteKeys, type TokenKeys } from './token-keys.ts';

export interface TokenVerifierOptions {
  /** If empty, no token is valid. */
  readonly keys: readonly TokenKeys[];
  /** What `aud` must name. */
  readonly audience: string;
  /** Bytes of a token. */
  readonly maximumBytes: number;
  /** Clock tolerance in milliseconds: a token is valid this long after its `exp`, and before its `nbf`. */
  readonly grace: number;
  readonly clock: Clock;
}

/** Three parts of base64url and nothing else; the decoder is more lenient. */
const FORM = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** Header fields by which a token would choose its own key are refused, not just ignored. */
const headerSchema = z.object({
  alg: z.string(),
  kid: z.string().max(256).optional(),
  crit: z.undefined().optional(),
  jku: z.undefined().optional(),
  x5u: z.undefined().optional(),
  jwk: z.undefined().optional(),
});

/** Verifies signed tokens. */
export class TokenVerifier {
  readonly #options: TokenVerifierOptions;

  constructor(options: TokenVerifierOptions) {
    this.#options = options;
  }

  /** Throws RefusalError `unauthenticated` if the token is not valid here and now, `unavailable` if its key cannot be read. */
  async verify(token: string): Promise<Requester> {
    const { keys, audience, maximumBytes, grace, clock } = this.#options;
    if (keys.length === 0) throw refused('This server takes no tokens');
    if (token.length > maximumBytes) throw refused(`A token has at most ${maximumBytes} bytes`);
    const { alg } = headerOf(token);
    const source = keys.find(({ algorithms }) => algorithms.includes(alg));
    if (source === undefined) throw refused('The token is signed by an algorithm that this server does not take');
    try {
      const { payload } = await jwtVerify(token, source.find, {
        algorithms: [alg],
        audience,
        clockTolerance: grace / 1000,
        currentDate: new Date(clock.now()),
        requiredClaims: ['exp'],
      });
      const requester = requesterFromClaims(payload, grace);
      if ('problem' in requester) throw refused(requester.problem);
      return requester;
    } catch (error) {
      throw error instanceof errors.JOSEError ? refused(reasonOf(error)) : error;
    }
  }
}

/** The verifier for the settings. Throws ConfigError if the file of keys cannot be used. */
export async function openTokens(
  { tokens, limits }: Pick<Config, 'tokens' | 'limits'>,
  deps: { readonly clock: Clock; readonly jobs: BackgroundJobs },
): Promise<TokenVerifier> {
  const keys: TokenKeys[] = [];
  if (tokens.secret !== undefined) keys.push(keysOfSecret(tokens.secret));
  if (tokens.keyFile !== undefined) keys.push(await keysOfFile(tokens.keyFile));
  if (tokens.keyUrl !== undefined) keys.push(new RemoteKeys(tokens.keyUrl, deps));
  const { audience, maximumBytes } = tokens;
  return new TokenVerifier({ keys, audience, maximumBytes, grace: limits.tokenGrace, clock: deps.clock });
}

function headerOf(token: string): z.infer<typeof headerSchema> {
  try {
    if (!FORM.test(token)) throw new TypeError('not of the form of a JWT');
    return headerSchema.parse(decodeProtectedHeader(token));
  } catch {
    throw refused('The token is not a signed JWT with a plain header');
  }
}

/** The reason that the sender may know. It says nothing about the content before the signature is verified. */
function reasonOf(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'The token has expired';
  if (error instanceof errors.JWTClaimValidationFailed)
    return `The claim ${error.claim} of the token does not hold here`;
  return 'The token is not signed by a key of this server';
}

function refused(message: string): RefusalError {
  return new RefusalError('unauthenticated', message);
}
