/** `weftdoc/protocol`: the messages of the document socket and the bodies of HTTP as Zod schemas and types, and all error codes. */
export { parseClientMessage } from '../shared/protocol/decode-client-message.ts';
export { CLOSES, ERRORS } from '../shared/protocol/errors.ts';
export { ProtocolError, SUBPROTOCOL, parseFrame } from '../shared/protocol/frame.ts';
export {
  accessSchema,
  changesQuerySchema,
  changesSchema,
  committedSchema,
  contentQuerySchema,
  createDocumentSchema,
  createLinkSchema,
  documentListSchema,
  documentSchema,
  errorBodySchema,
  linkAccessSchema,
  linkRoleSchema,
  listDocumentsQuerySchema,
  memberSchema,
  redeemedSchema,
  sessionRequestSchema,
  sessionSchema,
  setMemberSchema,
  shareLinkSchema,
  submitOperationsSchema,
  titleSchema,
  updateDocumentSchema,
  userIdSchema,
} from '../shared/protocol/http.ts';
export {
  clientIdSchema,
  colorSchema,
  documentIdSchema,
  roleSchema,
  userNameSchema,
  userSchema,
} from '../shared/protocol/fields.ts';
export { clientMessageSchema, serverMessageSchema } from '../shared/protocol/messages.ts';
export { collaboratorSchema, cursorSchema, presenceStateSchema } from '../shared/protocol/presence-messages.ts';
export { joinSchema, redeemLinkSchema, unansweredSchema } from '../shared/protocol/session-messages.ts';
export {
  limitsSchema,
  missedSchema,
  operationSchema,
  submitSchema,
  updateSchema,
} from '../shared/protocol/document-messages.ts';
export { CLOSE_REACTIONS, ERROR_REACTIONS } from '../shared/protocol/reactions.ts';
export { parseServerMessage } from '../shared/protocol/decode-server-message.ts';

export type {
  AccessBody,
  CommittedBody,
  DocumentBody,
  DocumentListBody,
  ErrorBody,
  MemberBody,
  RedeemedBody,
  SessionBody,
  ShareLinkBody,
} from '../shared/protocol/http.ts';
export type { ClientMessage, SentMessage, ServerMessage } from '../shared/protocol/messages.ts';
export type { Collaborator, Cursor, CursorMessage, PresenceState } from '../shared/protocol/presence-messages.ts';
export type {
  DocumentInit,
  DocumentSync,
  Limits,
  Missed,
  SentSync,
  SubmitMessage,
  Update,
} from '../shared/protocol/document-messages.ts';
export type { JoinMessage, RedeemLink, Unanswered } from '../shared/protocol/session-messages.ts';
export type { Role } from '../shared/protocol/roles.ts';
export type { User } from '../shared/protocol/fields.ts';
export type { CloseCode, ErrorCode, Reaction } from '../shared/protocol/reactions.ts';
export type { Operation } from '../shared/text/operation.ts';
