/** `weftdoc/protocol`: the messages of the document socket and the bodies of HTTP as Zod schemas and types, and all error codes. */
export { parseClientMessage } from '../shared/protocol/codec.ts';
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
  clientMessageSchema,
  collaboratorSchema,
  colorSchema,
  cursorSchema,
  documentIdSchema,
  joinSchema,
  limitsSchema,
  missedSchema,
  operationSchema,
  presenceStateSchema,
  redeemLinkSchema,
  roleSchema,
  serverMessageSchema,
  submitSchema,
  unansweredSchema,
  updateSchema,
  userNameSchema,
  userSchema,
} from '../shared/protocol/messages.ts';
export { CLOSE_REACTIONS, ERROR_REACTIONS } from '../shared/protocol/reactions.ts';
export { parseServerMessage } from '../shared/protocol/server-messages.ts';

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
export type {
  ClientMessage,
  Collaborator,
  Cursor,
  CursorMessage,
  DocumentInit,
  DocumentSync,
  JoinMessage,
  Limits,
  Missed,
  PresenceState,
  RedeemLink,
  Role,
  SentMessage,
  SentSync,
  ServerMessage,
  SubmitMessage,
  Unanswered,
  Update,
  User,
} from '../shared/protocol/messages.ts';
export type { CloseCode, ErrorCode, Reaction } from '../shared/protocol/reactions.ts';
export type { Operation } from '../shared/text/operation.ts';
