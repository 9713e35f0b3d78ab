import type { ErrorCode } from '../../protocol/errors.ts';
import type { ClientMessage, ServerMessage } from '../../protocol/messages.ts';
import type { Collaborator } from '../../protocol/presence-messages.ts';
import type { Role } from '../../protocol/roles.ts';
import type { Unanswered } from '../../protocol/session-messages.ts';
import { parseClientMessage, parseOperations } from '../../protocol/decode-client-message.ts';
import { parseFrame } from '../../protocol/frame.ts';
import { accept, type ClientRecord, type Head } from '../../sync/authority.ts';
import type { Change } from '../../sync/change.ts';
import { ChunkedText } from '../../text/chunked-text.ts';
import { OperationError, operationsFromEdit } from '../../text/operation.ts';
import { caretSide, mapRange } from '../../text/position.ts';
import type { Clock, Transport } from '../transport/transport.ts';
import { MemoryLink } from './memory-link.ts';

interface Guest {
  readonly link: MemoryLink;
  readonly clientId: string;
  readonly entry: { sessionId: string; user: Collaborator['user']; role: Role; state: Collaborator['state'] };
  cursor: Collaborator['cursor'];
}

/**
 * A server in memory, for tests: the real `accept`, the real message shapes, and links whose every frame a test delivers,
 * delays or loses. Commits are durable at once; `refuseWith` and the links make the faults.
 */
export class MemoryServer {
  head: Head = { version: 0, timestamp: 0, text: ChunkedText.EMPTY };
  title = 'Untitled';
  limits = { messageBytes: 1_048_576, operations: 1000, documentLength: 5_000_000 };
  /** Submissions are refused with this code, as long as it is set. */
  refuseWith: ErrorCode | undefined;
  /** Joins are refused with this code, as long as it is set. */
  refuseJoinsWith: ErrorCode | undefined;
  /** Joins that missed more than this get a snapshot. */
  longestTail = 1000;
  role: Role = 'editor';
  readonly links: MemoryLink[] = [];
  readonly received: ClientMessage[] = [];
  changes: Change[] = [];
  readonly #clients = new Map<string, ClientRecord>();
  readonly #guests = new Map<MemoryLink, Guest>();
  readonly #clock: Clock;

  constructor(clock: Clock, text = '') {
    this.#clock = clock;
    if (text !== '') this.commit([text], 'author');
  }

  get text(): string {
    return this.head.text.toString();
  }

  get newestLink(): MemoryLink {
    return this.links.at(-1)!;
  }

  /** A way to this server for one user; a function says who that is at every connection. */
  transport(user: string | (() => string) = 'somebody'): Transport {
    return {
      connect: (handlers) => {
        const userId = typeof user === 'string' ? user : user();
        const link = new MemoryLink(handlers, {
          receive: (frame) => this.#receive(link, frame, userId),
          gone: () => this.#leave(link),
        });
        this.links.push(link);
        return link.connection;
      },
    };
  }

  /** Delivers everything that is under way, and what that causes. */
  settle(): void {
    while (this.links.some((link) => link.deliver())) {
      // Every round delivers one thing of every link.
    }
  }

