import { z } from 'zod';
import type { ReadingLimits } from '../limits/http-reader.ts';
import type { RoomLimits } from '../rooms/services/room-limits.ts';
import type { WaitingLimits } from '../limits/waiting-bytes.ts';
import type { WriteRateLimits } from '../limits/write-rates.ts';
import type { PasswordQueueLimits } from '../sharing/password-queue.ts';

/**
 * Every setting, by the name of its environment variable. docs/configuration.md lists the same names and defaults; a test
 * compares both ways.
 */
export const settingsSchema = z.object({
  PORT: whole(0, 65_535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  WEFT_DATA: z.string().default('./data'),
  WEFT_SECRET: secret().optional(),
  WEFT_GUESTS: z
    .enum(['on', 'off'], 'must be on or off')
    .default('on')
    .transform((value) => value === 'on'),
  WEFT_JWT_SECRET: secret().optional(),
  WEFT_JWT_JWKS_FILE: z.string().optional(),
  WEFT_JWT_JWKS_URL: z
    .string()
    .refine(isSafeAddress, 'must begin with https://, or with http:// on this machine')
    .optional(),
  WEFT_JWT_AUDIENCE: z.string().default('weft'),
  WEFT_TOKEN_WARNING_MS: whole(0, 3_600_000).default(60_000),
  WEFT_TOKEN_GRACE_MS: whole(0, 600_000).default(60_000),
  WEFT_MAX_TOKEN_BYTES: whole(256, 1024 * 1024).default(8192),
  WEFT_ORIGINS: z
    .string()
    .default('')
    .transform((list, context) =>
      list
        .split(/[\s,]+/)
        .filter((given) => given !== '')
        .map((given) => {
          const origin = originOf(given);
          if (origin === undefined)
            context.addIssue(`must list origins like https://app.example, without a path; ${given} is none`);
          return origin ?? given;
        }),
    ),
  WEFT_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('warn'),
  WEFT_TRUST_PROXY: z
    .enum(['true', 'false'], 'must be true or false')
    .default('false')
    .transform((value) => value === 'true'),
  WEFT_MAX_DOCUMENT_LENGTH: whole(1, 50_000_000).default(5_000_000),
  WEFT_MAX_MESSAGE_BYTES: whole(1024, 64 * 1024 * 1024).default(1024 * 1024),
  WEFT_MAX_OPERATIONS: whole(1, 100_000).default(1000),
  WEFT_MAX_CARET_STEPS: whole(1, 100_000_000).default(20_000),
  WEFT_MAX_LATE_SUBMISSIONS: whole(1, 10_000).default(64),
  WEFT_MAX_JSON_DEPTH: whole(8, 1000).default(16),
  WEFT_MAX_FRAGMENTS: whole(1, 16_384).default(256),
  WEFT_MAX_BUFFERED_CHUNKS: whole(64, 262_144).default(4096),
  WEFT_MAX_SESSIONS: whole(1, 1_000_000).default(10_000),
  WEFT_MAX_SESSIONS_PER_DOCUMENT: whole(1, 1_000_000).default(2000),
  WEFT_MAX_SESSIONS_PER_USER: whole(1, 1_000_000).default(200),
  WEFT_MAX_CONNECTIONS_PER_ADDRESS: whole(1, 1_000_000).default(1000),
  WEFT_MAX_BODY_BYTES: whole(65_536, 1024 * 1024 * 1024 * 1024).default(64 * 1024 * 1024),
  WEFT_MAX_BODY_BYTES_PER_ADDRESS: whole(65_536, 1024 * 1024 * 1024 * 1024).default(32 * 1024 * 1024),
  WEFT_MAX_CONNECTIONS: whole(1, 1_000_000).default(20_000),
  WEFT_MAX_HTTP_READERS: whole(1, 1_000_000).default(4000),
  WEFT_MAX_HTTP_READERS_PER_ADDRESS: whole(1, 1_000_000).default(1000),
  WEFT_MAX_PIPELINED_REQUESTS: whole(1, 1000).default(8),
  WEFT_MIN_READ_BYTES_PER_SECOND: whole(0, 1024 ** 3).default(16_384),
  WEFT_MAX_WAITING_BYTES: whole(65_536, 1024 ** 4).default(128 * 1024 * 1024),
  WEFT_MAX_WAITING_BYTES_PER_ADDRESS: whole(65_536, 1024 ** 4).default(64 * 1024 * 1024),
  WEFT_MAX_ROOMS: whole(1, 1_000_000).default(10_000),
  WEFT_MAX_ROOM_BYTES: whole(1024, 1024 * 1024 * 1024 * 1024).default(512 * 1024 * 1024),
  WEFT_PREJOIN_MESSAGES: whole(1, 10_000).default(64),
  WEFT_PREJOIN_BYTES: whole(1024, 64 * 1024 * 1024).default(2 * 1024 * 1024),
  WEFT_MESSAGES_PER_SECOND: whole(1, 1_000_000).default(1000),
  WEFT_SUBMISSIONS_PER_SECOND: whole(1, 1_000_000).default(500),
  WEFT_OPERATIONS_PER_SECOND: whole(1, 1_000_000_000).default(20_000),
  WEFT_HISTORY_READS_PER_SECOND: whole(1, 1_000_000).default(20),
  WEFT_DOCUMENTS_PER_MINUTE: whole(1, 1_000_000).default(600),
  WEFT_GUESTS_PER_MINUTE: whole(1, 1_000_000).default(600),
  WEFT_WRITTEN_BYTES_PER_MINUTE: whole(1024, 1024 ** 4).default(64 * 1024 * 1024),
  WEFT_NETWORK_BYTES_PER_DAY: whole(1024, 1024 ** 5).default(4 * 1024 ** 3),
  WEFT_MAX_STORE_BYTES: whole(1024 * 1024, 1024 ** 5).default(100 * 1024 ** 3),
  WEFT_PRESENCE_PER_SECOND: whole(1, 1_000_000).default(20),
  WEFT_RATE_STRIKES: whole(1, 1_000_000).default(100),
  WEFT_MAX_MEMBERS: whole(1, 100_000).default(1000),
  WEFT_MAX_SHARE_LINKS: whole(0, 10_000).default(100),
  WEFT_PASSWORD_FAILURES: whole(1, 100_000).default(10),
  WEFT_PASSWORDS_PER_MINUTE: whole(1, 100_000).default(60),
  WEFT_PASSWORD_QUEUE: whole(1, 100_000).default(256),
  WEFT_OUTBOX_BYTES: whole(1024, 1024 * 1024 * 1024).default(1024 * 1024),
  WEFT_OUTBOX_TIMEOUT_MS: whole(100, 600_000).default(15_000),
  WEFT_JOIN_TIMEOUT_MS: whole(100, 600_000).default(5000),
  WEFT_HEARTBEAT_INTERVAL_MS: whole(100, 600_000).default(15_000),
  WEFT_HEARTBEAT_TIMEOUT_MS: whole(100, 3_600_000).default(45_000),
  WEFT_ROOM_IDLE_MS: whole(0, 86_400_000).default(60_000),
  WEFT_UNAVAILABLE_AFTER_MS: whole(0, 600_000).default(5000),
  WEFT_HEADERS_TIMEOUT_MS: whole(100, 600_000).default(10_000),
  WEFT_COMPACT_INTERVAL_MS: whole(0, 86_400_000).default(60_000),
  WEFT_COMPACT_KEEP: whole(0, 1_000_000_000).default(2000),
  WEFT_COMPACT_IDLE_MS: whole(0, 31_536_000_000).default(3_600_000),
  WEFT_REQUEST_TIMEOUT_MS: whole(1000, 3_600_000).default(120_000),
  WEFT_SHUTDOWN_TIMEOUT_MS: whole(100, 600_000).default(10_000),
});

/** What may be written. */
export interface WriteLimits extends WriteRateLimits {
  /** Bytes of the database. */
  readonly storeBytes: number;
}

/** What the readers of HTTP may take. */
export interface HttpLimits extends ReadingLimits {
  /** Open at once, those of document sockets among them. */
  readonly connections: number;
  /** Connections that wait for answers, in all and from one network. */
  readonly readers: number;
  readonly networkReaders: number;
  /** Requests of one connection that wait for their answers. */
  readonly pipelined: number;
}

/** What sharing may take. */
export interface AccessLimits extends PasswordQueueLimits {
  /** Of one document. */
  readonly members: number;
  /** Of one document. */
  readonly links: number;
  /** Wrong passwords per minute, from one address and for one link. */
  readonly passwordFailures: number;
}

type Settings = z.infer<typeof settingsSchema>;
export type SettingName = keyof Settings;

/** What the server was told, frozen. Lengths are UTF-16 units, sizes bytes, times milliseconds. */
export type Config = ReturnType<typeof configFromSettings>;

/** The environment does not make a configuration; the message says what to mend, one line per setting. */
export class ConfigError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ConfigError';
  }
}

