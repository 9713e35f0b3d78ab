import type { ErrorCode } from '../../shared/protocol/errors.ts';

/** A request that was refused whole: the document is untouched. The code is a row of `ERRORS`. */
export class RefusalError extends Error {
  readonly code: ErrorCode;
  /** Milliseconds after which the same request may succeed. */
  readonly retryAfter: number | undefined;

  constructor(code: ErrorCode, message: string, retryAfter?: number) {
    super(message);
    this.name = 'RefusalError';
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

/** What one hears of a document that is not there, and of one that one may not see. */
export function noSuchDocument(): RefusalError {
  return new RefusalError('not_found', 'There is no such document');
}

/** After so many milliseconds a damaged document may be asked for again; only a person can mend it. */
const MENDED_AFTER = 60_000;

/** A refusal in the place of a store's error that says that a document is damaged; any other error as it is. */
export function withoutDamage(error: unknown): unknown {
  if (!isDamage(error)) return error;
  const message = 'The stored document is damaged. Whoever runs this server must restore it from a backup';
  return new RefusalError('unavailable', message, MENDED_AFTER);
}

/** Whether a store says that the stored history of a document is not whole. */
export function isDamage(error: unknown): boolean {
  return codeOf(error) === 'STORE_DAMAGED';
}

/** Whether a store says that what it was asked to write breaks its rules; nothing was written then. */
export function isMisuse(error: unknown): boolean {
  return codeOf(error) === 'STORE_MISUSED';
}

/** Whether a store has no room for what it was asked to write; nothing was written then. */
export function isFull(error: unknown): boolean {
  return codeOf(error) === 'SQLITE_FULL';
}

/** Whether a store was asked after it was closed; nothing was done then. */
export function isClosed(error: unknown): boolean {
  return codeOf(error) === 'STORE_CLOSED';
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
