import type { Collaborator } from '../../protocol/presence-messages.ts';
import type { Limits } from '../../protocol/document-messages.ts';
import type { Unanswered } from '../../protocol/session-messages.ts';
import {
  Replica,
  VersionHoleError,
  type IncomingChange,
  type InFlight,
  type ReplicaState,
} from '../../sync/replica.ts';
import { ChunkedText } from '../../text/chunked-text.ts';
import { editFromParts, type Edit } from '../../text/edit.ts';
import { assertApplies, OperationError, textProblem } from '../../text/operation.ts';
import type { SelectionRange } from '../../text/position.ts';
import { transform } from '../../text/transform.ts';
import { SaveTracker } from './save-tracker.ts';
import type { OutboxRecord } from '../outbox/outbox.ts';
import { OwnCursor } from './own-cursor.ts';
import { PresenceList } from './presence-list.ts';
import type { SessionEmitter } from '../events/session-events.ts';
import { submissionBudget } from './submission-budget.ts';
import type { Clock } from '../transport/transport.ts';
import { UndoHistory } from './undo-history.ts';

export interface EditOptions {
  /** What was selected before, given back by undo. */
  selectionBefore?: readonly SelectionRange[] | undefined;
  /** `typing` joins the edit before it in one undo step if both are close in place and time; default `none`. */
  group?: 'typing' | 'none' | undefined;
}

export interface LocalDocumentEvents {
  /** The confirmed text has changed by an edit, or was replaced. */
  onConfirmed(edit: Edit | undefined): void;
  /** The caret is to be told; false if there is nobody to tell. */
  sendCursor(ranges: readonly SelectionRange[] | null): boolean;
}

/**
 * The text as this client has it, and all that must move with it: undo history, everybody's carets, the count of unsaved
 * edits. No connection; what the server said comes in by `receive`, `acknowledge` and `reset`.
 */
export class LocalDocument {
  readonly history: UndoHistory;
  readonly presence = new PresenceList();
  readonly cursor: OwnCursor;
  readonly saves: SaveTracker;
  readonly #emitter: SessionEmitter;
  readonly #events: LocalDocumentEvents;
  #replica = new Replica();
  #submissionNumber = 0;
  #sentBefore: readonly Unanswered[] = [];
  /** The sessionId of this client. */
  #sessionId: string | undefined;

  constructor(clock: Clock, emitter: SessionEmitter, events: LocalDocumentEvents) {
    this.#emitter = emitter;
    this.#events = events;
    this.history = new UndoHistory(clock);
    this.saves = new SaveTracker(() => clock.monotonic());
    this.cursor = new OwnCursor(clock, {
      unsent: () => this.#unsent(),
      confirmedLength: () => this.#replica.confirmed.text.length,
      send: (ranges) => events.sendCursor(ranges),
    });
  }

  get text(): ChunkedText {
    return this.#replica.text;
  }

  get state(): ReplicaState {
    return this.#replica.state;
  }

  get isSaved(): boolean {
    return this.#replica.isSaved;
  }

  /** How many local edits are not durable; at least 1 if anything is unsent. */
  get unsaved(): number {
    return this.isSaved ? 0 : Math.max(1, this.saves.unsaved);
  }

  /** The former clientIds under which what is in flight may have been committed; the server has not told yet. */
  get sentBefore(): readonly Unanswered[] {
    return this.#sentBefore;
  }

  /** Counts the submissions that were taken. The one in flight has this number. */
  get submissionNumber(): number {
    return this.#submissionNumber;
  }

