import { parseFrame } from '../../protocol/frame.ts';
import { parseServerMessage } from '../../protocol/decode-server-message.ts';
import { ERROR_REACTIONS } from '../../protocol/reactions.ts';
import type { DocumentInit, DocumentSync, Limits, Update } from '../../protocol/document-messages.ts';
import { mayEdit, type Role } from '../../protocol/roles.ts';
import type { ServerMessage } from '../../protocol/messages.ts';
import type { User } from '../../protocol/users.ts';
import { growth } from '../../text/edit.ts';
import { editFromDescending } from '../../text/operation.ts';
import type { LocalDocument } from '../document/local-document.ts';
import type { SessionEmitter } from '../events/session-events.ts';
import type { Problem, RefusalReason } from '../events/session-status.ts';
import type { SubmissionQueue } from './submission-queue.ts';

export interface ReaderEvents {
  /** The join was answered. */
  onJoined(): void;
  /** Give the connection up and join again, not before `atLeast` milliseconds. */
  rejoin(atLeast?: number): void;
  /** The clientId is somebody else's: take another one and join again. */
  changeClient(): void;
  /** The credential ends soon: show a fresh one. */
  renewToken(): void;
  /** Stop until a person does something. */
  refuse(reason: RefusalReason): void;
}

/** Who we are in the room. */
export interface Self {
  readonly id: string;
  readonly user: User;
  readonly role: Role;
  /** The newest connection, by the name that the server's log has for it. */
  readonly connectionId?: string | undefined;
}

type ErrorMessage = Extract<ServerMessage, { type: 'error' }>;

/** Refusals that can only be about a submission, also where they do not name its seq. */
const ABOUT_SUBMISSIONS: ReadonlySet<string> = new Set([
  'bad_operation',
  'bad_text',
  'document_too_large',
  'version_ahead',
  'seq_gap',
  'seq_reused',
]);

/** Reads what the server says, does it to the document, and holds what it told about the session. */
export class ServerReader {
  self: Self | undefined;
  title = '';
  limits: Limits | undefined;
  isJoined = false;
  /** A first text is here. */
  isReady = false;
  /** When the last own edit became durable, by the server's clock. */
  savedAt: number | undefined;
  /** Why the server could not do what was last asked of it, where it is to be asked again. */
  problem: Problem | undefined;
  readonly #document: LocalDocument;
  readonly #line: SubmissionQueue;
  readonly #emitter: SessionEmitter;
  readonly #host: ReaderEvents;

  constructor(document: LocalDocument, line: SubmissionQueue, emitter: SessionEmitter, host: ReaderEvents) {
    this.#document = document;
    this.#line = line;
    this.#emitter = emitter;
    this.#host = host;
  }

  /**
   * Reads a frame, as long as `isCurrent`. Throws ProtocolError, VersionHoleError and RangeError where it cannot go on from
   * here; nothing local is lost then, and a new join repairs it.
   */
  read(frame: string, isCurrent: () => boolean): void {
    for (const value of parseFrame(frame)) {
      const message = parseServerMessage(value);
      if (message !== undefined) this.#take(message);
      if (!isCurrent()) return;
    }
  }

  /** There is a text that did not come from the server. */
  becomeReady(): void {
    if (this.isReady) return;
    this.isReady = true;
    this.#emitter.emit('ready', undefined);
  }

  changeTitle(title: string): void {
    if (title === this.title) return;
    this.title = title;
    this.#emitter.emit('title', title);
  }

