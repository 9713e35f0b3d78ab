import type { ErrorCode } from '../../protocol/errors.ts';
import { CLOSE_REACTIONS, type CloseCode } from '../../protocol/reactions.ts';

/** Where a document session stands. A union: exactly one of these is true. */
export type SessionStatus =
  /** The first connection is being made; there may be no text yet. */
  | { readonly kind: 'connecting' }
  /** Joined, and nothing was typed since. */
  | { readonly kind: 'live' }
  /**
   * Joined; `unsaved` edits are on their way to the server's disk. None of them has arrived there since `since` (milliseconds of
   * `Clock.monotonic`).
   */
  | { readonly kind: 'saving'; readonly unsaved: number; readonly since: number; readonly problem?: Problem }
  /**
   * Joined; the last own edit became durable at `at` (milliseconds since 1970, by the server's clock), which was heard at
   * `since` (milliseconds of `Clock.monotonic`).
   */
  | { readonly kind: 'saved'; readonly at: number; readonly since: number }
  /** No network; `unsaved` edits are kept. */
  | { readonly kind: 'offline'; readonly unsaved: number }
  /** The connection was lost; the next attempt is at `retryAt` (milliseconds of `Clock.monotonic`), or under way if that has passed. */
  | {
      readonly kind: 'reconnecting';
      readonly retryAt: number;
      readonly unsaved: number;
      readonly problem?: Problem;
    }
  /** The server said no and a person must do something; `unsaved` edits are kept. `problem`: why, in its own words, if it said so. */
  | {
      readonly kind: 'refused';
      readonly reason: RefusalReason;
      readonly unsaved: number;
      readonly problem?: Problem;
    }
  /** `leave` was called. */
  | { readonly kind: 'left' };

/** Why the server cannot do it now, in its own words; it may be asked again. */
export interface Problem {
  readonly code: ErrorCode;
  readonly message: string;
}

/** Why a session stopped: an error code of the protocol, or what a close code meant. */
export type RefusalReason = ErrorCode | 'access_removed' | 'taken_over' | 'client_too_old' | 'bad_client';

const REASON_BY_CLOSE: Partial<Record<CloseCode, RefusalReason>> = {
  4401: 'unauthenticated',
  4403: 'access_removed',
  4404: 'not_found',
  4409: 'taken_over',
  4426: 'client_too_old',
};

/** Why there is no coming back after a connection was closed with `code`; undefined if it is worth another try. */
export function refusalOfClose(code: number): RefusalReason | undefined {
  // A proxy may say 1000 without having been asked to; only `leave` means it.
  if (code === 1000 || !(code in CLOSE_REACTIONS) || CLOSE_REACTIONS[code as CloseCode] === 'rejoin') return undefined;
  return REASON_BY_CLOSE[code as CloseCode] ?? 'bad_client';
}

/** The error of `whenReady` and `whenSaved`: the session was refused or left. */
export class SessionEndedError extends Error {
  readonly reason: RefusalReason | 'left';

  constructor(reason: RefusalReason | 'left') {
    super(reason === 'left' ? 'The session was left' : `The server refused: ${reason}`);
    this.name = 'SessionEndedError';
    this.reason = reason;
  }
}

/** True if both say the same. */
export function statusesEqual(a: SessionStatus, b: SessionStatus): boolean {
  const left: Record<string, unknown> = { ...a };
  const right: Record<string, unknown> = { ...b };
  return Object.keys({ ...left, ...right }).every((key) => left[key] === right[key]);
}

/** What a status is made of. */
export interface StatusInputs {
  readonly isLeft: boolean;
  readonly isOnline: boolean;
  /** `since`: when some of it last became durable, or when it began to wait. Milliseconds of `Clock.monotonic`. */
  readonly document: { readonly unsaved: number; readonly saves: { readonly since: number } };
  /** `retryAt`: undefined before the first failure. */
  readonly connection: {
    readonly isJoined: boolean;
    readonly refusal: RefusalReason | undefined;
    readonly retryAt: number | undefined;
  };
  readonly state: { readonly savedAt: number | undefined; readonly problem: Problem | undefined };
}

export function statusOf({ isLeft, isOnline, document, connection, state }: StatusInputs): SessionStatus {
  const { unsaved, saves } = document;
  const { isJoined, refusal, retryAt } = connection;
  const { savedAt } = state;
  const because = state.problem && { problem: state.problem };
  if (isLeft) return { kind: 'left' };
  if (refusal !== undefined) {
    return { kind: 'refused', reason: refusal, unsaved, ...(state.problem?.code === refusal && because) };
  }
  if (isJoined && unsaved > 0) return { kind: 'saving', unsaved, since: saves.since, ...because };
  if (isJoined) return savedAt === undefined ? { kind: 'live' } : { kind: 'saved', at: savedAt, since: saves.since };
  if (retryAt === undefined) return { kind: 'connecting' };
  return isOnline ? { kind: 'reconnecting', retryAt, unsaved, ...because } : { kind: 'offline', unsaved };
}
