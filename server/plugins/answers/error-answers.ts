import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { ERRORS, type ErrorCode } from '../../../shared/protocol/errors.ts';
import type { ErrorBody } from '../../../shared/protocol/http.ts';
import { ERROR_REACTIONS } from '../../../shared/protocol/reactions.ts';
import { OperationError } from '../../../shared/text/operation.ts';
import { isFull, RefusalError, TrashedError } from '../../base/refusal.ts';
import { systemClock } from '../../base/clock.ts';
import { isOutOfFiles } from '../../limits/open-files.ts';
import type { App } from '../app-deps.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The error code for a body that is too large, if not `bad_message`. */
    tooLarge?: ErrorCode;
  }
}

/** Milliseconds that a peer has to read the last answer before its connection is destroyed. */
const LAST_ANSWER_TIMEOUT = 2000;

/** Answers everything that is thrown in the shape of `ErrorBody`. */
export function errorAnswers(app: App): void {
  app.setErrorHandler((error, request, reply) => sendAnswerTo(error, request, reply));
}

/** Answers what was thrown. Failures of the server are logged; refusals are not. */
export function sendAnswerTo(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const answer = answerTo(error, request.routeOptions.config.tooLarge);
  // Fastify would close the connection while the body is still coming, and many clients then report a broken connection instead of
  // 413. Without this header Node reads the rest and drops it, until the request timeout.
  if (answer.status === 413) reply.removeHeader('connection');
  // If the operator must know the reason of a refusal, whoever refused has logged it.
  const isTold = error instanceof RefusalError || isOutOfFiles(error);
  if (answer.status >= 500 && !isTold) request.log.error({ err: error }, 'A request failed');
  return sendAnswer(reply, answer);
}

/** Answers a request that is not HTTP, too slow, or too long in its head. There is no request object for it. */
export function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  // It was answered before, and the peer goes on sending.
  if (socket.writableEnded) return;
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy(error);
    return;
  }
  const status = BROKEN_REQUESTS[error.code ?? ''] ?? 400;
  const body = JSON.stringify(errorAnswer('bad_message', STATUS_CODES[status]!, status).body);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]!}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  endWith(socket, `${head.join('\r\n')}\r\n\r\n${body}`);
}

const BROKEN_REQUESTS: Readonly<Record<string, number>> = { ERR_HTTP_REQUEST_TIMEOUT: 408, HPE_HEADER_OVERFLOW: 431 };

/** Sends an error. */
export function sendAnswer(reply: FastifyReply, { status, body, retryAfter }: ErrorAnswer): FastifyReply {
  if (retryAfter !== undefined) reply.header('Retry-After', retryAfter);
  // RFC 9110, 11.6.1: a 401 names an authentication scheme.
  if (status === 401) reply.header('WWW-Authenticate', 'Bearer');
  return reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify(body));
}

/**
 * Ends a connection with a last answer. What the peer still sends is dropped. The connection is destroyed soon, also if the peer
 * reads nothing or never ends its side.
 */
export function endWith(socket: Duplex, answer: string): void {
  if (socket.writableEnded) return;
  const cancel = systemClock.after(LAST_ANSWER_TIMEOUT, () => socket.destroy());
  socket.once('close', cancel);
  socket.end(answer);
  socket.resume();
}

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
function answerTo(error: unknown, tooLarge: ErrorCode = 'bad_message'): ErrorAnswer {
  if (error instanceof RefusalError) {
    const answer = errorAnswer(error.code, error.message);
    if (error instanceof TrashedError) answer.body.error.trashed = true;
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
