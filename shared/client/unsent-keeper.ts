import type { LocalDocument } from './document/local-document.ts';
import type { Outbox, OutboxClaim } from './outbox/outbox.ts';
import { OutboxWriter, type OutboxSource } from './outbox/outbox-writer.ts';
import type { Clock, PageLifecycle } from './transport/transport.ts';
import { within } from '../clock.ts';

/** An outbox that does not open within this time is done without, in milliseconds. */
const OPEN_WITHIN = 3_000;

export interface UnsentKeeperDeps {
  readonly clock: Clock;
  readonly pageLifecycle: PageLifecycle;
  readonly document: LocalDocument;
  clientId(): string;
  /** Who we are; nothing before the first join. */
  userId(): string | undefined;
  title(): string;
  /** The page is left, and the session with it: from here on another may have its edits. */
  leave(): void;
  /** `keeps` has changed, or an outbox was opened. */
  onKeeps(keeps: boolean): void;
}

/** Keeps what is unsent in an outbox, from opening it to the end of the session; does nothing without one. */
export class UnsentKeeper {
  readonly #host: UnsentKeeperDeps;
  #writer: OutboxWriter | undefined;
  #keeps = false;
  #isClosed = false;
  /** Whose the restored edits are. */
  #restoredUserId: string | undefined;
  readonly #endings: ((() => void) | undefined)[] = [];

  constructor(host: UnsentKeeperDeps) {
    this.#host = host;
  }

  /** Whether unsent edits would survive a crash. */
  get keeps(): boolean {
    return this.#keeps;
  }

  get writer(): OutboxWriter | undefined {
    return this.#writer;
  }

  /** Claims a client of the outbox and brings its unsent edits into the document; nothing where the outbox fails. */
  async open(outbox: Outbox): Promise<OutboxClaim | undefined> {
    const { clock, pageLifecycle } = this.#host;
    const opening = outbox.open();
    this.#endings.push(pageLifecycle.onLeave?.(() => this.#depart(outbox)));
    const claim = await within(clock, OPEN_WITHIN, opening);
    if (claim === undefined || this.#isClosed) {
      this.#stopListening();
      // It may still open, and would hold its claim for nothing.
      void opening.then(() => outbox.close()).catch(() => {});
      return undefined;
    }
    if (claim.kept !== undefined && !this.#restore(claim.kept)) {
      this.#stopListening();
      // Not overwritten, so that what it holds is not lost for good; and not in the way of reading and writing.
      await within(clock, OPEN_WITHIN, outbox.close());
      return undefined;
    }
    const writer = new OutboxWriter(
      outbox,
      clock,
      () => this.#source(),
      (keeps) => this.#setKeeps(keeps),
    );
    this.#writer = writer;
    this.#endings.push(pageLifecycle.onSleep?.(() => writer.sleep()));
    if (claim.kept !== undefined) {
      writer.restored(claim.kept.record);
      this.#restoredUserId = claim.kept.record.userId;
    }
    this.#setKeeps(true);
    return claim;
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
    this.#host.leave();
  }

  #stopListening(): void {
    for (const end of this.#endings.splice(0)) end?.();
  }

  /** False where the record does not fit its base text, or is of a layout that is not known here. */
  #restore({ record, base }: NonNullable<OutboxClaim['kept']>): boolean {
    try {
      this.#host.document.restore(record, base);
      return true;
    } catch {
      return false;
    }
  }

  #setKeeps(keeps: boolean): void {
    this.#keeps = keeps;
    this.#host.onKeeps(keeps);
  }

  #source(): OutboxSource {
    const { state, sentBefore, unsaved, submissionNumber: freeze, isSaved } = this.#host.document;
    const { confirmed, seq, inFlight, buffer } = state;
    const { version, timestamp } = confirmed;
    const userId = this.#host.userId() ?? this.#restoredUserId;
    const names = { clientId: this.#host.clientId(), userId, title: this.#host.title() };
    const record = { ...names, version, timestamp, seq, inFlight, sentBefore, buffer, unsaved };
    return { record, submissionNumber: freeze, isSaved, confirmedText: () => confirmed.text.toString() };
  }
}
