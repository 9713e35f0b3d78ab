import type { FastifyRequest } from 'fastify';
import { isDeeperThan } from '../../../shared/protocol/frame.ts';
import { errorAnswer } from '../answers/error-body.ts';
import type { App } from '../app-deps.ts';
import { RefusalError } from '../../base/refusal.ts';
import type { Slices } from '../../base/slices.ts';
import { mustBeUtf8 } from '../../base/utf8.ts';
import { sendAnswer } from '../answers/error-answers.ts';
import { parseLongJson } from './long-json.ts';

/** Limits of JSON bodies. */
export interface JsonLimits {
  readonly jsonDepth: number;
  /** Beyond this many bytes only long strings may make a body longer. */
  readonly messageBytes: number;
}

/** Accepts JSON bodies, and plain text on the routes that say so. Refuses compressed bodies. */
export function requestBodies(app: App, limits: JsonLimits, slices: Slices): void {
  app.removeContentTypeParser('text/plain');
  takeJson(app, limits, slices);
  refuseEncoded(app);
}

/**
 * Parses JSON up to a depth. Some clients send the content type without a body; that counts as no body, and the schema of the route
 * judges it.
 */
function takeJson(app: App, { jsonDepth, messageBytes }: JsonLimits, slices: Slices): void {
  const builtIn = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) => {
    const parse = (given: string): unknown => {
      const json = given.replace(/^\ufeff/, '');
      if (isDeeperThan(json, jsonDepth)) throw new RefusalError('bad_message', `Nested more than ${jsonDepth} deep`);
      let outcome: { error: Error | null; value: unknown } | undefined;
      // Calls back synchronously.
      void builtIn(request, json, (error, value) => (outcome = { error, value }));
      if (outcome?.error) throw outcome.error;
      return outcome?.value;
    };
    if (body.length === 0) return undefined;
    // Invalid UTF-8 would otherwise be replaced silently.
    mustBeUtf8(body, request.headers['content-type']);
    const value = body.length <= messageBytes ? parse(body.toString()) : await parseLongJson(body, slices, parse);
    // Fastify uses null for an absent body; no route accepts it from a client.
    if (value === null) throw new RefusalError('bad_message', 'The body is null');
    return value;
  });
}

/** A compressed body would be read as if it were plain. Nothing that is sent to Weft needs compression. */
function refuseEncoded(app: App): void {
  app.addHook('onRequest', (request, reply, done) => {
    const { 'content-encoding': encoding = 'identity' } = request.headers;
    if (encoding === 'identity') return done();
    sendAnswer(reply, errorAnswer('bad_message', 'Bodies are taken as they are, without Content-Encoding', 415));
  });
}
