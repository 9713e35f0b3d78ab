import { isDeeperThan } from '../../shared/protocol/json-depth.ts';
import { errorAnswer } from '../errors.ts';
import type { App } from '../parts.ts';
import { RefusalError } from '../rooms/refusal.ts';
import { sendAnswer } from './error-answers.ts';

/** Which bodies are read: JSON, and on the routes that say so plain text; nothing that is packed. */
export function requestBodies(app: App, maximumDepth: number): void {
  app.removeContentTypeParser('text/plain');
  takeJson(app, maximumDepth);
  refuseEncoded(app);
}

/**
 * Reads JSON that is not nested too deep. Some programs name JSON also where they send no body; that is no body, and the schema
 * of the route judges it.
 */
function takeJson(app: App, maximumDepth: number): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body: string, done) => {
    if (body === '') done(null, undefined);
    else if (isDeeperThan(body, maximumDepth))
      done(new RefusalError('bad_message', `Nested more than ${maximumDepth} deep`));
    else void parse(request, body, done);
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