  get collaborators(): Collaborator[] {
    const own = { sessionId: this.#sessionId, ranges: this.cursor.ranges };
    return this.presence.view(own, this.#unsent(), this.#replica.confirmed.version, this.text.length);
  }

  /** A local edit. Throws OperationError and RangeError, and changes nothing then. */
  edit(given: Edit, options: EditOptions = {}): void {
    const edit = editFromParts(given);
    if (edit.length === 0) return;
    for (const part of edit) {
      const problem = typeof part === 'string' ? textProblem(part) : undefined;
      if (problem !== undefined) throw new OperationError('bad_text', problem);
    }
    assertApplies(edit, this.text);
    this.history.record(edit, this.text, { selection: options.selectionBefore, isTyping: options.group === 'typing' });
    this.#apply(edit);
    this.#emitter.emitChange({ edit, origin: 'local' });
  }

  /** Undoes or redoes one of one's own steps; false if there is none. */
  retract(origin: 'undo' | 'redo'): boolean {
    const retraction = origin === 'undo' ? this.history.undo(this.text) : this.history.redo(this.text);
    if (retraction === undefined) return false;
    this.#apply(retraction.edit);
    this.#emitter.emitChange({ ...retraction, origin });
    return true;
  }

  /** Goes on from an outbox record on its base text. What was typed before it was read comes on top. */
  restore(record: OutboxRecord, base: string): void {
    const typed = this.#replica.buffer;
    const { version, timestamp, seq, inFlight, buffer } = record;
    const confirmed = { version, timestamp, text: ChunkedText.from(base).apply(record.drift) };
    this.#replica = new Replica({ confirmed, seq, inFlight, buffer });
    this.#sentBefore = record.sentBefore ?? [];
    const loaded: Edit = this.text.length === 0 ? [] : [this.text.toString()];
    this.#replica.edit(transform(typed, loaded, 'left'));
    if (!this.isSaved) this.saves.made(Math.max(1, record.unsaved));
    this.saves.submitted(buffer.length === 0 && typed.length === 0);
    this.#changed(loaded, 'reset');
  }

  /** What to send next, as much as fits: what is in flight already, or else the buffer. Undefined if all is saved. */
  takeSubmission(limits: Limits, share: number): InFlight | undefined {
    const { inFlight, buffer } = this.#replica.state;
    if (inFlight !== undefined) {
      this.thin(limits);
      return this.#replica.inFlight;
    }
    const taken = this.#replica.takeSubmission(submissionBudget(buffer, limits, share));
    if (taken === undefined) return undefined;
    this.#submissionNumber += 1;
    this.saves.submitted(this.#replica.buffer.length === 0);
    return taken;
  }

  /** Puts back into the buffer what is in flight beyond the server's limits; true if anything was. */
  thin(limits: Limits): boolean {
    if (!this.#replica.thinInFlight(limits.operations)) return false;
    // To the outbox it is another submission, and it is not all of what was submitted.
    this.#submissionNumber += 1;
    this.saves.recalled();
    return true;
  }

  /** What was in flight was refused whole: it is unsent again. */
  recall(): void {
    this.#replica.recallInFlight();
    this.saves.recalled();
  }

  /** Gives up what is unsent. False if some of it is in flight and may be committed; nothing is given up then. */
  discard(): boolean {
    if (this.#replica.inFlight !== undefined) return false;
    this.#changed(this.#replica.discardBuffer(), 'reset');
    this.#settle();
    return true;
  }

  /** The client goes on under another clientId; what is in flight may have been committed under the `former` one. */
  changeClient(former: string): void {
    const { inFlight } = this.#replica;
    if (inFlight !== undefined) this.#sentBefore = [...this.#sentBefore, { clientId: former, seq: inFlight.seq }];
    this.#replica.synchronised(0);
  }

  /** Joined as this session; its caret is to be told again. */
  joined(sessionId: string): void {
    this.#sessionId = sessionId;
    this.cursor.forget();
  }

  /** A committed change of the session `author`. Throws VersionHoleError. */
  receive(change: IncomingChange, author: string): void {
    const before = this.#replica.confirmed.version;
    const visible = this.#replica.receive(change);
    if (this.#replica.confirmed.version === before) return;
    this.#confirmed(change.edit, author);
    this.#changed(visible, 'remote');
    this.#settle();
  }

  /** What is in flight became durable as it is here. Throws VersionHoleError. */
  acknowledge(ack: { seq: number; version: number; timestamp: number }): void {
    const { inFlight, confirmed } = this.#replica;
    if (inFlight?.seq === ack.seq) this.receive({ ...ack, edit: inFlight.edit }, this.#sessionId ?? '');
    else if (ack.version > confirmed.version) throw new VersionHoleError(confirmed.version, ack.version);
  }

  /** Replaces the confirmed text with the server's whole text. */
  reset(snapshot: { version: number; timestamp: number; text: string; seq: number }): void {
    const visible = this.#replica.reset(snapshot);
    this.#events.onConfirmed(undefined);
    this.#changed(visible, 'reset');
    this.#settle();
  }

  /** All missed changes are here, and this was the last committed seq. What is in flight now was not committed. */
  synchronised(seq: number): void {
    this.#sentBefore = [];
    this.#replica.synchronised(seq);
  }

  #apply(edit: Edit): void {
    this.#replica.edit(edit);
    this.cursor.carry(edit, 'own');
    this.saves.made();
    if (this.isSaved) this.saves.settled(true);
  }

  #confirmed(edit: Edit, author: string): void {
    this.presence.advance(edit, this.#replica.confirmed.version, author);
    this.cursor.carryKnown(edit, author === this.#sessionId ? 'own' : 'other');
    this.#events.onConfirmed(edit);
  }

  #changed(visible: Edit, origin: 'remote' | 'reset'): void {
    if (visible.length === 0) return;
    this.history.carry(visible);
    this.cursor.carry(visible, 'other');
    this.#emitter.emitChange({ edit: visible, origin });
  }

  #settle(): void {
    if (this.#replica.inFlight === undefined) this.saves.settled(this.isSaved);
  }

  /** From the confirmed to the visible text. */
  #unsent(): Edit[] {
    const { inFlight, buffer } = this.#replica;
    return inFlight === undefined ? [buffer] : [inFlight.edit, buffer];
  }
}
