import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK, type JWTHeaderParameters } from 'jose';

/** The shared secret in tests. */
export const JWT_SECRET = 'a shared secret of thirty-two bytes or more';

/** The claims of a token that is valid for a day from the time at which a `ManualClock` starts. */
export function goodClaims(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return { sub: 'mina', name: 'Mina 민아', aud: 'weft', exp: 1_700_086_400, ...changes };
}

/** A token as a host application with the shared secret would sign it. */
export function signToken(
  claims: Readonly<Record<string, unknown>> = goodClaims(),
  { header = {}, secret = JWT_SECRET }: { header?: Partial<JWTHeaderParameters>; secret?: string } = {},
): Promise<string> {
  return new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'HS256', ...header })
    .sign(new TextEncoder().encode(secret));
}

/** A token with any header, payload and signature. */
export function forgeToken(header: unknown, payload: unknown = goodClaims(), signature = ''): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part(header)}.${part(payload)}.${signature}`;
}

/** A host application with a key pair of its own. */
export class KeyHolder {
  readonly alg: string;
  readonly kid: string;
  readonly publicKey: JWK;
  readonly #privateKey: CryptoKey;

  private constructor(alg: string, kid: string, publicKey: JWK, privateKey: CryptoKey) {
    this.alg = alg;
    this.kid = kid;
    this.publicKey = publicKey;
    this.#privateKey = privateKey;
  }

  static async make(alg: 'RS256' | 'ES256' | 'EdDSA' | 'PS256' | 'ES384', kid: string): Promise<KeyHolder> {
    const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
    return new KeyHolder(alg, kid, { ...(await exportJWK(publicKey)), kid }, privateKey);
  }

  sign(claims: Readonly<Record<string, unknown>> = goodClaims(), header: object = {}): Promise<string> {
    return new SignJWT({ ...claims })
      .setProtectedHeader({ alg: this.alg, kid: this.kid, ...header })
      .sign(this.#privateKey);
  }

  async privateJwk(): Promise<JWK> {
    return exportJWK(this.#privateKey);
  }
}
