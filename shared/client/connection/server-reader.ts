import { parseFrame, ProtocolError } from '../../protocol/frame.ts';
import { parseServerMessage } from '../../protocol/decode-server-message.ts';
import { ERROR_REACTIONS } from '../../protocol/reactions.ts';
import type { DocumentInit, DocumentSync, Limits, Update } from '../../protocol/document-messages.ts';
import type { ServerMessage } from '../../protocol/messages.ts';
import type { Role } from '../../protocol/roles.ts';
import { VersionHoleError } from '../../sync/replica.ts';
import { editFromDescending } from '../../text/operation.ts';
import type { LocalDocument } from '../document/local-document.ts';
import type { SessionEmitter } from '../events/session-events.ts';
import type { RefusalReason } from '../events/session-status.ts';
import type { SessionState } from './session-state.ts';
import type { SubmissionQueue } from './submission-queue.ts';

export interface ReaderDeps {
  readonly document: LocalDocument;
  readonly state: SessionState;
  readonly emitter: SessionEmitter;
  /** False once the reader's connection was given up. */
  isCurrent(): boolean;
  /** The connection's queue; undefined until the join is answered. */
  queue(): SubmissionQueue | undefined;
}

/** What the server wants of the connection. */
export interface ReaderEvents {
  /** The join was answered: from now on there is a queue. */
  onJoined(limits: Limits): void;
  /** Give the connection up and join again, not before `atLeast` milliseconds. */
  rejoin(atLeast?: number): void;
  /** The clientId is somebody else's: take another one and join again. */
  changeClient(): void;
  /** The credential ends soon: show a fresh one. */
  renewToken(): void;
  /** Stop until a person does something. */
  refuse(reason: RefusalReason): void;
}

type ErrorMessage = Extract<ServerMessage, { type: 'error' }>;

/** Refusals that can only be about a submission, even if they do not name its seq. */
const ABOUT_SUBMISSIONS: ReadonlySet<string> = new Set([
  'bad_operation',
  'bad_text',
  'document_too_large',
  'version_ahead',
  'seq_gap',
  'seq_reused',
]);

/** Reads what the server says on one connection, and applies it to the document and the session's state. */
export class ServerReader {
  readonly #deps: ReaderDeps;
  readonly #events: ReaderEvents;
  readonly #document: LocalDocument;
  readonly #state: SessionState;
  readonly #emitter: SessionEmitter;

  constructor(deps: ReaderDeps, events: ReaderEvents) {
    this.#deps = deps;
    this.#events = events;
    this.#document = deps.document;
    this.#state = deps.state;
    this.#emitter = deps.emitter;
  }

  /**
   * Reads a frame, up to the message that ends the connection. If it cannot go on from there (ProtocolError, VersionHoleError,
   * RangeError), it joins again, which repairs that; nothing local is lost.
   */
  read(frame: string): void {
    try {
      for (const value of parseFrame(frame)) {
        const message = parseServerMessage(value);
        if (message !== undefined) this.#take(message);
        if (!this.#deps.isCurrent()) return;
      }
    } catch (error) {
      const isRepairable =
        error instanceof ProtocolError || error instanceof VersionHoleError || error instanceof RangeError;
      if (!isRepairable) throw error;
      this.#events.rejoin();
    }
  }

  #take(message: ServerMessage): void {
    if (message.type === 'document-init') return this.#joined(message, () => this.#replace(message));
    if (message.type === 'document-sync') {
      const { updates, answered } = message;
      return this.#joined(message, () => updates.forEach((update) => this.#receive(update, answered)));
    }
    const queue = this.#deps.queue();
    if (message.type === 'error')
      return queue === undefined ? this.#refusedJoin(message) : this.#refused(message, queue);
    if (queue === undefined) return;
    switch (message.type) {
      case 'document-update':
        this.#receive(message);
        return this.#afterChange(queue);
      case 'ack':
        this.#acknowledged(message);
        return this.#afterChange(queue);
      case 'collaborators-update':
        this.#document.presence.update(message);
        return this.#tellCollaborators();
      case 'cursor-update': {
        const { sessionId, version, ranges } = message;
        this.#document.presence.move(sessionId, ranges && { version, ranges });
        return this.#tellCollaborators();
      }
      case 'role-update':
        return this.#changeRole(message.role, queue);
      case 'document-meta':
        return this.#state.changeTitle(message.title, message.isNamed);
      case 'token-expiring':
        return this.#events.renewToken();
      case 'authenticated':
      case 'pong':
        return;
    }
  }

