import type { Collaborator, PresenceState } from '../protocol/presence-messages.ts';
import type { Limits } from '../protocol/document-messages.ts';
import type { ChunkedText } from '../text/chunked-text.ts';
import { replaceEdit, type Edit } from '../text/edit.ts';
import type { SelectionRange } from '../text/position.ts';
import { newClientId } from './outbox/client-id.ts';
import { Deferred } from './events/deferred.ts';
import { LocalDocument, type EditOptions } from './document/local-document.ts';
import type { Outbox } from './outbox/outbox.ts';
import { alwaysOnline, platformClock } from './transport/platform.ts';
import { ServerReader, type Self } from './connection/server-reader.ts';
import { SessionConnection } from './connection/session-connection.ts';
import { SessionEmitter, type SessionEvents } from './events/session-events.ts';
import type { DocumentSessionOptions } from './session-options.ts';
import { SessionEndedError, statusesEqual, statusOf } from './events/session-status.ts';
import type { RefusalReason, SessionStatus } from './events/session-status.ts';
import { SubmissionQueue } from './connection/submission-queue.ts';
import type { PageLifecycle } from './transport/transport.ts';
import { UnsentKeeper } from './unsent-keeper.ts';

export type { DocumentSessionOptions } from './session-options.ts';

/** One client's stay in one document: its text, who else is here, and how safe the own edits are. */
export class DocumentSession {
  readonly #outbox: Outbox | undefined;
  readonly #pageLifecycle: PageLifecycle;
  readonly #emitter = new SessionEmitter();
  readonly #document: LocalDocument;
  readonly #line: SubmissionQueue;
  readonly #reader: ServerReader;
  readonly #connection: SessionConnection;
  readonly #unsent: UnsentKeeper;
  #isStarted = false;
  #isLeft = false;
  #restored: Promise<void> | undefined;
  #leaving: Promise<void> | undefined;
  #status: SessionStatus = { kind: 'connecting' };
  readonly #readiness = new Deferred();

