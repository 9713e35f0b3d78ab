/** `weftdoc/token`: signs tokens for the users of a host application, on its server. */
export { TokenInputError, signToken } from '../shared/token/sign-token.ts';

export type { SignTokenOptions, TokenDocument, TokenUser } from '../shared/token/sign-token.ts';
export type { Role } from '../shared/protocol/roles.ts';
