import { destination, pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';

/** Where a credential could hide in something that is logged. */
const CREDENTIALS = ['authorization', 'cookie', '["set-cookie"]', 'token', 'secret', 'clientId'];

/** Logs JSON lines to the error output, or to a stream. Credentials are struck out; nobody passes in text of documents. */
export function createLogger(level: string, stream: DestinationStream = destination({ dest: 2, sync: true })): Logger {
  const paths = CREDENTIALS.flatMap((name) => {
    const field = name.startsWith('[') ? name : `.${name}`;
    return [name, `*${field}`, `*.headers${field}`, `headers${field}`];
  });
  return pino({ level, timestamp: stdTimeFunctions.isoTime, redact: { paths, censor: '[redacted]' } }, stream);
}
