import { DEFAULT_RULES, type OriginRules } from '../access/origins.ts';
import type { ReadingLimits } from '../limits/http-reader.ts';
import type { RoomLimits } from '../rooms/services/room-limits.ts';
import type { WaitingLimits } from '../limits/waiting-bytes.ts';
import type { WriteRateLimits } from '../limits/write-rates.ts';
import { formerSettings, settingsSchema, type Settings } from './settings.ts';

/** How much may be written. */
export interface WriteLimits extends WriteRateLimits {
  /** Bytes of the database. */
  readonly storeBytes: number;
}

/** Limits of HTTP connections and their answers. */
export interface HttpLimits extends ReadingLimits {
  /** Open at once, including document sockets. */
  readonly connections: number;
  /** Connections that wait for answers, in all and from one network. */
  readonly readers: number;
  readonly networkReaders: number;
  /** Requests of one connection that wait for their answers. */
  readonly pipelined: number;
}

/** Limits of sharing. */
export interface AccessLimits {
  /** Of one document. */
  readonly members: number;
  /** Of one document. */
  readonly links: number;
  /** Of one document: whose pages may embed it. */
  readonly embedOrigins: number;
  /** Wrong passwords per minute, from one address and for one link. */
  readonly passwordFailures: number;
  /** Passwords that wait to be hashed. */
  readonly passwordQueue: number;
  /** Passwords that are hashed for one network. */
  readonly passwordsPerMinute: number;
}

/** The configuration of the server, frozen. Lengths are UTF-16 units, sizes bytes, times milliseconds. */
export type Config = ReturnType<typeof configFromSettings>;

/** The environment is no valid configuration. The message says what to mend, one line per setting. */
export class ConfigError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ConfigError';
  }
}

/** Reads the environment. An empty variable counts as absent; a former name stands for the present one. Throws ConfigError. */
export function parseConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  /** The names by which the settings were given, if those are former ones. */
  const formerNames = new Map<string, string>();
  for (const { name, now } of formerSettings(given)) {
    if (given[now] !== undefined) throw new ConfigError(`${name} is the former name of ${now}; set ${now} alone`);
    given[now] = given[name];
    formerNames.set(now, name);
  }
  const result = settingsSchema.safeParse(given);
  if (!result.success) {
    const lines = result.error.issues.map(({ path, message }) => {
      const name = path.join('.');
      return `${formerNames.get(name) ?? name} ${message}`;
    });
    throw new ConfigError(lines.join('\n'));
  }
  if (result.data.WEFT_HEARTBEAT_TIMEOUT_MS <= result.data.WEFT_HEARTBEAT_INTERVAL_MS) {
    throw new ConfigError('WEFT_HEARTBEAT_TIMEOUT_MS must be longer than WEFT_HEARTBEAT_INTERVAL_MS');
  }
  const { WEFT_GUESTS, WEFT_JWT_SECRET, WEFT_JWT_JWKS_FILE, WEFT_JWT_JWKS_URL } = result.data;
  if (WEFT_JWT_JWKS_FILE !== undefined && WEFT_JWT_JWKS_URL !== undefined) {
    throw new ConfigError('WEFT_JWT_JWKS_FILE and WEFT_JWT_JWKS_URL exclude each other');
  }
  if (!WEFT_GUESTS && (WEFT_JWT_SECRET ?? WEFT_JWT_JWKS_FILE ?? WEFT_JWT_JWKS_URL) === undefined) {
    throw new ConfigError(
      'WEFT_GUESTS=off lets nobody in without WEFT_JWT_SECRET, WEFT_JWT_JWKS_FILE or WEFT_JWT_JWKS_URL',
    );
  }
  return configFromSettings(result.data);
}

