import type { Collaborator, PresenceState } from '../protocol/presence-messages.ts';
import type { Limits } from '../protocol/document-messages.ts';
import type { ChunkedText } from '../text/chunked-text.ts';
import { replaceEdit, type Edit } from '../text/edit.ts';
import type { SelectionRange } from '../text/position.ts';
import type { IntroductionOptions } from './connection/introduction.ts';
import { SessionConnection } from './connection/session-connection.ts';
import { SessionState, type Self } from './connection/session-state.ts';
import { LocalDocument, type EditOptions } from './document/local-document.ts';
import { SessionEmitter, type SessionEvents } from './events/session-events.ts';
import { SessionEndedError, statusesEqual, statusOf } from './events/session-status.ts';
import type { RefusalReason, SessionStatus } from './events/session-status.ts';
import { newClientId, type Outbox } from './outbox/outbox.ts';
import { alwaysOnline, platformClock } from './transport/platform.ts';
import type { Clock, PageLifecycle, Random, Transport } from './transport/transport.ts';
import { UnsentKeeper } from './unsent-keeper.ts';

/** What a document session is made of: a transport, who joins, and what stands in for the platform. */
export interface DocumentSessionOptions extends IntroductionOptions {
  transport: Transport;
  /** These three default to the platform's; `pageLifecycle` to being always online. */
  clock?: Clock;
  random?: Random;
  pageLifecycle?: PageLifecycle;
  /** A secret of 22 or more base64url characters; fresh by default. If there is an outbox, it decides. */
  clientId?: string;
  /** Keeps unsent edits across crashes; none by default. */
  outbox?: Outbox;
}

/** One client's stay in one document: its text, who else is here, and how safe the own edits are. */
export class DocumentSession {
  readonly #outbox: Outbox | undefined;
  readonly #pageLifecycle: PageLifecycle;
  readonly #emitter = new SessionEmitter();
  readonly #state: SessionState;
  readonly #document: LocalDocument;
  readonly #unsent: UnsentKeeper;
  readonly #connection: SessionConnection;
  #isStarted = false;
  #isLeft = false;
  /** Until the outbox is opened. */
  #restored: Promise<void> | undefined;
  #leaving: Promise<void> | undefined;
  #status: SessionStatus = { kind: 'connecting' };

