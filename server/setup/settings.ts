import { z } from 'zod';
import { originOf, type Origins } from '../access/origins.ts';
import { ROUTES } from '../access/permissions.ts';

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
  WEFT_ORIGINS: origins().optional(),
  WEFT_BASE_PATH: z
    .string()
    .default('')
    .transform((given, context) => {
      const path = given.replace(/\/$/, '');
      const problem = basePathProblem(path);
      if (problem !== undefined) context.addIssue(problem);
      return path;
    }),
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
  WEFT_SEARCHES_PER_SECOND: whole(1, 1_000_000).default(20),
  WEFT_DOCUMENTS_PER_MINUTE: whole(1, 1_000_000).default(600),
  WEFT_GUESTS_PER_MINUTE: whole(1, 1_000_000).default(600),
  WEFT_WRITTEN_BYTES_PER_MINUTE: whole(1024, 1024 ** 4).default(64 * 1024 * 1024),
  WEFT_NETWORK_BYTES_PER_DAY: whole(1024, 1024 ** 5).default(4 * 1024 ** 3),
  WEFT_MAX_STORE_BYTES: whole(1024 * 1024, 1024 ** 5).default(100 * 1024 ** 3),
  WEFT_PRESENCE_PER_SECOND: whole(1, 1_000_000).default(20),
  WEFT_RATE_STRIKES: whole(1, 1_000_000).default(100),
  WEFT_MAX_MEMBERS: whole(1, 100_000).default(1000),
  WEFT_MAX_SHARE_LINKS: whole(0, 10_000).default(100),
  WEFT_MAX_EMBED_ORIGINS: whole(0, 1000).default(20),
  WEFT_PASSWORD_FAILURES: whole(1, 100_000).default(10),
  WEFT_PASSWORDS_PER_MINUTE: whole(1, 100_000).default(60),
  WEFT_PASSWORD_QUEUE: whole(1, 100_000).default(256),
  WEFT_SEND_BUFFER_BYTES: whole(1024, 1024 * 1024 * 1024).default(1024 * 1024),
  WEFT_SEND_BUFFER_TIMEOUT_MS: whole(100, 600_000).default(15_000),
  WEFT_JOIN_TIMEOUT_MS: whole(100, 600_000).default(5000),
  WEFT_HEARTBEAT_INTERVAL_MS: whole(100, 600_000).default(15_000),
  WEFT_HEARTBEAT_TIMEOUT_MS: whole(100, 3_600_000).default(45_000),
  WEFT_ROOM_IDLE_MS: whole(0, 86_400_000).default(60_000),
  WEFT_UNAVAILABLE_AFTER_MS: whole(0, 600_000).default(5000),
  WEFT_HEADERS_TIMEOUT_MS: whole(100, 600_000).default(10_000),
  WEFT_COMPACT_INTERVAL_MS: whole(0, 86_400_000).default(60_000),
  WEFT_COMPACT_KEEP: whole(0, 1_000_000_000).default(2000),
  WEFT_COMPACT_IDLE_MS: whole(0, 31_536_000_000).default(3_600_000),
  WEFT_INDEX_DELAY_MS: whole(0, 3_600_000).default(1500),
  WEFT_MAX_INDEXED_LENGTH: whole(0, 15_000_000).default(1_000_000),
  WEFT_REQUEST_TIMEOUT_MS: whole(1000, 3_600_000).default(120_000),
  WEFT_SHUTDOWN_TIMEOUT_MS: whole(100, 600_000).default(10_000),
});

export type Settings = z.infer<typeof settingsSchema>;
export type SettingName = keyof Settings;

/** Former names of settings, and their present names. They work for one version; docs/configuration.md lists them too. */
export const RENAMED_SETTINGS: ReadonlyMap<string, SettingName> = new Map<string, SettingName>([
  ['WEFT_OUTBOX_BYTES', 'WEFT_SEND_BUFFER_BYTES'],
  ['WEFT_OUTBOX_TIMEOUT_MS', 'WEFT_SEND_BUFFER_TIMEOUT_MS'],
]);

type Environment = Readonly<Record<string, string | undefined>>;

/** Names in the environment that look like settings but are none, so that a misspelling is noticed. */
export function unknownSettings(environment: Environment): string[] {
  return Object.keys(environment).filter(
    (name) => name.startsWith('WEFT_') && !(name in settingsSchema.shape) && !RENAMED_SETTINGS.has(name),
  );
}

/** The former names that the environment uses, so that they can be replaced in time. An empty variable counts as absent. */
export function formerSettings(environment: Environment): { readonly name: string; readonly now: SettingName }[] {
  return [...RENAMED_SETTINGS].flatMap(([name, now]) => (environment[name] ? [{ name, now }] : []));
}

/** A signing secret is at least as long as the hash that it is used with: 256 bits. */
function secret() {
  return z.string().refine((value) => Buffer.byteLength(value) >= 32, 'must be at least 32 bytes long');
}

/** Keys that somebody on the network could replace prove nothing. */
function isSafeAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname));
}

/** `*`, or a list of origins with commas or spaces between. */
function origins() {
  return z.string().transform((list, context): Origins => {
    if (list.trim() === '*') return 'any';
    const all = list.split(/[\s,]+/).filter((given) => given !== '');
    return all.map((given) => {
      const origin = originOf(given);
      if (origin === undefined)
        context.addIssue(`must be * or list origins like https://app.example, without a path; ${given} is none`);
      return origin ?? given;
    });
  });
}

/** What is wrong with a base path. */
function basePathProblem(path: string): string | undefined {
  if (path === '') return undefined;
  // No browser or proxy writes these characters in another way.
  if (!/^(?:\/(?!\.{1,2}(?:\/|$))[\w.~-]+)+$/.test(path))
    return 'must be a path like /weft, of letters, digits and . _ ~ -, without .. and without a query';
  // Behind a proxy that takes the base path off, it could not be told from the beginning of a path of ours.
  const isTaken = [...Object.keys(ROUTES), 'GET /assets'].some((route) => firstOf(route) === firstOf(path));
  return isTaken ? `must not begin with ${firstOf(path)}, which is a path of Weft itself` : undefined;
}

/** The first segment of a path, with the slash before it. */
function firstOf(path: string): string {
  return `/${path.split('/')[1] ?? ''}`;
}

function whole(minimum: number, maximum: number) {
  const message = `must be a whole number from ${minimum} to ${maximum}`;
  return z
    .string()
    .regex(/^\d+$/, message)
    .transform(Number)
    .pipe(z.number().min(minimum, message).max(maximum, message));
}
