import { secondsIn, signToken, TokenInputError, type TokenUser } from '../../shared/token/sign-token.ts';
import { CommandError, readSettings, type Arguments, type Command } from './command.ts';

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
    const { audience = config.tokens.audience, expires = '1h' } = options;
    const expiresIn = secondsIn(String(expires));
    if (expiresIn === undefined)
      throw new CommandError('--expires is a number with s, m, h or d behind it, as in 30m', 2);
    const user = userFrom(options);
    console.log(await signToken(user, secret, { audience: String(audience), expiresIn }).catch(refuse));
    return 0;
  },
};

/** The user of these options, whom `signToken` judges. */
function userFrom(options: Arguments['options']): TokenUser {
  const { sub, name = sub, color } = options;
  if (sub === undefined) throw new CommandError('A token is of somebody: --sub ID', 2);
  const documents = documentsFrom(options['document'], options['role']);
  return { id: sub, name, color, documents: documents.length > 0 ? documents : undefined } as TokenUser;
}

function refuse(error: unknown): never {
  throw error instanceof TokenInputError ? new CommandError(error.message, 2) : error;
}

function documentsFrom(ids: Arguments['options'][string], roles: Arguments['options'][string]): object[] {
  const [given, theirs] = [listOf(ids), listOf(roles)];
  if (given.length !== theirs.length) throw new CommandError('Behind each --document stands one --role', 2);
  return given.map((id, index) => ({ id, role: theirs[index] }));
}

function listOf(value: Arguments['options'][string]): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