  constructor(options: DocumentSessionOptions) {
    const { clock = platformClock, random = Math.random, pageLifecycle = alwaysOnline, transport } = options;
    const emitter = this.#emitter;
    const state = new SessionState(options.clientId ?? newClientId(), random, emitter);
    const document = new LocalDocument(clock, emitter, {
      onConfirmed: (edit) => unsent.confirmed(edit),
      sendCursor: (ranges) => this.#connection.sendCursor(ranges),
    });
    const common = { clock, pageLifecycle, document, state, emitter };
    const unsent = new UnsentKeeper(common, { onLeave: () => void this.leave() });
    this.#connection = new SessionConnection({ ...common, transport, random, unsent }, options, {
      onChange: () => this.#refresh(),
      onFrame: () => this.#follow(),
    });
    this.#outbox = options.outbox;
    this.#pageLifecycle = pageLifecycle;
    this.#state = state;
    this.#document = document;
    this.#unsent = unsent;
  }

  /** The text as the person sees it: everything committed, and everything typed here. */
  get text(): ChunkedText {
    return this.#document.text;
  }

  get status(): SessionStatus {
    return this.#status;
  }

  get title(): string {
    return this.#state.title;
  }

  /** Whether somebody named the document. If not, `title` is what its text began with when the server told it; `headingOf` tells it of now. */
  get isNamed(): boolean {
    return this.#state.isNamed;
  }

  /** The last confirmed version. */
  get version(): number {
    return this.#document.state.confirmed.version;
  }

  /** Who we are here; undefined before the first join. */
  get self(): Self | undefined {
    return this.#state.self;
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
    return this.#state.isReady;
  }

  get limits(): Limits | undefined {
    return this.#state.limits;
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
    this.#restored = this.#unsent.open(this.#outbox).then(() => {
      this.#restored = undefined;
      this.#refresh();
      if (!this.#isLeft) this.#connection.start();
    });
  }

  /** Says goodbye, closes the connection and frees everything. Unsent edits stay in the outbox, if there is one. */
  leave(): Promise<void> {
    this.#isLeft = true;
    return (this.#leaving ??= this.#finish());
  }

  /**
   * An edit of `text`. Throws OperationError (`bad_operation`, `bad_text`) or RangeError if it does not fit the text, and
   * SessionEndedError after `leave`; nothing is changed then.
   */
  edit(edit: Edit, options?: EditOptions): void {
    this.#change(() => this.#document.edit(edit, options));
  }

  /** Inserts at a place of `text`, in UTF-16 units. Throws as `edit` does. */
  insert(position: number, text: string): void {
    this.edit(replaceEdit(position, position, text));
  }

  /** Deletes `[from, to)`. Throws as `edit` does. */
  delete(from: number, to: number): void {
    this.edit(replaceEdit(from, to, ''));
  }

  /** Replaces `[from, to)`. Throws as `edit` does. */
  replace(from: number, to: number, text: string): void {
    this.edit(replaceEdit(from, to, text));
  }

  /** Undoes the newest of one's own edits that still does something; false if there is none. */
  undo(): boolean {
    return this.#change(() => this.#document.retract('undo'));
  }

  /** Redoes what was undone last; false if there is none. */
  redo(): boolean {
    return this.#change(() => this.#document.retract('redo'));
  }

  /** Sets where one's caret or selection is in `text`; null if it is nowhere. The others are told at most every 50 ms. */
  setSelection(ranges: readonly SelectionRange[] | null): void {
    if (!this.#isLeft) this.#document.cursor.set(ranges);
  }

  setPresence(state: PresenceState): void {
    if (!this.#isLeft) this.#connection.setPresence(state);
  }

  /** Resolves when the first text is here. Rejects with SessionEndedError if the session is refused or left before. */
  async whenReady(): Promise<void> {
    if (!this.isReady) this.#assertNotEnded();
    return this.#state.whenReady();
  }

  /** Resolves when everything typed so far is durable. Rejects with SessionEndedError if the session is refused or left. */
  async whenSaved(): Promise<void> {
    await this.#restored;
    if (this.#document.isSaved) return;
    this.#assertNotEnded();
    return this.#document.saves.whenDurable();
  }

  /** Tries again at once, also after a refusal. */
  reconnect(): void {
    if (this.#isLeft || !this.#isStarted || this.#restored !== undefined) return;
    this.#connection.start();
    this.#refresh();
  }

  /** Gives up all unsent edits if the server has refused them; false if it has not, or may still take some. */
  discard(): boolean {
    const isDiscarded = this.#connection.discard();
    this.#follow();
    return isDiscarded;
  }

  /** Returns the function that ends it. */
  on<K extends keyof SessionEvents>(event: K, handler: (value: SessionEvents[K]) => void): () => void {
    return this.#emitter.on(event, handler);
  }

  #change<T>(run: () => T): T {
    if (this.#isLeft) throw new SessionEndedError('left');
    const wasSaved = this.#document.isSaved;
    const result = run();
    this.#connection.submit(wasSaved && !this.#document.isSaved);
    this.#follow();
    return result;
  }

  /** Does what must follow whatever was done to the document. */
  #follow(): void {
    this.#unsent.changed();
    this.#document.cursor.tell();
    this.#refresh();
  }

  async #finish(): Promise<void> {
    this.#refresh();
    if (this.#restored !== undefined) await this.#restored;
    await this.#connection.leave();
    await this.#unsent.close();
    this.#rejectWaiters('left');
  }

  /** Throws SessionEndedError if nothing more can be expected of this session, unless a person does something. */
  #assertNotEnded(): void {
    const reason = this.#isLeft ? 'left' : this.#connection.refusal;
    if (reason !== undefined) throw new SessionEndedError(reason);
  }

  #rejectWaiters(reason: RefusalReason | 'left'): void {
    const error = new SessionEndedError(reason);
    this.#document.saves.rejectWaiters(error);
    this.#state.rejectWaiters(error);
  }

  /** Finds the status anew, and tells it if it is another one. */
  #refresh(): void {
    const status = statusOf({
      isLeft: this.#isLeft,
      isOnline: this.#pageLifecycle.isOnline,
      document: this.#document,
      connection: this.#connection,
      state: this.#state,
    });
    if (statusesEqual(status, this.#status)) return;
    this.#status = status;
    if (status.kind === 'refused') this.#rejectWaiters(status.reason);
    this.#emitter.emit('status', status);
  }
}
