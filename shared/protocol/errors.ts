/**
 * The meaning of each error and close code. What a client does about them is in reactions.ts, because clients need nothing else.
 * docs/protocol.md lists the same rows; a test compares both ways.
 */
import type { CloseCode, ErrorCode } from './reactions.ts';

export type { CloseCode, ErrorCode } from './reactions.ts';

interface ErrorRow {
  readonly meaning: string;
  /** The HTTP status with which routes answer this code. */
  readonly status: number;
}

export const ERRORS = {
  bad_message: { meaning: 'Not JSON, not in the schema, or not allowed now', status: 400 },
  bad_operation: {
    meaning: 'An operation has a wrong shape or range, splits a surrogate pair, or there are too many',
    status: 400,
  },
  bad_text: { meaning: 'Text holds CR, NUL or half of a surrogate pair', status: 400 },
  document_too_large: { meaning: 'The document would exceed its length limit', status: 413 },
  version_ahead: { meaning: 'The base version is newer than the document', status: 409 },
  version_conflict: { meaning: 'If-Match names another version than the current one', status: 412 },
  seq_gap: { meaning: 'The seq skips a number', status: 409 },
  seq_reused: {
    meaning: 'The seq was committed with other text, or is older than the last one',
    status: 409,
  },
  client_taken: { meaning: 'The clientId belongs to another user on this document', status: 403 },
  unauthenticated: { meaning: 'The credential is invalid or expired', status: 401 },
  forbidden: { meaning: 'The role does not allow this', status: 403 },
  last_owner: { meaning: 'The document would be left without an owner', status: 409 },
  password_required: { meaning: 'The share link has a password, and none was given', status: 403 },
  wrong_password: { meaning: 'The share link has another password', status: 403 },
  not_found: { meaning: 'There is no such thing, or it may not be seen', status: 404 },
  rate_limited: { meaning: 'Too many messages; retryAfter says when to go on', status: 429 },
  unavailable: { meaning: 'Storage cannot commit now; keep the edits and retry', status: 503 },
  internal: { meaning: 'The server failed; the request was not carried out', status: 500 },
} as const satisfies Record<ErrorCode, ErrorRow>;

/** WebSocket close codes that the server sends. */
export const CLOSES = {
  1000: { meaning: 'The client left' },
  1001: { meaning: 'The server leaves' },
  1003: { meaning: 'Binary frames are not part of the protocol' },
  1007: { meaning: 'The frame was not valid UTF-8' },
  1008: { meaning: 'The message came in too many pieces' },
  1009: { meaning: 'The message was too big' },
  1011: { meaning: 'The server failed' },
  1012: { meaning: 'The server restarts' },
  1013: { meaning: 'The server is overloaded' },
  4400: { meaning: 'Ten bad messages in ten seconds' },
  4401: { meaning: 'Not or no longer authenticated' },
  4403: { meaning: 'Access was removed' },
  4404: { meaning: 'There is no such document' },
  4408: { meaning: 'No join in time, or the heartbeat was lost' },
  4409: { meaning: 'Taken over by a newer socket of the same client' },
  4426: { meaning: 'The client is too old' },
  4429: { meaning: 'Too many messages or sockets' },
  4430: { meaning: 'The reader was too slow' },
} as const satisfies Record<CloseCode, { readonly meaning: string }>;
