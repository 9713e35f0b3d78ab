import { destination, pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';

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

/** Logs JSON lines to stderr, or to a stream. Credentials and addresses are redacted. Callers never pass in text of documents. */
export function createLogger(level: string, stream: DestinationStream = errorOutput()): Logger {
  const paths = [...CREDENTIALS, ...ADDRESSES].flatMap((name) => {
    const field = name.startsWith('[') ? name : `.${name}`;
    return [name, `*${field}`, `*.headers${field}`, `headers${field}`];
  });
  return pino(
    {
      level,
      timestamp: stdTimeFunctions.isoTime,
      redact: { paths, censor: STRUCK },
      hooks: { streamWrite: (line) => line.replace(LINK_SECRET, `$1${STRUCK}`) },
    },
    stream,
  );
}
