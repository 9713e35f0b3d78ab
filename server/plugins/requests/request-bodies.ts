import type { FastifyRequest } from 'fastify';
import { isDeeperThan } from '../../../shared/protocol/json-depth.ts';
import { errorAnswer } from '../answers/error-body.ts';
import type { App } from '../app-deps.ts';
import { RefusalError } from '../../base/refusal.ts';
import type { Slices } from '../../base/slices.ts';
import { mustBeUtf8 } from '../../base/utf8.ts';
import { sendAnswer } from '../answers/error-answers.ts';
import { parseLongJson } from './long-json.ts';

/** What a body in JSON may be. */
export interface JsonLimits {
  readonly jsonDepth: number;
  /** Bytes from which on only texts may make it longer. */
  readonly messageBytes: number;
}

/** Which bodies are read: JSON, and on the routes that say so plain text; nothing that is packed. */
export function requestBodies(app: App, limits: JsonLimits, slices: Slices): void {
  app.removeContentTypeParser('text/plain');
  takeJson(app, limits, slices);
  refuseEncoded(app);
}

/**
 * Reads JSON that is not nested too deep. Some programs name JSON also where they send no body; that is no body, and the schema
 * of the route judges it.
 */
function takeJson(app: App, { jsonDepth, messageBytes }: JsonLimits, slices: Slices): void {
  const builtIn = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) => {
    const parse = (given: string): unknown => {
      const json = given.replace(/^\ufeff/, '');
      if (isDeeperThan(json, jsonDepth)) throw new RefusalError('bad_message', `Nested more than ${jsonDepth} deep`);
      let outcome: { error: Error | null; value: unknown } | undefined;
      // It calls back before it returns.
      void builtIn(request, json, (error, value) => (outcome = { error, value }));
      if (outcome?.error) throw outcome.error;
      return outcome?.value;
    };
    if (body.length === 0) return undefined;
    // Bytes that are no UTF-8 would else be replaced in silence.
    mustBeUtf8(body, request.headers['content-type']);
    const value = body.length <= messageBytes ? parse(body.toString()) : await parseLongJson(body, slices, parse);
    // Fastify's own word for no body; no route takes it from a caller.
    if (value === null) throw new RefusalError('bad_message', 'The body is null');
    return value;
  });
}

/** A packed body would be taken for what it is not; nothing that Weft is sent needs packing. */
function refuseEncoded(app: App): void {
  app.addHook('onRequest', (request, reply, done) => {
    const { 'content-encoding': encoding = 'identity' } = request.headers;
    if (encoding === 'identity') return done();
    sendAnswer(reply, errorAnswer('bad_message', 'Bodies are taken as they are, without Content-Encoding', 415));
  });
}