  #joined(answer: DocumentInit | DocumentSync, catchUp: () => void): void {
    const wasUnsaved = !this.#document.isSaved;
    const { session, connectionId, collaborators, count, limits, seq, timestamp } = answer;
    this.#document.joined(session.id);
    catchUp();
    this.#document.synchronised(seq);
    this.#document.presence.reset(collaborators, count);
    if (wasUnsaved && this.#document.isSaved) this.#state.savedAt = timestamp;
    this.#state.limits = limits;
    this.#state.problem = undefined;
    this.#state.changeTitle(answer.title, answer.isNamed);
    this.#state.changeSelf({ ...session, connectionId });
    this.#state.becomeReady();
    this.#tellCollaborators();
    this.#events.onJoined(limits);
  }

  #replace(init: DocumentInit): void {
    const { version, timestamp, content, reason, answered } = init;
    const before = this.#document.text;
    // What was in flight is inside, whatever the numbers of this client say.
    const seq = answered === undefined ? init.seq : Math.max(init.seq, this.#document.state.inFlight?.seq ?? 0);
    this.#document.reset({ version, timestamp, text: content, seq });
    if (reason === 'fork') this.#emitter.emit('fork', { text: before.toString() });
  }

  /** `answered`: the version that what is in flight became, if the server knows it under another clientId. */
  #receive(update: Omit<Update, 'userId'>, answered?: number): void {
    const { version, timestamp, operations, sessionId } = update;
    const { inFlight } = this.#document.state;
    const seq = version === answered ? inFlight?.seq : update.seq;
    this.#document.receive({ version, timestamp, edit: editFromDescending(operations), seq }, sessionId);
    this.#noticeSaved(inFlight !== undefined, timestamp);
  }

  #acknowledged(ack: Extract<ServerMessage, { type: 'ack' }>): void {
    const { seq, version, timestamp, operations } = ack;
    const wasInFlight = this.#document.state.inFlight !== undefined;
    if (operations === undefined) this.#document.acknowledge({ seq, version, timestamp });
    else {
      const edit = editFromDescending(operations);
      this.#document.receive({ version, timestamp, seq, edit }, this.#state.self?.id ?? '');
    }
    this.#noticeSaved(wasInFlight, timestamp);
  }

  /** What was in flight is durable now, unless it still is in flight. */
  #noticeSaved(wasInFlight: boolean, timestamp: number): void {
    if (!wasInFlight || this.#document.state.inFlight !== undefined) return;
    this.#state.saved(timestamp);
    this.#deps.queue()?.acknowledged();
  }

  /** Of the text. It may have ended a block for size. */
  #afterChange(queue: SubmissionQueue): void {
    if (this.#document.presence.hasCarets) this.#tellCollaborators();
    queue.flush();
  }

  #changeRole(role: Role, queue: SubmissionQueue): void {
    const { self } = this.#state;
    if (self === undefined || self.role === role) return;
    this.#state.changeSelf({ ...self, role });
    queue.flush();
  }

  #tellCollaborators(): void {
    this.#emitter.emitCollaborators(() => this.#document.collaborators);
  }

  #refused(error: ErrorMessage, queue: SubmissionQueue): void {
    const { inFlight } = this.#document.state;
    const isOurs = error.seq === undefined ? ABOUT_SUBMISSIONS.has(error.code) : error.seq === queue.sentSeq;
    if (error.code === 'client_taken') return this.#events.changeClient();
    if (inFlight === undefined) return;
    if (ERROR_REACTIONS[error.code] === 'retry' || (error.retryable && !(error.code in ERROR_REACTIONS))) {
      // Without a seq it may be about something else; sending twice does no harm, for the server knows the seq.
      this.#state.problem = { code: error.code, message: error.message };
      return queue.retry(error.retryAfter);
    }
    if (!isOurs) return;
    if (ERROR_REACTIONS[error.code] === 'rejoin') return this.#events.rejoin();
    queue.block(error.code);
    if (ERROR_REACTIONS[error.code] === 'stop') return;
    const text = this.#document.text.toString();
    this.#emitter.emit('refusedEdit', { code: error.code, message: error.message, text });
  }

  #refusedJoin(error: ErrorMessage): void {
    if (error.code === 'client_taken') return this.#events.changeClient();
    const reaction = ERROR_REACTIONS[error.code];
    if (reaction === 'retry' || reaction === 'rejoin' || (reaction === undefined && error.retryable)) {
      this.#state.problem = { code: error.code, message: error.message };
      return this.#events.rejoin(error.retryAfter);
    }
    this.#events.refuse(error.code);
  }
}