  constructor(options: DocumentSessionOptions) {
    const { clock = platformClock, random = Math.random, pageLifecycle = alwaysOnline, transport } = options;
    this.#outbox = options.outbox;
    this.#pageLifecycle = pageLifecycle;
    const document = new LocalDocument(clock, {
      onChange: (change) => this.#emitter.emitChange(change),
      onConfirmed: (edit) => this.#unsent.writer?.confirmed(edit),
      sendCursor: (ranges) => this.#connection.sendCursor(ranges),
    });
    const line = new SubmissionQueue(document, clock, random, (message) => this.#connection.send(message));
    const reader = new ServerReader(document, line, this.#emitter, {
      onJoined: () => this.#connection.joined(),
      rejoin: (atLeast) => this.#connection.rejoin(atLeast),
      changeClient: () => this.#connection.changeClient(),
      renewToken: () => this.#connection.renewToken(),
      refuse: (reason) => this.#connection.refuse(reason),
    });
    const world = { transport, clock, random, pageLifecycle };
    this.#connection = new SessionConnection(world, options.clientId ?? newClientId(), options, {
      document,
      line,
      reader,
      onChange: () => this.#refresh(),
      onClientId: (clientId) => this.#unsent.writer?.rename(clientId),
      onFrame: (read) => this.#emitter.batch(() => this.#follow(read)),
    });
    this.#unsent = new UnsentKeeper({
      clock,
      pageLifecycle,
      document,
      clientId: () => this.#connection.clientId,
      userId: () => this.self?.user.id,
      title: () => this.title,
      leave: () => void this.leave(),
      onKeeps: (keeps) => this.#emitter.emit('keepsUnsent', keeps),
    });
    this.#document = document;
    this.#line = line;
    this.#reader = reader;
    this.on('ready', () => this.#readiness.open());
  }

  /** The text as the person sees it: everything committed, and everything typed here. */
  get text(): ChunkedText {
    return this.#document.text;
  }

  get status(): SessionStatus {
    return this.#status;
  }

  get title(): string {
    return this.#reader.title;
  }

  /** The last confirmed version. */
  get version(): number {
    return this.#document.state.confirmed.version;
  }

  /** Who we are here; nothing before the first join. */
  get self(): Self | undefined {
    return this.#reader.self;
  }

  /** Everybody here, oneself first; `cursor.ranges` are positions in `text`. */
  get collaborators(): readonly Collaborator[] {
    return this.#document.collaborators;
  }

  /** How many are here in all; more than `collaborators` in a large room. */
  get count(): number {
    return this.#document.presence.count;
  }

  /** A first text is here, from the server or from the outbox. */
  get isReady(): boolean {
    return this.#reader.isReady;
  }

  get limits(): Limits | undefined {
    return this.#reader.limits;
  }

  /** How many local edits are not durable yet. */
  get unsaved(): number {
    return this.#document.unsaved;
  }

  /** Whether unsent edits would survive a crash of this tab or program. */
  get keepsUnsent(): boolean {
    return this.#unsent.keeps;
  }

  get canUndo(): boolean {
    return this.#document.history.canUndo;
  }

  get canRedo(): boolean {
    return this.#document.history.canRedo;
  }

  /** Starts. Calling it again does nothing. */
  connect(): void {
    if (this.#isStarted || this.#isLeft) return;
    this.#isStarted = true;
    if (this.#outbox === undefined) return this.#connection.start();
    this.#restored = this.#restore(this.#outbox).then(() => {
      this.#restored = undefined;
      if (!this.#isLeft) this.#connection.start();
    });
  }

  /** Says goodbye, closes the connection and lets go of everything. Unsent edits stay in the outbox, where there is one. */
  leave(): Promise<void> {
    this.#isLeft = true;
    return (this.#leaving ??= this.#finish());
  }

  /**
   * An edit of `text`. Throws OperationError (`bad_operation`, `bad_text`) or RangeError where it does not fit the text, and
   * SessionEndedError after `leave`; nothing is changed then.
   */
  edit(edit: Edit, options?: EditOptions): void {
    this.#change(() => this.#document.edit(edit, options));
  }

  insert(position: number, text: string): void {
    this.edit(replaceEdit(position, position, text));
  }

  /** Deletes `[from, to)`. */
  delete(from: number, to: number): void {
    this.edit(replaceEdit(from, to, ''));
  }

  /** Replaces `[from, to)`. */
  replace(from: number, to: number, text: string): void {
    this.edit(replaceEdit(from, to, text));
  }

  /** Takes back the newest of one's own edits that still does something; false where there is none. */
  undo(): boolean {
    return this.#change(() => this.#document.retract('undo'));
  }

  /** Does again what was undone last. */
  redo(): boolean {
    return this.#change(() => this.#document.retract('redo'));
  }

  /** Where one's caret or selection is in `text`; null where it is nowhere. The others are told at most every 50 ms. */
  setSelection(ranges: readonly SelectionRange[] | null): void {
    if (!this.#isLeft) this.#document.cursor.set(ranges);
  }

  setPresence(state: PresenceState): void {
    if (!this.#isLeft) this.#connection.setPresence(state);
  }

  /** Resolves when the first text is here. Rejects with SessionEndedError where the session is refused or left before. */
  whenReady(): Promise<void> {
    if (this.isReady) return Promise.resolve();
    const ended = this.#endedBy();
    if (ended !== undefined) return Promise.reject(new SessionEndedError(ended));
    return this.#readiness.when();
  }

  /** Resolves when everything typed so far is durable. Rejects with SessionEndedError where the session is refused or left. */
  async whenSaved(): Promise<void> {
    await this.#restored;
    if (this.#document.isSaved) return;
    const ended = this.#endedBy();
    if (ended !== undefined) throw new SessionEndedError(ended);
    return this.#document.ledger.whenDurable();
  }

  /** Tries again at once, also after a refusal. */
  reconnect(): void {
    if (this.#isLeft || !this.#isStarted || this.#restored !== undefined) return;
    this.#connection.start();
    this.#line.unblock();
    this.#refresh();
  }

  /** Gives up all unsent edits where the server has refused them; false where it has not, or may still take some. */
  discard(): boolean {
    return this.#follow(() => this.#line.discard());
  }

  /** Returns the function that ends it. */
  on<K extends keyof SessionEvents>(event: K, handler: (value: SessionEvents[K]) => void): () => void {
    return this.#emitter.on(event, handler);
  }

  #change<T>(run: () => T): T {
    if (this.#isLeft) throw new SessionEndedError('left');
    const wasSaved = this.#document.isSaved;
    return this.#follow(() => {
      const result = run();
      if (wasSaved && !this.#document.isSaved) this.#connection.expectAck();
      this.#reader.releaseForLength();
      this.#line.flush();
      return result;
    });
  }

  /** Does something to the document, and then what must follow whatever it was. */
  #follow<T>(run: () => T): T {
    const result = run();
    this.#unsent.writer?.changed();
    this.#document.cursor.tell();
    this.#refresh();
    return result;
  }

  async #restore(outbox: Outbox): Promise<void> {
    const claim = await this.#unsent.open(outbox);
    if (claim === undefined || this.#unsent.writer === undefined) return;
    this.#connection.clientId = claim.clientId;
    this.#line.recordTo(this.#unsent.writer);
    if (claim.kept === undefined) return;
    this.#reader.changeTitle(claim.kept.record.title);
    this.#reader.becomeReady();
    this.#refresh();
  }

  async #finish(): Promise<void> {
    this.#refresh();
    if (this.#restored !== undefined) await this.#restored;
    await this.#connection.leave();
    await this.#unsent.close();
    this.#disappoint('left');
  }

  /** Why what is waited for will not come; nothing where it may. */
  #endedBy(): RefusalReason | 'left' | undefined {
    return this.#isLeft ? 'left' : this.#connection.refusal;
  }

  #disappoint(reason: RefusalReason | 'left'): void {
    this.#document.ledger.rejectWaiters(reason);
    if (!this.isReady) this.#readiness.fail(new SessionEndedError(reason));
  }

  /** Finds the status anew and tells it where it is another one. */
  #refresh(): void {
    const status = statusOf({
      isLeft: this.#isLeft,
      isOnline: this.#pageLifecycle.isOnline,
      document: this.#document,
      connection: this.#connection,
      reader: this.#reader,
    });
    if (statusesEqual(status, this.#status)) return;
    this.#status = status;
    if (status.kind === 'refused') this.#disappoint(status.reason);
    this.#emitter.emit('status', status);
  }
}
