/** `weftdoc/client`: the engine for browsers, without a view. */
export { openBrowserSession } from '../shared/client/browser.ts';
export { DocumentSession } from '../shared/client/document-session.ts';
export { SessionEndedError } from '../shared/client/events/session-status.ts';
export { webSocketTransport } from '../shared/client/transport/websocket-transport.ts';
export { OperationError } from '../shared/text/operation.ts';

export type { BrowserSessionOptions } from '../shared/client/browser.ts';
export type { WebSocketLike } from '../shared/client/transport/websocket-transport.ts';
export type { EditOptions } from '../shared/client/document/local-document.ts';
export type { DocumentSessionOptions } from '../shared/client/document-session.ts';
export type { ChangeOrigin, SessionEvents } from '../shared/client/events/session-events.ts';
export type { Problem, RefusalReason, SessionStatus } from '../shared/client/events/session-status.ts';
export type { KeptUnsent, Outbox, OutboxClaim, OutboxRecord, UnsentBackup } from '../shared/client/outbox/outbox.ts';
export type {
  Clock,
  Connection,
  ConnectionHandlers,
  PageLifecycle,
  Random,
  Transport,
} from '../shared/client/transport/transport.ts';
export type { ErrorCode } from '../shared/protocol/reactions.ts';
export type { Collaborator, PresenceState } from '../shared/protocol/presence-messages.ts';
export type { Limits } from '../shared/protocol/document-messages.ts';
export type { RedeemLink } from '../shared/protocol/session-messages.ts';
export type { Role } from '../shared/protocol/roles.ts';
export type { User } from '../shared/protocol/fields.ts';
export type { ChunkedText } from '../shared/text/chunked-text.ts';
export type { Edit } from '../shared/text/edit.ts';
export type { SelectionRange } from '../shared/text/position.ts';
