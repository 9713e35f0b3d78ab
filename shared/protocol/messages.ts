/**
 * The messages of the document socket (docs/protocol.md, section 4). Unknown fields are dropped, so that both ends may grow. The
 * browser reads with server-messages.ts, which is held to these schemas by a test.
 */
import * as z from 'zod/mini';
import type { ErrorCode } from './errors.ts';

const version = z.int().check(z.nonnegative());
const position = z.int().check(z.nonnegative());
const timestamp = z.int().check(z.nonnegative());
const seq = z.int().check(z.nonnegative());

/** One operation; its text is judged by `editFromOperations`. */
export const operationSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('insert'), position, text: z.string() }),
  z.object({ type: z.literal('delete'), from: position, to: position }),
  z.object({ type: z.literal('replace'), from: position, to: position, text: z.string() }),
]);

/** Letters, digits, `_` and `-`; what `POST /api/documents` hands out is 16 of them. */
export const documentIdSchema = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/));
/** A random secret: 22 or more base64url characters are 128 bits. */
export const clientIdSchema = z.string().check(z.regex(/^[A-Za-z0-9_-]{22,128}$/));
/** What people call themselves: 1 to 64 characters (128 UTF-16 units at most), no control characters. */
export const userNameSchema = z
  .string()
  .check(z.maxLength(128, { abort: true }), z.regex(/^[^\p{Cc}\p{Cs}\u2028\u2029]{1,64}$/u), z.regex(/[^\s\p{Cf}]/u));