  /** A change that no session of this test makes. */
  commit(edit: readonly (number | string)[], author: string): void {
    const { version } = this.head;
    const name = { version: version + 1, timestamp: this.#clock.now() };
    this.head = { ...name, text: this.head.text.apply(edit) };
    const change = {
      ...name,
      edit,
      clientId: author,
      seq: version + 1,
      userId: author,
      sessionId: `session-of-${author}`,
    };
    this.changes.push(change);
    this.#broadcast(change);
  }

  /** Goes back to an older version, as a restored backup does, and continues with another history. */
  restore(version: number): void {
    let text = ChunkedText.EMPTY;
    this.changes = this.changes.slice(0, version);
    this.#clients.clear();
    for (const change of this.changes) {
      text = text.apply(change.edit);
      this.#clients.set(change.clientId, { userId: change.userId, seq: change.seq, version: change.version });
    }
    this.head = { version, timestamp: this.changes.at(-1)?.timestamp ?? 0, text };
  }

  /** Sends a message to everybody. */
  tellAll(message: ServerMessage): void {
    for (const guest of this.#guests.values()) guest.link.push(JSON.stringify(message));
  }

  #receive(link: MemoryLink, frame: string, userId: string): void {
    for (const value of parseFrame(frame)) {
      const message = parseClientMessage(value);
      this.received.push(message);
      const guest = this.#guests.get(link);
      if (message.type === 'join') this.#join(link, message, userId);
      else if (message.type === 'ping') link.push(JSON.stringify({ type: 'pong', timestamp: this.#clock.now() }));
      else if (message.type === 'leave') link.close(1000);
      else if (guest !== undefined && message.type === 'submit') this.#take(guest, message);
      else if (guest !== undefined && message.type === 'cursor') this.#move(guest, message);
    }
  }

  #join(link: MemoryLink, join: ClientMessage & { type: 'join' }, userId: string): void {
    if (this.refuseJoinsWith !== undefined) return this.#error(link, this.refuseJoinsWith);
    const { clientId, version, timestamp, unanswered = [] } = join;
    const client = this.#clients.get(clientId);
    if (client !== undefined && client.userId !== userId) return this.#error(link, 'client_taken');
    for (const other of this.#guests.values()) if (other.clientId === clientId) other.link.close(4409);
    for (const former of unanswered) {
      if (former.clientId !== clientId) this.#dismiss(former.clientId);
    }
    const answered = this.#answerTo(unanswered);
    const user = { id: userId, name: join.name ?? userId, color: '#336699' };
    const entry = { sessionId: `session-of-${clientId}`, user, role: this.role, state: 'active' as const };
    const guest: Guest = { link, clientId, entry, cursor: null };
    this.#guests.set(link, guest);
    const known = version === 0 ? 0 : this.changes[(version ?? 0) - 1]?.timestamp;
    const isKnown = version !== undefined && version <= this.head.version && known === timestamp;
    const collaborators = [...this.#guests.values()].map((other) => this.#collaborator(other));
    const answer = {
      documentId: 'document',
      version: this.head.version,
      timestamp: this.head.timestamp,
      seq: client?.seq ?? 0,
      title: this.title,
      session: { id: entry.sessionId, user, role: this.role },
      collaborators,
      count: collaborators.length,
      limits: this.limits,
      heartbeatInterval: 15_000,
      ...(answered !== undefined && { answered }),
    };
    if (isKnown && this.head.version - version <= this.longestTail) {
      const updates = this.changes.slice(version).map((change) => ({
        ...updateOf(change),
        ...(change.clientId === clientId && { seq: change.seq }),
      }));
      link.push(JSON.stringify({ type: 'document-sync', ...answer, updates } satisfies ServerMessage));
    } else {
      const reason = version === undefined ? 'new' : isKnown ? 'behind' : 'fork';
      link.push(
        JSON.stringify({ type: 'document-init', ...answer, content: this.text, reason } satisfies ServerMessage),
      );
    }
    this.#tellPresence(link, { joined: [this.#collaborator(guest)], left: [] });
  }

  #dismiss(clientId: string): void {
    for (const guest of this.#guests.values()) if (guest.clientId === clientId) guest.link.close(1012);
  }

  #answerTo(unanswered: readonly Unanswered[]): number | undefined {
    const record = unanswered.find(({ clientId, seq }) => (this.#clients.get(clientId)?.seq ?? 0) >= seq);
    return this.changes.find(({ clientId, seq }) => clientId === record?.clientId && seq === record.seq)?.version;
  }

  #take(guest: Guest, submit: ClientMessage & { type: 'submit' }): void {
    try {
      this.#submit(guest, submit);
    } catch (error) {
      if (!(error instanceof OperationError)) throw error;
      this.#error(guest.link, error.code, submit.seq);
    }
  }

  #submit(guest: Guest, submit: ClientMessage & { type: 'submit' }): void {
    if (this.refuseWith !== undefined) return this.#error(guest.link, this.refuseWith, submit.seq);
    const { clientId, entry } = guest;
    const asked = parseOperations(submit.operations, this.limits.operations);
    const submission = { clientId, userId: entry.user.id, sessionId: entry.sessionId, ...submit, operations: asked };
    const verdict = accept(this.head, submission, {
      client: this.#clients.get(clientId),
      changeAt: (version) => this.changes[version - 1]!,
      timestamp: this.#clock.now(),
      maximumLength: this.limits.documentLength,
    });
    if (verdict.kind === 'refused') return this.#error(guest.link, verdict.code, submit.seq);
    const { change } = verdict;
    const { seq, version, timestamp } = change;
    if (verdict.kind === 'duplicate') {
      const operations = operationsFromEdit(change.edit);
      return guest.link.push(
        JSON.stringify({ type: 'ack', seq, version, timestamp, operations } satisfies ServerMessage),
      );
    }
    this.head = verdict.head;
    this.changes.push(change);
    this.#clients.set(clientId, { userId: entry.user.id, seq, version });
    guest.link.push(JSON.stringify({ type: 'ack', seq, version, timestamp } satisfies ServerMessage));
    this.#broadcast(change, guest);
  }

  #broadcast(change: Change, origin?: Guest): void {
    for (const guest of this.#guests.values()) {
      if (guest.cursor !== null) guest.cursor = carry(guest.cursor, change, guest.entry.sessionId);
      const update = { type: 'document-update', documentId: 'document', ...updateOf(change) };
      if (guest !== origin) guest.link.push(JSON.stringify(update));
    }
  }

  #move(guest: Guest, { version, ranges }: ClientMessage & { type: 'cursor' }): void {
    guest.cursor = ranges && { version: version!, ranges };
    for (const change of this.changes.slice(version)) {
      guest.cursor = guest.cursor && carry(guest.cursor, change, guest.entry.sessionId);
    }
    const { sessionId } = guest.entry;
    const update = { version: guest.cursor?.version ?? this.head.version, ranges: guest.cursor?.ranges ?? null };
    for (const other of this.#guests.values()) {
      if (other !== guest) other.link.push(JSON.stringify({ type: 'cursor-update', sessionId, ...update }));
    }
  }

  #leave(link: MemoryLink): void {
    const guest = this.#guests.get(link);
    if (!this.#guests.delete(link) || guest === undefined) return;
    const isReplaced = [...this.#guests.values()].some((other) => other.clientId === guest.clientId);
    if (!isReplaced) this.#tellPresence(link, { joined: [], left: [guest.entry.sessionId] });
  }

  #tellPresence(except: MemoryLink, changes: { joined: Collaborator[]; left: string[] }): void {
    const count = this.#guests.size;
    const message = { type: 'collaborators-update', documentId: 'document', ...changes, changed: [], count };
    for (const { link } of this.#guests.values()) if (link !== except) link.push(JSON.stringify(message));
  }

  #collaborator({ entry, cursor }: Guest): Collaborator {
    return { ...entry, cursor };
  }

  #error(link: MemoryLink, code: ErrorCode, seq?: number): void {
    const retryable = code === 'unavailable' || code === 'rate_limited' || code === 'internal';
    const about = seq === undefined ? {} : { seq };
    link.push(JSON.stringify({ type: 'error', code, message: code, ...about, retryable } satisfies ServerMessage));
  }
}

function updateOf({ version, timestamp, edit, userId, sessionId }: Change) {
  return { version, timestamp, operations: operationsFromEdit(edit), userId, sessionId };
}

function carry(cursor: NonNullable<Collaborator['cursor']>, change: Change, sessionId: string): Collaborator['cursor'] {
  if (cursor.version >= change.version) return cursor;
  const side = caretSide(change.sessionId === sessionId);
  return {
    version: change.version,
    ranges: cursor.ranges.map((range) => mapRange(range, change.edit, side)),
  };
}
