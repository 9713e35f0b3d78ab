import { SignJWT } from 'jose';
import { requesterFromClaims } from '../tokens/token-claims.ts';
import { SECRET_ALGORITHM } from '../tokens/token-keys.ts';
import { CommandError, readSettings, type Arguments, type Command } from './command.ts';

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** `weft token`: signs who somebody is, as a host application does. */
export const tokenCommand: Command = {
  usage: `Usage: weft token --sub ID [options]

Prints a token, signed with the shared secret WEFT_JWT_SECRET (of the environment, or of .env). docs/tokens.md describes tokens.

  --sub ID          the user's id
  --name NAME       the name that others see, the id unless given
  --color #RRGGBB   the user's colour; the server picks one unless given
  --document ID     a document that the token opens; may come several times, and then it opens these alone
  --role ROLE       behind each --document: owner, editor, commenter or viewer
  --expires TIME    how long it is good for: 90s, 30m, 1h (unless given), 7d
  --audience NAME   whom it is for, weft unless set (WEFT_JWT_AUDIENCE)`,
  options: {
    sub: { type: 'string' },
    name: { type: 'string' },
    color: { type: 'string' },
    document: { type: 'string', multiple: true },
    role: { type: 'string', multiple: true },
    expires: { type: 'string' },
    audience: { type: 'string' },
  },
  words: 0,
  async run({ options }) {
    const { config } = readSettings({});
    const { secret } = config.tokens;
    if (secret === undefined)
      throw new CommandError('WEFT_JWT_SECRET is not set; the server checks tokens with the same');
    const claims = claimsFrom(options, config.tokens.audience);
    console.log(await new SignJWT(claims).setProtectedHeader({ alg: SECRET_ALGORITHM }).sign(Buffer.from(secret)));
    return 0;
  },
};

/** Throws CommandError if no server would accept them. */
function claimsFrom(options: Arguments['options'], audience: string): Record<string, unknown> {
  const { sub, name = sub, color } = options;
  const now = Math.floor(Date.now() / 1000);
  const documents = documentsFrom(options['document'], options['role']);
  const claims = {
    sub,
    name,
    ...(color !== undefined && { color }),
    aud: options['audience'] ?? audience,
    iat: now,
    exp: now + lifetimeFrom(options['expires'] ?? '1h'),
    ...(documents.length > 0 && { documents }),
  };
  if (sub === undefined) throw new CommandError('A token is of somebody: --sub ID', 2);
  const requester = requesterFromClaims(claims, 0);
  if ('problem' in requester) throw new CommandError(requester.problem, 2);
  return claims;
}

function documentsFrom(ids: Arguments['options'][string], roles: Arguments['options'][string]): object[] {
  const [given, theirs] = [listOf(ids), listOf(roles)];
  if (given.length !== theirs.length) throw new CommandError('Behind each --document stands one --role', 2);
  return given.map((id, index) => ({ id, role: theirs[index] }));
}

function listOf(value: Arguments['options'][string]): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Seconds. */
function lifetimeFrom(text: unknown): number {
  const [, count, unit] = /^([1-9]\d{0,5})([smhd])$/.exec(String(text)) ?? [];
  if (count === undefined || unit === undefined) {
    throw new CommandError('--expires is a number with s, m, h or d behind it, as in 30m', 2);
  }
  return Number(count) * SECONDS[unit]!;
}