function configFromSettings(settings: Settings) {
  return Object.freeze({
    /** 0 takes any free port. */
    port: settings.PORT,
    host: settings.HOST,
    /** The path below which browsers find the server, like `/weft`; empty if that is the root. */
    basePath: settings.WEFT_BASE_PATH,
    dataFolder: settings.WEFT_DATA,
    /** Undefined if it is kept in the data folder. */
    secret: settings.WEFT_SECRET,
    logLevel: settings.WEFT_LOG_LEVEL,
    /** Trust X-Forwarded-* headers. */
    trustProxy: settings.WEFT_TRUST_PROXY,
    /** Whether somebody without a token is let in. */
    guests: settings.WEFT_GUESTS,
    /** What pages of other origins may do. Their requests with our cookie are foreign all the same. */
    origins: Object.freeze<OriginRules>(
      settings.WEFT_ORIGINS === undefined
        ? DEFAULT_RULES
        : { calls: settings.WEFT_ORIGINS, frames: settings.WEFT_ORIGINS },
    ),
    tokens: Object.freeze({
      /** For HS256; shared with the host application. */
      secret: settings.WEFT_JWT_SECRET,
      /** JWKS; `keyFile` and `keyUrl` exclude each other. */
      keyFile: settings.WEFT_JWT_JWKS_FILE,
      keyUrl: settings.WEFT_JWT_JWKS_URL,
      audience: settings.WEFT_JWT_AUDIENCE,
      maximumBytes: settings.WEFT_MAX_TOKEN_BYTES,
    }),
    /** Live sessions of the whole server. */
    sessions: settings.WEFT_MAX_SESSIONS,
    /** New sockets from one address in ten seconds. */
    addressConnections: settings.WEFT_MAX_CONNECTIONS_PER_ADDRESS,
    /** Pages and old versions per second that one user reads over HTTP. */
    historyReads: settings.WEFT_HISTORY_READS_PER_SECOND,
    /** Pages of searches per second that one user reads over HTTP. */
    searches: settings.WEFT_SEARCHES_PER_SECOND,
    writes: Object.freeze<WriteLimits>({
      documentsPerMinute: settings.WEFT_DOCUMENTS_PER_MINUTE,
      guestsPerMinute: settings.WEFT_GUESTS_PER_MINUTE,
      bytesPerMinute: settings.WEFT_WRITTEN_BYTES_PER_MINUTE,
      networkBytesPerDay: settings.WEFT_NETWORK_BYTES_PER_DAY,
      storeBytes: settings.WEFT_MAX_STORE_BYTES,
    }),
    /** WebSocket frames of one message. */
    fragments: settings.WEFT_MAX_FRAGMENTS,
    /** Chunks, as the network delivers them, of a frame that is not whole yet. */
    bufferedChunks: settings.WEFT_MAX_BUFFERED_CHUNKS,
    /** Bytes of large HTTP bodies in transit: in all, and from one address. */
    bodyBytes: settings.WEFT_MAX_BODY_BYTES,
    addressBodyBytes: settings.WEFT_MAX_BODY_BYTES_PER_ADDRESS,
    http: Object.freeze<HttpLimits>({
      connections: settings.WEFT_MAX_CONNECTIONS,
      readers: settings.WEFT_MAX_HTTP_READERS,
      networkReaders: settings.WEFT_MAX_HTTP_READERS_PER_ADDRESS,
      pipelined: settings.WEFT_MAX_PIPELINED_REQUESTS,
      patience: settings.WEFT_SEND_BUFFER_TIMEOUT_MS,
      bytesPerSecond: settings.WEFT_MIN_READ_BYTES_PER_SECOND,
    }),
    waiting: Object.freeze<WaitingLimits>({
      waitingBytes: settings.WEFT_MAX_WAITING_BYTES,
      networkWaitingBytes: settings.WEFT_MAX_WAITING_BYTES_PER_ADDRESS,
    }),
    access: Object.freeze<AccessLimits>({
      members: settings.WEFT_MAX_MEMBERS,
      links: settings.WEFT_MAX_SHARE_LINKS,
      embedOrigins: settings.WEFT_MAX_EMBED_ORIGINS,
      passwordFailures: settings.WEFT_PASSWORD_FAILURES,
      passwordsPerMinute: settings.WEFT_PASSWORDS_PER_MINUTE,
      passwordQueue: settings.WEFT_PASSWORD_QUEUE,
    }),
    /** For the head of an HTTP request to arrive. */
    headersTimeout: settings.WEFT_HEADERS_TIMEOUT_MS,
    /** Of cold history. An interval of 0 leaves it to `weft compact`. */
    compaction: Object.freeze({
      interval: settings.WEFT_COMPACT_INTERVAL_MS,
      keep: settings.WEFT_COMPACT_KEEP,
      idleAfter: settings.WEFT_COMPACT_IDLE_MS,
    }),
    /** For search, after the commits. */
    indexing: Object.freeze({ delay: settings.WEFT_INDEX_DELAY_MS, length: settings.WEFT_MAX_INDEXED_LENGTH }),
    /** For an HTTP request to arrive whole. */
    requestTimeout: settings.WEFT_REQUEST_TIMEOUT_MS,
    /** For a stopping server to finish. */
    shutdownTimeout: settings.WEFT_SHUTDOWN_TIMEOUT_MS,
    limits: Object.freeze<RoomLimits>({
      lastSnapshots: settings.WEFT_SHUTDOWN_TIMEOUT_MS / 5,
      lastCommits: 0.3 * settings.WEFT_SHUTDOWN_TIMEOUT_MS,
      documentLength: settings.WEFT_MAX_DOCUMENT_LENGTH,
      messageBytes: settings.WEFT_MAX_MESSAGE_BYTES,
      operations: settings.WEFT_MAX_OPERATIONS,
      caretSteps: settings.WEFT_MAX_CARET_STEPS,
      lateSubmissions: settings.WEFT_MAX_LATE_SUBMISSIONS,
      jsonDepth: settings.WEFT_MAX_JSON_DEPTH,
      documentSessions: settings.WEFT_MAX_SESSIONS_PER_DOCUMENT,
      userSessions: settings.WEFT_MAX_SESSIONS_PER_USER,
      rooms: settings.WEFT_MAX_ROOMS,
      roomBytes: settings.WEFT_MAX_ROOM_BYTES,
      joinTimeout: settings.WEFT_JOIN_TIMEOUT_MS,
      preJoinMessages: settings.WEFT_PREJOIN_MESSAGES,
      preJoinBytes: settings.WEFT_PREJOIN_BYTES,
      messagesPerSecond: settings.WEFT_MESSAGES_PER_SECOND,
      submissionsPerSecond: settings.WEFT_SUBMISSIONS_PER_SECOND,
      operationsPerSecond: settings.WEFT_OPERATIONS_PER_SECOND,
      presencePerSecond: settings.WEFT_PRESENCE_PER_SECOND,
      rateStrikes: settings.WEFT_RATE_STRIKES,
      heartbeatInterval: settings.WEFT_HEARTBEAT_INTERVAL_MS,
      heartbeatTimeout: settings.WEFT_HEARTBEAT_TIMEOUT_MS,
      sendBufferBytes: settings.WEFT_SEND_BUFFER_BYTES,
      sendBufferTimeout: settings.WEFT_SEND_BUFFER_TIMEOUT_MS,
      roomIdle: settings.WEFT_ROOM_IDLE_MS,
      unavailableAfter: settings.WEFT_UNAVAILABLE_AFTER_MS,
      tokenWarning: settings.WEFT_TOKEN_WARNING_MS,
      tokenGrace: settings.WEFT_TOKEN_GRACE_MS,
    }),
  });
}
