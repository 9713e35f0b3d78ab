/** The text and its changes. */
import * as z from 'zod/mini';
import { position, roleSchema, seq, timestamp, userSchema, version } from './fields.ts';
import { collaboratorSchema } from './presence-messages.ts';

/** One operation; its text is judged by `editFromOperations`. */
export const operationSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('insert'), position, text: z.string() }),
  z.object({ type: z.literal('delete'), from: position, to: position }),
  z.object({ type: z.literal('replace'), from: position, to: position, text: z.string() }),
]);

/** What a client must respect: bytes of one message, operations of one submission, UTF-16 units of the document. */
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

// Client to server.

/** The operations are checked one by one afterwards, because what is wrong inside them has its own code. */
export const submitSchema = z.object({
  type: z.literal('submit'),
  seq: z.int().check(z.positive()),
  version,
  operations: z.array(z.unknown()),
});
export type SubmitMessage = z.infer<typeof submitSchema>;

// Server to client.

/** What both answers to a join say. */
const joined = {
  documentId: z.string(),
  version,
  timestamp,
  /** The last committed seq of this client; 0 if it has committed none. */
  seq,
  title: z.string(),
  /** Whether somebody named the document; until then its title is what its text begins with. */
  isNamed: z.optional(z.boolean()),
  session: z.object({ id: z.string(), user: userSchema, role: roleSchema }),
  /** The public id of this connection, to be quoted to the people who run the server. */
  connectionId: z.optional(z.string()),
  collaborators: z.array(collaboratorSchema),
  count: z.int(),
  limits: limitsSchema,
  /** Milliseconds between the server's WebSocket pings. */
  heartbeatInterval: z.int(),
  /** The version that the unanswered submission became, if it was committed. */
  answered: z.optional(version),
};

export const documentInitSchema = z.object({
  type: z.literal('document-init'),
  ...joined,
  content: z.string(),
  reason: z.enum(['new', 'behind', 'fork']),
});
export type DocumentInit = z.infer<typeof documentInitSchema>;

export const documentSyncSchema = z.object({
  type: z.literal('document-sync'),
  ...joined,
  updates: z.optional(z.array(updateSchema)),
  missed: z.optional(missedSchema),
});
/** As it travels: with `updates`, or with `missed` if the client takes that. */
export type SentSync = z.infer<typeof documentSyncSchema>;
/** The answer with what was missed, in whichever form it came. */
export type DocumentSync = Omit<SentSync, 'updates' | 'missed'> & { readonly updates: Update[] };

export const documentUpdateSchema = z.object({
  type: z.literal('document-update'),
  documentId: z.string(),
  ...updateSchema.shape,
});

export const ackSchema = z.object({
  type: z.literal('ack'),
  seq,
  version,
  timestamp,
  operations: z.optional(z.array(operationSchema)),
});

export const documentMetaSchema = z.object({
  type: z.literal('document-meta'),
  title: z.string(),
  isNamed: z.optional(z.boolean()),
});
