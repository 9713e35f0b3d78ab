import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorCode } from '../../../shared/protocol/errors.ts';
import { answerTo, errorAnswer, type ErrorAnswer } from './error-body.ts';
import { isOutOfFiles } from '../../limits/open-files.ts';
import type { App } from '../app-deps.ts';
import { RefusalError } from '../../base/refusal.ts';
import { systemClock } from '../../base/system-clock.ts';

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
