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
    /** The code for a body that is too large, where it is not `bad_message`. */
    tooLarge?: ErrorCode;
  }
}

/** Answers everything that was thrown in the one shape of errors. */
export function errorAnswers(app: App): void {
  app.setErrorHandler((error, request, reply) => sendAnswerTo(error, request, reply));
}

/** Answers what was thrown; failures of the server are logged, refusals are the caller's business. */
export function sendAnswerTo(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const answer = answerTo(error, request.routeOptions.config.tooLarge);
  // Fastify would close the connection under a body that is still coming, and many senders then hear of a broken line and not
  // of 413. Without this header Node reads the rest and drops it, for as long as a request may take.
  if (answer.status === 413) reply.removeHeader('connection');
  // Where a refusal has a reason that the operator must know, whoever refused has said it.
  const isTold = error instanceof RefusalError || isOutOfFiles(error);
  if (answer.status >= 500 && !isTold) request.log.error({ err: error }, 'A request failed');
  return sendAnswer(reply, answer);
}

/** Answers a request that is not HTTP, too slow or has too long a head, for which there is no request object yet. */
export function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  // Whoever was answered and sends on is not answered again.
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
  // RFC 9110, 11.6.1: 401 names a way to show who one is.
  if (status === 401) reply.header('WWW-Authenticate', 'Bearer');
  return reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify(body));
}

/** Milliseconds that a peer has to take the last answer before its connection is torn down. */
const PATIENCE = 2000;

/**
 * Ends a connection with a last answer. What the peer still sends is dropped, and soon so is the connection, also where the peer
 * reads nothing or never says that it has ended.
 */
export function endWith(socket: Duplex, answer: string): void {
  if (socket.writableEnded) return;
  const cancel = systemClock.after(PATIENCE, () => socket.destroy());
  socket.once('close', cancel);
  socket.end(answer);
  socket.resume();
}
