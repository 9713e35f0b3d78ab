import {
  destination,
  pino,
  stdSerializers,
  stdTimeFunctions,
  type Bindings,
  type ChildLoggerOptions,
  type DestinationStream,
  type Logger,
} from 'pino';

/** Fields that may hold a credential. */
const CREDENTIALS = ['authorization', 'cookie', '["set-cookie"]', 'token', 'secret', 'clientId'];
/** Fields that may hold an address, and with it the secret of a share link that a mail program has rewritten. */
const ADDRESSES = ['url', 'path', 'originalUrl', 'referer'];
/**
 * The secret of a share link inside other text, such as an error that quotes an address; `#` may be escaped any number of times.
 */
const LINK_SECRET = /((?:#|%(?:25)*23|[?&])link(?:=|%(?:25)*3d))[\w-]+/gi;

const STRUCK = '[redacted]';

/** Lines that cannot be written (a full disk, a closed pipe) are lost; the server goes on. */
function errorOutput(): DestinationStream {
  return destination({ dest: 2, sync: true }).on('error', () => undefined);
}

/** What no line shows. */
const REDACTED = {
  paths: [...CREDENTIALS, ...ADDRESSES].flatMap((name) => {
    const field = name.startsWith('[') ? name : `.${name}`;
    return [name, `*${field}`, `*.headers${field}`, `headers${field}`];
  }),
  censor: STRUCK,
};

function withoutLinkSecrets(text: string): string {
  return text.replace(LINK_SECRET, `$1${STRUCK}`);
}

/** Logs JSON lines to stderr, or to a stream. Credentials and addresses are redacted. Callers never pass in text of documents. */
export function createLogger(level: string, stream: DestinationStream = errorOutput()): Logger {
  return pino(
    { level, timestamp: stdTimeFunctions.isoTime, redact: REDACTED, hooks: { streamWrite: withoutLinkSecrets } },
    stream,
  );
}

/** Logs to somebody else's logger, with its level unless another is given, and redacted like `createLogger` if it is pino. */
export function childLogger<T>(
  parent: { child(bindings: Bindings, options: ChildLoggerOptions): T },
  level: string | undefined,
): T {
  const options = { redact: REDACTED, serializers: { err: shownError }, ...(level !== undefined && { level }) };
  return parent.child({ service: 'weft' }, options);
}

/** What a line shows of an error. Only here may a child logger find addresses: it cannot change the whole line. */
function shownError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const shown = stdSerializers.err(error);
  return { ...shown, message: withoutLinkSecrets(shown.message), stack: withoutLinkSecrets(shown.stack) };
}
