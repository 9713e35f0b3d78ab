import type { ErrorCode } from '../../shared/protocol/errors.ts';

/** A request that was refused; the document is untouched. `code` is a row of `ERRORS`. */
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

/** The refusal for a document that does not exist, or that the requester may not see. */
export function noSuchDocument(): RefusalError {
  return new RefusalError('not_found', 'There is no such document');
}

/** The refusal for a document in the trash, only for those who may take it out. */
export class TrashedError extends RefusalError {
  constructor() {
    super('not_found', 'The document is in the trash');
  }
}

/** Milliseconds to wait before asking for a damaged document again; only a person can repair it. */
const MENDED_AFTER = 60_000;

/** Replaces a store's error about a damaged document by a refusal; returns any other error as it is. */
export function withoutDamage(error: unknown): unknown {
  if (!isDamage(error)) return error;
  const message = 'The stored document is damaged. Whoever runs this server must restore it from a backup';
  return new RefusalError('unavailable', message, MENDED_AFTER);
}

/** Whether the error says that the stored history of a document is damaged. */
export function isDamage(error: unknown): boolean {
  return codeOf(error) === 'STORE_DAMAGED';
}

/** Whether the error says that a write broke the rules of the store. Nothing was written then. */
export function isMisuse(error: unknown): boolean {
  return codeOf(error) === 'STORE_MISUSED';
}

/** Whether the error says that the store is full. Nothing was written then. */
export function isFull(error: unknown): boolean {
  return codeOf(error) === 'SQLITE_FULL';
}

/** Whether the error says that the store is closed. Nothing was done then. */
export function isClosed(error: unknown): boolean {
  return codeOf(error) === 'STORE_CLOSED';
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
