/** What one session may say. Settings; figures are per second unless they say otherwise. */
export interface SessionRateLimits {
  /** Messages of all kinds but presence. */
  readonly messagesPerSecond: number;
  readonly submissionsPerSecond: number;
  /** Operations of submissions; more are taken later. */
  readonly operationsPerSecond: number;
  /** Cursor and presence messages that are carried out one by one; of more, only the newest is. */
  readonly presencePerSecond: number;
  /** Refusals with `rate_limited` within ten seconds that end a session. */
  readonly rateStrikes: number;
}

/** What may wait for one reader. Settings. */
export interface SendBufferLimits {
  /** Bytes that may wait for a slow reader. */
  readonly sendBufferBytes: number;
  /** For how many milliseconds as many bytes may wait. */
  readonly sendBufferTimeout: number;
}

/** What rooms may take together. Settings. */
export interface MemoryLimits {
  readonly rooms: number;
  /** Bytes of all texts and recent changes. */
  readonly roomBytes: number;
}

/** What rooms and sessions may take. Every field is a setting (docs/configuration.md); times are milliseconds. */
export interface RoomLimits extends SessionRateLimits, SendBufferLimits, MemoryLimits {
  /** UTF-16 units of one document. */
  readonly documentLength: number;
  /** Bytes of one message. */
  readonly messageBytes: number;
  /** Operations of one submission. */
  readonly operations: number;
  /** Steps in which a cursor is carried to the newest version: parts of changes, and ends of its ranges at each change. */
  readonly caretSteps: number;
  /** Live sessions of one document, and of one user on all of them. */
  readonly documentSessions: number;
  readonly userSessions: number;
  /** Submissions of one client that wait while one on an old version is carried to the newest. */
  readonly lateSubmissions: number;
  /** How deep arrays and objects of a message may stand in each other. */
  readonly jsonDepth: number;
  /** From the upgrade to a `join`. */
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
  /** For the snapshots that a stopping server makes of what is in memory. */
  readonly lastSnapshots: number;
  /** Milliseconds that a stopping server takes for what is queued; the rest of it is refused and stays with the clients. */
  readonly lastCommits: number;
  /** From the first failed commit to the answer `unavailable`. */
  readonly unavailableAfter: number;
  /** Before a token expires, its socket is warned. */
  readonly tokenWarning: number;
  /** After a token expired, it still counts. */
  readonly tokenGrace: number;
}

/** Submissions that one commit takes at most; more would only delay the first of them. */
export const BATCH_SIZE = 256;
/** AppDeps of edits that planning one commit looks at, but for its first submission; each operation counts as so many of them. */
export const BATCH_WORK = 100_000;
export const OPERATION_WORK = 20;
/** Changes and units of inserted text that a room keeps in memory. */
export const WINDOW = { changes: 4096, units: 4_000_000 } as const;
/** Clients of a document that are kept in memory; more than one commit can have. The others are read from the store. */
export const CLIENTS_KNOWN = 10_000;
/** Changes read from the log at once. */
export const LOG_PAGE = 2000;
/** A tail above this many bytes, and above the text itself, is answered by a snapshot. */
export const TAIL_BYTES = 512 * 1024;
/** Collaborators that are shown one by one; the others are counted. */
export const VISIBLE_COLLABORATORS = 64;
