import type { FastifyRequest } from 'fastify';
import { nanoid } from 'nanoid';
import { isDeeperThan } from '../../../shared/protocol/frame.ts';
import { RefusalError } from '../../base/refusal.ts';
import type { Slices } from '../../base/slices.ts';
import { mustBeUtf8 } from '../../base/utf8.ts';
import { errorAnswer, sendAnswer } from '../answers/error-answers.ts';
import type { App } from '../app-deps.ts';

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

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LETTER_U = 0x75;
/** Bytes of `\uXXXX`, and of any other escape. */
const UNIT_ESCAPE = 6;
const ESCAPE = 2;
/** Bytes of a string that are read in one slice: a few milliseconds. */
const SLICE = 262_144;
/** Strings of at least this many bytes are read apart from the rest. */
const LONG = 16_384;
/** Most bytes of a body beside its long strings. */
const MAXIMUM_REST = 65_536;

/**
 * Parses a JSON body that is long because of long strings. These are read in slices; `parse` gets the rest, which must be short. A
 * body of many small values is refused. Throws RefusalError `bad_message`, and what `parse` throws.
 */
export async function parseLongJson(bytes: Buffer, slices: Slices, parse: (json: string) => unknown): Promise<unknown> {
  await slices.next();
  // Placeholder of a long string in the rest. It is random, so that no client can send it.
  const mark = nanoid();
  const texts: string[] = [];
  let rest = '';
  let from = 0;
  const keep = (to: number): void => {
    if (rest.length + to - from > MAXIMUM_REST) {
      throw new RefusalError('bad_message', `Beside its texts a body has at most ${MAXIMUM_REST} bytes`);
    }
    rest += bytes.toString('utf8', from, to);
    from = to;
  };
  for (let start = bytes.indexOf(QUOTE); start !== -1; start = bytes.indexOf(QUOTE, from)) {
    keep(start);
    const text = await readText(bytes, slices, start + 1);
    if (text.end - start < LONG) {
      keep(Math.min(text.end + 1, bytes.length));
    } else {
      rest += JSON.stringify(mark + texts.length);
      texts.push(text.value());
      from = text.end + 1;
    }
  }
  keep(bytes.length);
  return withTexts(parse(rest), mark, texts);
}

/** The end and the value of the string that begins at `start`. */
async function readText(bytes: Buffer, slices: Slices, start: number): Promise<{ end: number; value: () => string }> {
  const parts: string[] = [];
  let from = start;
  let at = start;
  const take = (): void => {
    parts.push(unescaped(bytes.toString('utf8', from, at)));
    from = at;
  };
  while (at < bytes.length && bytes[at] !== QUOTE) {
    if (bytes[at] === BACKSLASH) at += bytes[at + 1] === LETTER_U ? UNIT_ESCAPE : ESCAPE;
    else at += 1;
    // Never inside a UTF-8 sequence.
    if (at - from >= SLICE && (bytes[at]! & 0xc0) !== 0x80) {
      take();
      await slices.next();
    }
  }
  return {
    end: at,
    value: () => {
      take();
      return parts.join('');
    },
  };
}

function unescaped(text: string): string {
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch {
    throw new RefusalError('bad_message', 'The body is not JSON');
  }
}

/** The value with each placeholder replaced by its string. `value` is short. */
function withTexts(value: unknown, mark: string, texts: readonly string[]): unknown {
  const textOf = (word: string): string =>
    word.startsWith(mark) ? (texts[Number(word.slice(mark.length))] ?? word) : word;
  if (typeof value === 'string') return textOf(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each: unknown) => withTexts(each, mark, texts));
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [textOf(key), withTexts(each, mark, texts)]));
}