/** Reads the environment. An empty variable counts as absent. Throws ConfigError. */
export function parseConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.entries(environment).filter(([, value]) => value !== undefined && value !== '');
  const result = settingsSchema.safeParse(Object.fromEntries(given));
  if (!result.success) {
    const lines = result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
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

/** Names in the environment that look like settings but are none, so that a misspelling is noticed. */
export function unknownSettings(environment: Readonly<Record<string, string | undefined>>): string[] {
  return Object.keys(environment).filter((name) => name.startsWith('WEFT_') && !(name in settingsSchema.shape));
}

function configFromSettings(settings: Settings) {
  return Object.freeze({
    /** 0 takes any free port. */
    port: settings.PORT,
    host: settings.HOST,
    dataFolder: settings.WEFT_DATA,
    /** Absent where it is kept in the data folder. */
    secret: settings.WEFT_SECRET,
    logLevel: settings.WEFT_LOG_LEVEL,
    /** Believe X-Forwarded-* headers. */
    trustProxy: settings.WEFT_TRUST_PROXY,
    /** Whether somebody without a token is let in. */
    guests: settings.WEFT_GUESTS,
    /** Origins whose pages may show documents in a frame. Their requests with a cookie of ours are foreign all the same. */
    origins: Object.freeze(settings.WEFT_ORIGINS),
    tokens: Object.freeze({
      /** Of HS256; the host application has it too. */
      secret: settings.WEFT_JWT_SECRET,
      /** JWKS; at most one of the two is set. */
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
    writes: Object.freeze<WriteLimits>({
      documentsPerMinute: settings.WEFT_DOCUMENTS_PER_MINUTE,
      guestsPerMinute: settings.WEFT_GUESTS_PER_MINUTE,
      bytesPerMinute: settings.WEFT_WRITTEN_BYTES_PER_MINUTE,
      networkBytesPerDay: settings.WEFT_NETWORK_BYTES_PER_DAY,
      storeBytes: settings.WEFT_MAX_STORE_BYTES,
    }),
    /** WebSocket frames that one message may be cut into. */
    fragments: settings.WEFT_MAX_FRAGMENTS,
    /** Pieces, as the network delivers them, of a frame that is not whole yet. */
    bufferedChunks: settings.WEFT_MAX_BUFFERED_CHUNKS,
    /** Bytes of large HTTP bodies that are under way, in all and from one address. */
    bodyBytes: settings.WEFT_MAX_BODY_BYTES,
    addressBodyBytes: settings.WEFT_MAX_BODY_BYTES_PER_ADDRESS,
    http: Object.freeze<HttpLimits>({
      connections: settings.WEFT_MAX_CONNECTIONS,
      readers: settings.WEFT_MAX_HTTP_READERS,
      networkReaders: settings.WEFT_MAX_HTTP_READERS_PER_ADDRESS,
      pipelined: settings.WEFT_MAX_PIPELINED_REQUESTS,
      patience: settings.WEFT_OUTBOX_TIMEOUT_MS,
      bytesPerSecond: settings.WEFT_MIN_READ_BYTES_PER_SECOND,
    }),
    waiting: Object.freeze<WaitingLimits>({
      waitingBytes: settings.WEFT_MAX_WAITING_BYTES,
      networkWaitingBytes: settings.WEFT_MAX_WAITING_BYTES_PER_ADDRESS,
    }),
    access: Object.freeze<AccessLimits>({
      members: settings.WEFT_MAX_MEMBERS,
      links: settings.WEFT_MAX_SHARE_LINKS,
      passwordFailures: settings.WEFT_PASSWORD_FAILURES,
      passwordsPerMinute: settings.WEFT_PASSWORDS_PER_MINUTE,
      passwordQueue: settings.WEFT_PASSWORD_QUEUE,
    }),
    /** For the head of an HTTP request to arrive. */
    headersTimeout: settings.WEFT_HEADERS_TIMEOUT_MS,
    /** Cold history; an interval of 0 leaves it to `weft compact`. */
    compaction: Object.freeze({
      interval: settings.WEFT_COMPACT_INTERVAL_MS,
      keep: settings.WEFT_COMPACT_KEEP,
      idleAfter: settings.WEFT_COMPACT_IDLE_MS,
    }),
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
      outboxBytes: settings.WEFT_OUTBOX_BYTES,
      outboxTimeout: settings.WEFT_OUTBOX_TIMEOUT_MS,
      roomIdle: settings.WEFT_ROOM_IDLE_MS,
      unavailableAfter: settings.WEFT_UNAVAILABLE_AFTER_MS,
      tokenWarning: settings.WEFT_TOKEN_WARNING_MS,
      tokenGrace: settings.WEFT_TOKEN_GRACE_MS,
    }),
  });
}

/** What signs is at least as long as the hash that it is used with: 256 bits. */
function secret() {
  return z.string().refine((value) => Buffer.byteLength(value) >= 32, 'must be at least 32 bytes long');
}

/** Keys that somebody on the way could exchange prove nothing. */
function isSafeAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname));
}

/** An origin as browsers spell it: in lower case, without the default port and the slash that people copy along. */
function originOf(given: string): string | undefined {
  const isOrigin = /^https?:\/\/([\p{L}\p{N}_.-]+|\[[\da-f:.]+\])(:\d+)?\/?$/iu.test(given) && URL.canParse(given);
  return isOrigin ? new URL(given).origin : undefined;
}

function whole(minimum: number, maximum: number) {
  const message = `must be a whole number from ${minimum} to ${maximum}`;
  return z
    .string()
    .regex(/^\d+$/, message)
    .transform(Number)
    .pipe(z.number().min(minimum, message).max(maximum, message));
}
