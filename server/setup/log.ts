import { destination, pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';

/** Where a credential could hide in something that is logged. */
const CREDENTIALS = ['authorization', 'cookie', '["set-cookie"]', 'token', 'secret', 'clientId'];
/** Where libraries put the address of a request, which may hold one: a share link that a mail program has rewritten. */
const ADDRESSES = ['url', 'path', 'originalUrl', 'referer'];
/** The secret of a share link in words of others, as of an error that quotes an address; `#` escaped any number of times. */
const LINK_SECRET = /((?:#|%(?:25)*23|[?&])link(?:=|%(?:25)*3d))[\w-]+/gi;

const STRUCK = '[redacted]';

/** What cannot be written, as on a full disk or to somebody who is gone, is lost; the server goes on. */
function errorOutput(): DestinationStream {
  return destination({ dest: 2, sync: true }).on('error', () => undefined);
}

/**
 * Logs JSON lines to the error output, or to a stream. Credentials and addresses are struck out; nobody passes in text of
 * documents.
 */
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