/** `#rrggbb`. */
export const colorSchema = z.string().check(z.regex(/^#[0-9a-f]{6}$/));

export const roleSchema = z.enum(['owner', 'editor', 'commenter', 'viewer']);
export type Role = z.infer<typeof roleSchema>;
export const presenceStateSchema = z.enum(['active', 'idle', 'away']);
export type PresenceState = z.infer<typeof presenceStateSchema>;

/** Anchor and head of a caret or selection in UTF-16 units. */
const selectionRangeSchema = z.object({ anchor: position, head: position });
/** Where somebody is in the text at `version`. */
export const cursorSchema = z.object({ version, ranges: z.array(selectionRangeSchema).check(z.maxLength(64)) });
export type Cursor = z.infer<typeof cursorSchema>;

export const userSchema = z.object({ id: z.string(), name: z.string(), color: z.string() });
export type User = z.infer<typeof userSchema>;

/** A user present in a room. */
export const collaboratorSchema = z.object({
  sessionId: z.string(),
  user: userSchema,
  role: roleSchema,
  state: presenceStateSchema,
  cursor: z.nullable(cursorSchema),
});
export type Collaborator = z.infer<typeof collaboratorSchema>;

/** A submission that was sent and not answered: the clientId it was sent by, and the seq it had. */
export const unansweredSchema = z.object({ clientId: clientIdSchema, seq: z.int().check(z.positive()) });
export type Unanswered = z.infer<typeof unansweredSchema>;

/** What a share link is known by, and its password where it has one. */
export const redeemLinkSchema = z.object({
  secret: z.string().check(z.regex(/^[A-Za-z0-9_-]{22,128}$/)),
  password: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
});
export type RedeemLink = z.infer<typeof redeemLinkSchema>;

// Client to server.

export const joinSchema = z.object({
  type: z.literal('join'),
  clientId: clientIdSchema,
  version: z.optional(version),
  timestamp: z.optional(timestamp),
  /** The client takes missed changes in the short form (`missed`). */
  compact: z.optional(z.boolean()),
  token: z.optional(z.string()),
  name: z.optional(userNameSchema),
  color: z.optional(colorSchema),
  /** A share link by which they come, for clients without cookies. */
  link: z.optional(redeemLinkSchema),
  /** The submission in flight, under each clientId that it was sent by: what became of it? */
  unanswered: z.optional(z.array(unansweredSchema).check(z.maxLength(16))),
});
/** The operations are checked one by one afterwards, because what is wrong inside them has its own code. */
export const submitSchema = z.object({
  type: z.literal('submit'),
  seq: z.int().check(z.positive()),
  version,
  operations: z.array(z.unknown()),
});
const nonce = z.union([z.string().check(z.maxLength(128)), z.number()]);

export const clientMessageSchema = z.discriminatedUnion('type', [
  joinSchema,
  submitSchema,
  z.object({
    type: z.literal('cursor'),
    version: z.optional(version),
    ranges: z.nullable(z.array(selectionRangeSchema).check(z.maxLength(64))),
  }),
  z.object({ type: z.literal('presence'), state: presenceStateSchema }),
  z.object({ type: z.literal('authenticate'), token: z.string() }),
  z.object({ type: z.literal('ping'), nonce: z.optional(nonce) }),
  z.object({ type: z.literal('leave') }),
]);
export type ClientMessage = z.infer<typeof clientMessageSchema>;
export type JoinMessage = z.infer<typeof joinSchema>;
export type SubmitMessage = z.infer<typeof submitSchema>;
export type CursorMessage = Extract<ClientMessage, { type: 'cursor' }>;

// Server to client.

/** What a client must respect; bytes of one message, operations of one submission, UTF-16 units of the document. */
export const limitsSchema = z.object({ messageBytes: z.int(), operations: z.int(), documentLength: z.int() });
export type Limits = z.infer<typeof limitsSchema>;

/** A change as it travels in `document-sync`; `seq` marks the client's own. */
export const updateSchema = z.object({
  version,
  timestamp,
  operations: z.array(operationSchema),
  userId: z.string(),
  sessionId: z.string(),
  seq: z.optional(seq),
});
export type Update = z.infer<typeof updateSchema>;

/**
 * Missed changes in the short form (docs/protocol.md, J10). An entry is an index into `authors`, the milliseconds since the change
 * before it (for the first: since `timestamp`), and the parts of its edit.
 */
export const missedSchema = z.object({
  timestamp,
  /** User and session. */
  authors: z.array(z.tuple([z.string(), z.string()])),
  changes: z.array(z.array(z.union([z.int(), z.string()])).check(z.minLength(2))),
});
export type Missed = z.infer<typeof missedSchema>;

const joined = {
  documentId: z.string(),
  version,
  timestamp,
  /** The last committed seq of this client; 0 where it has committed none. */
  seq,
  title: z.string(),
  session: z.object({ id: z.string(), user: userSchema, role: roleSchema }),
  /** The public name of this connection, to be quoted to whoever runs the server. */
  connectionId: z.optional(z.string()),
  collaborators: z.array(collaboratorSchema),
  count: z.int(),
  limits: limitsSchema,
  /** Milliseconds between the server's WebSocket pings. */
  heartbeatInterval: z.int(),
  /** The version that the unanswered submission became, where it was committed. */
  answered: z.optional(version),
};

export const serverMessageSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('document-init'),
    ...joined,
    content: z.string(),
    reason: z.enum(['new', 'behind', 'fork']),
  }),
  z.object({
    type: z.literal('document-sync'),
    ...joined,
    updates: z.optional(z.array(updateSchema)),
    missed: z.optional(missedSchema),
  }),
  z.object({ type: z.literal('document-update'), documentId: z.string(), ...updateSchema.shape }),
  z.object({ type: z.literal('ack'), seq, version, timestamp, operations: z.optional(z.array(operationSchema)) }),
  z.object({
    type: z.literal('collaborators-update'),
    documentId: z.string(),
    joined: z.array(collaboratorSchema),
    left: z.array(z.string()),
    changed: z.array(collaboratorSchema),
    count: z.int(),
  }),
  z.object({
    type: z.literal('cursor-update'),
    sessionId: z.string(),
    version,
    ranges: z.nullable(cursorSchema.shape.ranges),
  }),
  z.object({ type: z.literal('role-update'), role: roleSchema }),
  z.object({ type: z.literal('token-expiring'), expiresAt: timestamp }),
  z.object({ type: z.literal('authenticated'), expiresAt: timestamp }),
  z.object({ type: z.literal('document-meta'), title: z.string() }),
  z.object({
    type: z.literal('error'),
    code: z.string() as unknown as z.ZodMiniType<ErrorCode, ErrorCode>,
    message: z.string(),
    seq: z.optional(seq),
    retryable: z.boolean(),
    retryAfter: z.optional(z.int()),
  }),
  z.object({ type: z.literal('pong'), nonce: z.optional(nonce), timestamp }),
]);
/** As it travels. */
export type SentMessage = z.infer<typeof serverMessageSchema>;
/** As it travels: with `updates`, or with `missed` where the client takes that. */
export type SentSync = Extract<SentMessage, { type: 'document-sync' }>;
/** The answer with what was missed, in whichever form it came. */
export type DocumentSync = Omit<SentSync, 'updates' | 'missed'> & { readonly updates: Update[] };
export type ServerMessage = Exclude<SentMessage, { type: 'document-sync' }> | DocumentSync;
export type DocumentInit = Extract<ServerMessage, { type: 'document-init' }>;
