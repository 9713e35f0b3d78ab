import type { InFlight } from '../sync/replica.ts';
import type { Edit } from '../text/edit.ts';
import { within } from '../clock.ts';
import type { SessionState } from './connection/session-state.ts';
import type { LocalDocument } from './document/local-document.ts';
import type { SessionEmitter } from './events/session-events.ts';
import type { KeptUnsent, Outbox } from './outbox/outbox.ts';
import { OutboxWriter, type OutboxSource } from './outbox/outbox-writer.ts';
import type { Clock, PageLifecycle } from './transport/transport.ts';

/** Milliseconds after which an outbox that has not opened is done without. */
const OPEN_WITHIN = 3_000;

export interface UnsentKeeperDeps {
  readonly clock: Clock;
  readonly pageLifecycle: PageLifecycle;
  readonly document: LocalDocument;
  readonly state: SessionState;
  readonly emitter: SessionEmitter;
}

export interface UnsentKeeperEvents {
  /** The page is left, and the session with it: from now on another may have its edits. */
  onLeave(): void;
}

/** Keeps what is unsent in an outbox, from opening it to the end of the session. Does nothing without one. */
export class UnsentKeeper {
  readonly #deps: UnsentKeeperDeps;
  readonly #events: UnsentKeeperEvents;
  #writer: OutboxWriter | undefined;
  #keeps = false;
  #isClosed = false;
  /** Whose the restored edits are. */
  #restoredUserId: string | undefined;
  readonly #endings: ((() => void) | undefined)[] = [];

  constructor(deps: UnsentKeeperDeps, events: UnsentKeeperEvents) {
    this.#deps = deps;
    this.#events = events;
  }

  /** Whether unsent edits would survive a crash. */
  get keeps(): boolean {
    return this.#keeps;
  }

  /** Claims a client of the outbox and brings its unsent edits into the session. Resolves also if the outbox fails. */
  async open(outbox: Outbox): Promise<void> {
    const { clock, pageLifecycle, state } = this.#deps;
    const opening = outbox.open();
    this.#endings.push(pageLifecycle.onLeave?.(() => this.#depart(outbox)));
    const claim = await within(clock, OPEN_WITHIN, opening);
    if (claim === undefined || this.#isClosed) {
      this.#stopListening();
      // It may still open, and would hold its claim for nothing.
      void opening.then(() => outbox.close()).catch(() => {});
      return;
    }
    const { clientId, kept } = claim;
    if (kept !== undefined && !this.#restore(kept)) {
      this.#stopListening();
      // Not overwritten, so that what it holds is not lost for good; and not in the way of reading and writing.
      await within(clock, OPEN_WITHIN, outbox.close());
      return;
    }
    const writer = new OutboxWriter(
      outbox,
      clock,
      () => this.#source(),
      (keeps) => this.#setKeeps(keeps),
    );
    this.#writer = writer;
    this.#endings.push(pageLifecycle.onSleep?.(() => writer.sleep()));
    if (kept !== undefined) {
      writer.restored(kept.record);
      this.#restoredUserId = kept.record.userId;
    }
    this.#setKeeps(true);
    state.clientId = clientId;
    if (kept === undefined) return;
    state.changeTitle(kept.record.title);
    state.becomeReady();
  }

  /** Something was typed, or acknowledged. */
  changed(): void {
    this.#writer?.changed();
  }

  /** The confirmed text changed by an edit, or was replaced. */
  confirmed(edit: Edit | undefined): void {
    this.#writer?.confirmed(edit);
  }

  /** What to wait for before a submission is sent; undefined if it may go at once. See OutboxWriter. */
  beforeSend(submissionNumber: number, inFlight: InFlight): Promise<void> | undefined {
    return this.#writer?.beforeSend(submissionNumber, inFlight);
  }

  /** The session goes on under another clientId. */
  rename(clientId: string): void {
    this.#writer?.rename(clientId);
  }

  /** Writes what is left and ends the claim. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#stopListening();
    await this.#writer?.close();
  }

  #depart(outbox: Outbox): void {
    this.#stopListening();
    if (this.#writer === undefined) outbox.letGo?.();
    else this.#writer.depart();
    this.#events.onLeave();
  }

  #stopListening(): void {
    for (const end of this.#endings.splice(0)) end?.();
  }

  /** False if the record does not fit its base text, or has a layout that is not known here. */
  #restore({ record, base }: KeptUnsent): boolean {
    try {
      this.#deps.document.restore(record, base);
      return true;
    } catch {
      return false;
    }
  }

  #setKeeps(keeps: boolean): void {
    this.#keeps = keeps;
    this.#deps.emitter.emit('keepsUnsent', keeps);
  }

  #source(): OutboxSource {
    const { document, state } = this.#deps;
    const { sentBefore, unsaved, submissionNumber, isSaved } = document;
    const { confirmed, seq, inFlight, buffer } = document.state;
    const { version, timestamp } = confirmed;
    const userId = state.self?.user.id ?? this.#restoredUserId;
    const names = { clientId: state.clientId, userId, title: state.title };
    const record = { ...names, version, timestamp, seq, inFlight, sentBefore, buffer, unsaved };
    return { record, submissionNumber, isSaved, confirmedText: () => confirmed.text.toString() };
  }
}
