import { editFromParts } from '../text/edit.ts';
import { operationsFromEdit, type Operation } from '../text/operation.ts';
import { NONCE_MAX, RANGES_MAX } from './bounds.ts';
import {
  boolean,
  integer,
  list,
  Mismatch,
  nullable,
  number,
  object,
  oneOf,
  optional,
  position,
  text,
  textUpTo,
  union,
  type Decoder,
} from './decoders.ts';
import type { DocumentSync, Missed, SentSync, Update } from './document-messages.ts';
import type { ErrorCode } from './errors.ts';
import { ProtocolError } from './frame.ts';
import type { SentMessage, ServerMessage } from './messages.ts';
import { ROLES } from './roles.ts';

/*
 * Decoders by hand for what the server sends, because browsers do not load the schemas. They take exactly what `serverMessageSchema`
 * takes; a property test compares them.
 */

const operation: Decoder<Operation> = (value) => {
  switch (object({ type: text })(value).type) {
    case 'insert':
      return object({ type: oneOf('insert'), position, text })(value);
    case 'delete':
      return object({ type: oneOf('delete'), from: position, to: position })(value);
    default:
      return object({ type: oneOf('replace'), from: position, to: position, text })(value);
  }
};
const role = oneOf(...ROLES);
const user = object({ id: text, name: text, color: text });
const ranges = list(object({ anchor: position, head: position }), { max: RANGES_MAX });
const collaborator = object({
  sessionId: text,
  user,
  role,
  state: oneOf('active', 'idle', 'away'),
  cursor: nullable(object({ version: position, ranges })),
});
const update = {
  version: position,
  timestamp: position,
  operations: list(operation),
  userId: text,
  sessionId: text,
  seq: optional(position),
};
const author: Decoder<[string, string]> = (value) => list(text, { min: 2, max: 2 })(value) as [string, string];
const missed = object({
  timestamp: position,
  authors: list(author),
  changes: list(list(union(integer, text), { min: 2 })),
});
const joined = {
  documentId: text,
  version: position,
  timestamp: position,
  seq: position,
  title: text,
  isNamed: optional(boolean),
  session: object({ id: text, user, role }),
  connectionId: optional(text),
  collaborators: list(collaborator),
  count: integer,
  limits: object({ messageBytes: integer, operations: integer, documentLength: integer }),
  heartbeatInterval: integer,
  answered: optional(position),
};
const nonce = union(textUpTo(NONCE_MAX), number);

const DECODERS: { readonly [T in SentMessage['type']]: Decoder<Omit<Extract<SentMessage, { type: T }>, 'type'>> } = {
  'document-init': object({ ...joined, content: text, reason: oneOf('new', 'behind', 'fork') }),
  'document-sync': object({ ...joined, updates: optional(list(object(update))), missed: optional(missed) }),
  'document-update': object({ documentId: text, ...update }),
  ack: object({ seq: position, version: position, timestamp: position, operations: optional(list(operation)) }),
  'collaborators-update': object({
    documentId: text,
    joined: list(collaborator),
    left: list(text),
    changed: list(collaborator),
    count: integer,
  }),
  'cursor-update': object({ sessionId: text, version: position, ranges: nullable(ranges) }),
  'role-update': object({ role }),
  'token-expiring': object({ expiresAt: position }),
  authenticated: object({ expiresAt: position }),
  'document-meta': object({ title: text, isNamed: optional(boolean) }),
  error: object({
    code: text as Decoder<ErrorCode>,
    message: text,
    seq: optional(position),
    retryable: boolean,
    retryAfter: optional(integer),
  }),
  pong: object({ nonce: optional(nonce), timestamp: position }),
};

/** A message from the server, typed; undefined for a kind that this client does not know. Throws ProtocolError `bad_message`. */
export function parseServerMessage(value: unknown): ServerMessage | undefined {
  const message = decodeServerMessage(value);
  return message?.type === 'document-sync' ? withUpdates(message) : message;
}

/** As `serverMessageSchema`; undefined for an unknown kind. Throws ProtocolError `bad_message`. */
export function decodeServerMessage(value: unknown): SentMessage | undefined {
  const type = typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined;
  if (type !== undefined && !(typeof type === 'string' && Object.hasOwn(DECODERS, type))) return undefined;
  try {
    const known = oneOf(...(Object.keys(DECODERS) as SentMessage['type'][]))(type);
    return { type: known, ...DECODERS[known](value) } as SentMessage;
  } catch (error) {
    if (!(error instanceof Mismatch)) throw error;
    throw new ProtocolError('bad_message', `The server said something that is not in the protocol: ${String(type)}`);
  }
}

/** Turns the short form of what was missed into updates. */
function withUpdates({ updates, missed, ...answer }: SentSync): DocumentSync {
  if (updates !== undefined) return { ...answer, updates };
  if (missed === undefined) throw new ProtocolError('bad_message', 'updates: what was missed is missing');
  try {
    return { ...answer, updates: updatesFromMissed(missed, answer) };
  } catch (error) {
    throw new ProtocolError('bad_message', error instanceof Error ? error.message : String(error));
  }
}

/** The fields of the surrounding join answer that give the changes their numbers. */
interface Answer {
  /** The version after the last missed change. */
  readonly version: number;
  /** The last committed seq of the client. */
  readonly seq: number;
  readonly session: { readonly id: string };
}

/** The missed changes as updates. Throws RangeError if they are not what J10 says. */
function updatesFromMissed({ timestamp, authors, changes }: Missed, { version, seq, session }: Answer): Update[] {
  const updates: Update[] = [];
  let time = timestamp;
  for (const [index, [author, later, ...parts]] of changes.entries()) {
    const names = typeof author === 'number' ? authors[author] : undefined;
    if (names === undefined || typeof later !== 'number')
      throw new RangeError('A missed change without author or time');
    time += later;
    const [userId, sessionId] = names;
    const operations = operationsFromEdit(editFromParts(parts));
    updates.push({ version: version - changes.length + 1 + index, timestamp: time, operations, userId, sessionId });
  }
  return markOwn(updates, session.id, seq);
}

/** Adds the seqs of the client's own changes: they are consecutive, and the last one is the last committed. */
function markOwn(updates: readonly Update[], sessionId: string, lastSeq: number): Update[] {
  let seq = lastSeq + 1 - updates.filter((update) => update.sessionId === sessionId).length;
  return updates.map((update) => (update.sessionId === sessionId ? { ...update, seq: seq++ } : update));
}
