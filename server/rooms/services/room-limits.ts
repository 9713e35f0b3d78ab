/** What one session may send. Settings, per second unless the comment says otherwise. */
export interface SessionRateLimits {
  /** Messages of all kinds but presence. */
  readonly messagesPerSecond: number;
  readonly submissionsPerSecond: number;
  /** Operations of submissions; after more, the socket is not read for a while. */
  readonly operationsPerSecond: number;
  /** Cursor and presence messages; of more, only the newest is carried out. */
  readonly presencePerSecond: number;
  /** Refusals with `rate_limited` within ten seconds that end a session. */
  readonly rateStrikes: number;
}

/** What may wait for one reader. Settings. */
export interface SendBufferLimits {
  /** Bytes that may wait for a slow reader. */
  readonly sendBufferBytes: number;
  /** Milliseconds in which that many bytes must leave. */
  readonly sendBufferTimeout: number;
}

/** Memory of all rooms together. Settings. */
export interface MemoryLimits {
  readonly rooms: number;
  /** Bytes of their texts and recent changes. */
  readonly roomBytes: number;
}

/** Limits of rooms and sessions. Every field is a setting (docs/configuration.md); times are in milliseconds. */
export interface RoomLimits extends SessionRateLimits, SendBufferLimits, MemoryLimits {
  /** UTF-16 units of one document. */
  readonly documentLength: number;
  /** Bytes of one message. */
  readonly messageBytes: number;
  /** Operations of one submission. */
  readonly operations: number;
  /** Steps of carrying a cursor to the newest version: parts of changes, and ends of its ranges at each change. */
  readonly caretSteps: number;
  /** Live sessions of one document, and of one user on all of them. */
  readonly documentSessions: number;
  readonly userSessions: number;
  /** Submissions of one client that wait while one on an old version is rebased. */
  readonly lateSubmissions: number;
  /** How deep arrays and objects of a message may be nested. */
  readonly jsonDepth: number;
  /** From the upgrade to the answer to `join`. */
  readonly joinTimeout: number;
  /** Messages, and bytes of them, that may wait for the answer to `join`. */
  readonly preJoinMessages: number;
  readonly preJoinBytes: number;
  /** Between WebSocket pings. */
  readonly heartbeatInterval: number;
  /** Silence after which a peer is dropped. */
  readonly heartbeatTimeout: number;
  /** From the last use of a room to its eviction from memory. */
  readonly roomIdle: number;
  /** For the snapshots that a stopping server makes of the documents in memory. */
  readonly lastSnapshots: number;
  /** For what is queued when the server stops; what is left then is refused, and the clients keep it. */
  readonly lastCommits: number;
  /** From the first failed commit to the answer `unavailable`. */
  readonly unavailableAfter: number;
  /** From the warning of a token's expiry to the expiry. */
  readonly tokenWarning: number;
  /** From the expiry of a token to the end of its session. */
  readonly tokenGrace: number;
}

/** The most submissions of one commit; more would only delay the first of them. */
export const BATCH_SIZE = 256;
/**
 * The most parts of edits that planning one commit looks at, not counting its first submission. Each operation counts as
 * `OPERATION_WORK` parts.
 */
export const BATCH_WORK = 100_000;
export const OPERATION_WORK = 20;
/** Recent changes, and UTF-16 units of inserted text in them, that a room keeps in memory. */
export const WINDOW = { changes: 4096, units: 4_000_000 } as const;
/** Clients of a document that are kept in memory; others are read from the store. Must be more than one commit can have. */
export const CLIENTS_KNOWN = 10_000;
/** Changes read from the log at once. */
export const LOG_PAGE = 2000;
/** A client that missed more bytes than this, and more than the length of the text, gets the text instead. */
export const TAIL_BYTES = 512 * 1024;
/** Collaborators that are shown; the others are only counted. */
export const VISIBLE_COLLABORATORS = 64;