  #take(message: ServerMessage): void {
    if (message.type === 'document-init') return this.#joined(message, () => this.#replace(message));
    if (message.type === 'document-sync') {
      const { updates, answered } = message;
      return this.#joined(message, () => updates.forEach((update) => this.#receive(update, answered)));
    }
    if (message.type === 'error') return this.#refused(message);
    if (!this.isJoined) return;
    switch (message.type) {
      case 'document-update':
        this.#receive(message);
        return this.#told();
      case 'ack':
        this.#acknowledged(message);
        return this.#told();
      case 'collaborators-update':
        this.#document.presence.update(message);
        return this.#tellCollaborators();
      case 'cursor-update': {
        const { sessionId, version, ranges } = message;
        this.#document.presence.move(sessionId, ranges && { version, ranges });
        return this.#tellCollaborators();
      }
      case 'role-update':
        return this.#changeRole(message.role);
      case 'document-meta':
        return this.changeTitle(message.title);
      case 'token-expiring':
        return this.#host.renewToken();
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
    if (wasUnsaved && this.#document.isSaved) this.savedAt = timestamp;
    this.limits = limits;
    this.problem = undefined;
    this.isJoined = true;
    this.changeTitle(answer.title);
    const role = this.self?.role;
    this.self = { ...session, connectionId };
    if (role !== session.role) this.#emitter.emit('role', session.role);
    this.becomeReady();
    this.#tellCollaborators();
    this.#host.onJoined();
    this.#releaseForRole();
    this.#line.open(limits);
  }

  #replace(init: DocumentInit): void {
    const { version, timestamp, content, reason, answered } = init;
    const before = this.#document.text;
    // What was in flight is inside, whatever the numbers of this client say.
    const seq = answered === undefined ? init.seq : Math.max(init.seq, this.#document.state.inFlight?.seq ?? 0);
    this.#document.reset({ version, timestamp, text: content, seq });
    if (reason === 'fork') this.#emitter.emit('fork', { text: before.toString() });
  }

  /** `answered`: the version that what is in flight became, where the server knows it by another name than this client's. */
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
      this.#document.receive({ version, timestamp, seq, edit }, this.self?.id ?? '');
    }
    this.#noticeSaved(wasInFlight, timestamp);
  }

  /** What was in flight is durable now, where it is not in flight any more. */
  #noticeSaved(wasInFlight: boolean, timestamp: number): void {
    if (!wasInFlight || this.#document.state.inFlight !== undefined) return;
    this.savedAt = timestamp;
    this.problem = undefined;
    this.#line.acknowledged();
  }

  /** After a change of the text. */
  #told(): void {
    if (this.#document.presence.hasCarets) this.#tellCollaborators();
    this.releaseForLength();
  }

  /** Tries again what was too large, once it fits, or would only make the text shorter. */
  releaseForLength(): void {
    if (this.#line.blocked !== 'document_too_large' || this.limits === undefined) return;
    const fits = this.#document.text.length <= this.limits.documentLength;
    if (fits || growth(this.#document.state.buffer) <= 0) this.#line.unblock();
  }

  #changeRole(role: Role): void {
    if (this.self === undefined || this.self.role === role) return;
    this.self = { ...this.self, role };
    this.#emitter.emit('role', role);
    this.#releaseForRole();
  }

  #releaseForRole(): void {
    if (this.#line.blocked === 'forbidden' && mayEdit(this.self?.role)) this.#line.unblock();
  }

  #tellCollaborators(): void {
    this.#emitter.emitCollaborators(() => this.#document.collaborators);
  }

  #refused(error: ErrorMessage): void {
    if (!this.isJoined) return this.#refusedJoin(error);
    const { inFlight } = this.#document.state;
    const isOurs = error.seq === undefined ? ABOUT_SUBMISSIONS.has(error.code) : error.seq === this.#line.sentSeq;
    if (error.code === 'client_taken') return this.#host.changeClient();
    if (inFlight === undefined) return;
    if (ERROR_REACTIONS[error.code] === 'retry' || (error.retryable && !(error.code in ERROR_REACTIONS))) {
      // Without a seq it may be about something else; sending twice does no harm, for the server knows the seq.
      this.problem = { code: error.code, message: error.message };
      return this.#line.retry(error.retryAfter);
    }
    if (!isOurs) return;
    if (ERROR_REACTIONS[error.code] === 'rejoin') return this.#host.rejoin();
    this.#line.block(error.code);
    if (ERROR_REACTIONS[error.code] === 'stop') return;
    const text = this.#document.text.toString();
    this.#emitter.emit('refusedEdit', { code: error.code, message: error.message, text });
  }

  #refusedJoin(error: ErrorMessage): void {
    if (error.code === 'client_taken') return this.#host.changeClient();
    const reaction = ERROR_REACTIONS[error.code];
    if (reaction === 'retry' || reaction === 'rejoin' || (reaction === undefined && error.retryable)) {
      this.problem = { code: error.code, message: error.message };
      return this.#host.rejoin(error.retryAfter);
    }
    this.#host.refuse(error.code);
  }
}
