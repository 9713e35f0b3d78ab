import { createSecretKey } from 'node:crypto';
import { createLocalJWKSet, importJWK, type JWK, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { ConfigError } from '../setup/config.ts';
import { readTextFile } from '../base/utf8.ts';

/** The algorithm of a shared secret. */
export const SECRET_ALGORITHM = 'HS256';
/** The algorithms of public keys, one for each kind: RSA, P-256, Ed25519. A shared secret is never tried for these. */
export const PUBLIC_ALGORITHMS = ['RS256', 'ES256', 'EdDSA'] as const;

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
