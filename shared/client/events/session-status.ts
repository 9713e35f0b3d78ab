import type { ErrorCode } from '../../protocol/errors.ts';

/** Where a document session stands. A union: exactly one of these is true. */
export type SessionStatus =
  /** The first connection is being made; there may be no text yet. */
  | { readonly kind: 'connecting' }
  /** Joined, and nothing was typed since. */
  | { readonly kind: 'live' }
  /**
   * Joined; `unsaved` edits are on their way to the server's disk, and since `since` (milliseconds of `Clock.monotonic`) none of them has
   * arrived there.
   */
  | { readonly kind: 'saving'; readonly unsaved: number; readonly since: number; readonly problem?: Problem }
  /**
   * Joined; the last own edit became durable at `at` (milliseconds since 1970, by the server's clock), which was heard at
   * `since` (milliseconds of `Clock.monotonic`).
   */
  | { readonly kind: 'saved'; readonly at: number; readonly since: number }
  /** No network; `unsaved` edits are kept. */
  | { readonly kind: 'offline'; readonly unsaved: number }
  /** The connection was lost; the next attempt is at `retryAt` (milliseconds of `Clock.monotonic`), or under way where that has passed. */
  | {
      readonly kind: 'reconnecting';
      readonly retryAt: number;
      readonly unsaved: number;
      readonly problem?: Problem;
    }
  /** The server said no and a person must do something; `unsaved` edits are kept. */
  | { readonly kind: 'refused'; readonly reason: RefusalReason; readonly unsaved: number }
  /** `leave` was called. */
  | { readonly kind: 'left' };

/** What the server said why it cannot do it now; it may be asked again. */
export interface Problem {
  readonly code: ErrorCode;
  readonly message: string;
}

/** Why a session stopped: an error code of the protocol, or what a close code meant. */
export type RefusalReason = ErrorCode | 'access_removed' | 'taken_over' | 'client_too_old' | 'bad_client';

/** Why `whenReady` or `whenSaved` will not come true: the session was refused or left. */
export class SessionEndedError extends Error {
  readonly reason: RefusalReason | 'left';

  constructor(reason: RefusalReason | 'left') {
    super(reason === 'left' ? 'The session was left' : `The server refused: ${reason}`);
    this.name = 'SessionEndedError';
    this.reason = reason;
  }
}

/** True where both say the same. */
export function statusesEqual(a: SessionStatus, b: SessionStatus): boolean {
  const left: Record<string, unknown> = { ...a };
  const right: Record<string, unknown> = { ...b };
  return Object.keys({ ...left, ...right }).every((key) => left[key] === right[key]);
}

/** What a status is found from. */
export interface StatusInputs {
  readonly isLeft: boolean;
  readonly isOnline: boolean;
  /** `since`: when some of it became durable last, or when it began to wait. Milliseconds of `Clock.monotonic`. */
  readonly document: { readonly unsaved: number; readonly ledger: { readonly since: number } };
  /** `retryAt`: nothing before the first failure. */
  readonly connection: { readonly refusal: RefusalReason | undefined; readonly retryAt: number | undefined };
  readonly reader: {
    readonly isJoined: boolean;
    readonly savedAt: number | undefined;
    readonly problem: Problem | undefined;
  };
}

export function statusOf({ isLeft, isOnline, document, connection, reader }: StatusInputs): SessionStatus {
  const { unsaved, ledger } = document;
  const { refusal, retryAt } = connection;
  const { isJoined, savedAt } = reader;
  const because = reader.problem && { problem: reader.problem };
  if (isLeft) return { kind: 'left' };
  if (refusal !== undefined) return { kind: 'refused', reason: refusal, unsaved };
  if (isJoined && unsaved > 0) return { kind: 'saving', unsaved, since: ledger.since, ...because };
  if (isJoined) return savedAt === undefined ? { kind: 'live' } : { kind: 'saved', at: savedAt, since: ledger.since };
  if (retryAt === undefined) return { kind: 'connecting' };
  return isOnline ? { kind: 'reconnecting', retryAt, unsaved, ...because } : { kind: 'offline', unsaved };
}
