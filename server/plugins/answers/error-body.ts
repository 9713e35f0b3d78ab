import type { FastifyError } from 'fastify';
import { ERRORS, type ErrorCode } from '../../../shared/protocol/errors.ts';
import { ERROR_REACTIONS } from '../../../shared/protocol/reactions.ts';
import type { ErrorBody } from '../../../shared/protocol/http.ts';
import { OperationError } from '../../../shared/text/operation.ts';
import { isOutOfFiles } from '../../limits/open-files.ts';
import { isFull, RefusalError } from '../../base/refusal.ts';

/** An error as an HTTP answer. */
export interface ErrorAnswer {
  readonly status: number;
  readonly body: ErrorBody;
  /** Seconds. */
  readonly retryAfter?: number;
}

/** Milliseconds to wait, if the refusal does not say. */
const DEFAULT_RETRY_AFTER = 2000;

/** Seconds to wait if storage is full. */
const FULL_RETRY_AFTER = 60;

/** The answer for an error code. `status` replaces the code's own. */
export function errorAnswer(code: ErrorCode, message: string, status: number = ERRORS[code].status): ErrorAnswer {
  return { status, body: { error: { code, message } } };
}

/** The answer for anything that was thrown while a request was handled. It says nothing about unexpected errors. */
export function answerTo(error: unknown, tooLarge: ErrorCode = 'bad_message'): ErrorAnswer {
  if (error instanceof RefusalError) {
    const answer = errorAnswer(error.code, error.message);
    if (ERROR_REACTIONS[error.code] !== 'retry') return answer;
    return { ...answer, retryAfter: Math.ceil((error.retryAfter ?? DEFAULT_RETRY_AFTER) / 1000) };
  }
  if (isFull(error)) {
    return { ...errorAnswer('unavailable', 'Storage is full; nothing was changed'), retryAfter: FULL_RETRY_AFTER };
  }
  if (isOutOfFiles(error)) {
    return {
      ...errorAnswer('unavailable', 'The server has as many files open as it may'),
      retryAfter: DEFAULT_RETRY_AFTER / 1000,
    };
  }
  if (error instanceof OperationError) return errorAnswer(error.code, error.message);
  return isFastifyError(error) ? answerToFastify(error, tooLarge) : INTERNAL;
}

const INTERNAL = errorAnswer('internal', 'The server failed; the request was not carried out');

/** Errors that Fastify throws before a handler runs. */
function answerToFastify(error: FastifyError, tooLarge: ErrorCode): ErrorAnswer {
  const { validation, validationContext: part, statusCode: status = 500 } = error;
  if (validation !== undefined) {
    // An id of the wrong form belongs to nothing.
    if (part === 'params') return errorAnswer('not_found', 'There is nothing here');
    const details = validation.map((issue) => ({
      path: issue.instancePath.slice(1).replaceAll('/', '.'),
      message: issue.message ?? 'Not in the schema',
    }));
    const [first] = details;
    const place = first?.path ? `${part ?? 'request'}.${first.path}` : (part ?? 'request');
    return {
      status: ERRORS.bad_message.status,
      body: { error: { code: 'bad_message', message: `${place}: ${first?.message ?? 'Not in the schema'}`, details } },
    };
  }
  if (status === 413) return errorAnswer(tooLarge, 'The request body is too large', 413);
  return status < 500 ? errorAnswer(status === 404 ? 'not_found' : 'bad_message', error.message, status) : INTERNAL;
}

function isFastifyError(error: unknown): error is FastifyError {
  return error instanceof Error && ('statusCode' in error || 'validation' in error);
}
