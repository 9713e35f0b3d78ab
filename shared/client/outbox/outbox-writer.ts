import type { InFlight } from '../../sync/replica.ts';
import { compose, IDENTITY, type Edit } from '../../text/edit.ts';
import type { Outbox, OutboxRecord } from './outbox.ts';
import type { Clock } from '../transport/transport.ts';
import { within } from '../../clock.ts';

/** Milliseconds from an edit to the disk at most. */
const WRITE_WITHIN = 250;
/** Milliseconds for which everything must be saved before the record is cleared, so that typing does not clear and write in turn. */
const CLEAR_AFTER = 2_000;
/** Milliseconds from an edit to the next write after a failed one. Longer, because each may carry the whole text. */
const WRITE_AGAIN_WITHIN = 5_000;
/** A storage that does not answer within this time, in milliseconds, has failed; sending must not wait for it for ever. */
const ANSWER_WITHIN = 3_000;
/** Parts and inserted units of drift above which the base text is written anew. */
const DRIFT_MAX = 16_384;

/** What the writer reads of the session at the moment of a write. */
export interface OutboxSource {
  readonly record: Omit<OutboxRecord, 'drift' | 'writes'>;
  /** Of the submission in flight; each that is taken has another number. */
  readonly submissionNumber: number;
  readonly isSaved: boolean;
  confirmedText(): string;
}

/** What sending must know of a record on the disk. */
interface Written {
  readonly seq: number | undefined;
  readonly submissionNumber: number;
  readonly hasBuffer: boolean;
}

/**
 * Writes the unsent edits of a session to its outbox: within 250 ms of typing, and before a submission is sent if the order
 * matters. One write at a time, each of the newest state. If the storage fails, the session goes on and says so.
 */
export class OutboxWriter {
  readonly #outbox: Outbox;
  readonly #clock: Clock;
  readonly #source: () => OutboxSource;
  readonly #onKeeps: (keeps: boolean) => void;
  /** What may be on the disk: the last finished write, and those that are under way or have failed since. */
  #onDisk: Written[] = [];
  /** Whether the base text of `#drift` is on the disk. */
  #base: 'kept' | 'under way' | 'none' = 'none';
  #drift: Edit = IDENTITY;
  #writes = 0;
  /** The last call of the outbox; the next one waits for it. */
  #last: Promise<void> = Promise.resolve();
  #queued: Promise<void> | undefined;
  #timer: { readonly due: number; readonly cancel: () => void } | undefined;
  #keeps = true;
  #isOver = false;

  constructor(outbox: Outbox, clock: Clock, source: () => OutboxSource, onKeeps: (keeps: boolean) => void) {
    this.#outbox = outbox;
    this.#clock = clock;
    this.#source = source;
    this.#onKeeps = onKeeps;
  }

  /** The session goes on from this record, which is on the disk. */
  restored(record: OutboxRecord): void {
    this.#base = 'kept';
    this.#drift = record.drift;
    this.#writes = record.writes;
    this.#onDisk = [{ seq: record.inFlight?.seq, submissionNumber: 0, hasBuffer: record.buffer.length > 0 }];
  }

  /** The confirmed text changed by an edit, or was replaced. */
  confirmed(edit: Edit | undefined): void {
    if (this.#base === 'none') return;
    if (edit === undefined) this.#base = 'none';
    else this.#drift = compose(this.#drift, edit);
  }

  /** Something was typed, or acknowledged. */
  changed(): void {
    const { isSaved } = this.#source();
    if (isSaved && this.#onDisk.length === 0) return;
    const wait = isSaved ? CLEAR_AFTER : this.#keeps ? WRITE_WITHIN : WRITE_AGAIN_WITHIN;
    const due = this.#clock.monotonic() + wait;
    if (this.#timer !== undefined && this.#timer.due <= due) return;
    this.#timer?.cancel();
    this.#timer = { due, cancel: this.#clock.after(due - this.#clock.monotonic(), () => void this.flush()) };
  }

  /**
   * Asked before a submission is sent. Undefined: send at once, because the disk has nothing of these edits, or has them in
   * flight under this seq, by which the server recognises them. A promise: wait for it first, because the disk still has them as
   * unsent, and a crash after sending would send them twice.
   */
  beforeSend(submissionNumber: number, inFlight: InFlight): Promise<void> | undefined {
    if (this.#isSafe(submissionNumber, inFlight)) return undefined;
    return this.flush().then(async () => {
      // The storage has failed. What is being sent now must not come back from it one day as if it were unsent.
      if (!this.#isSafe(submissionNumber, inFlight)) await this.#attempt(() => this.#outbox.clear());
    });
  }

  /** The page is hidden and may be gone in a moment: keeps what can be kept without waiting. */
  sleep(): void {
    this.#backUp();
    void this.flush();
  }

  /**
   * The page is left. A browser may freeze it with a write under way, and the next page that opens the storage would wait for
   * that. So the claim ends here, and with it every write. Only what does not fit into the unload backup is still written: late
   * is better than lost.
   */
  depart(): void {
    if (!this.#backUp()) return void this.flush();
    this.#isOver = true;
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#outbox.letGo?.();
  }

  /** Resolves when the state of this moment is on the disk, or the storage has failed. */
  flush(): Promise<void> {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#queued ??= this.#after(() => {
      this.#queued = undefined;
      return this.#write();
    });
    return this.#queued;
  }

  /** The session goes on under another clientId; what is on the disk counts as unsent until it is written again. */
  rename(clientId: string): void {
    this.#onDisk = this.#onDisk.map((written) => ({ ...written, hasBuffer: true, submissionNumber: -1 }));
    this.#outbox.rename?.(clientId);
  }

  /** Writes what is left and ends the claim. */
  async close(): Promise<void> {
    await this.flush();
    this.#timer?.cancel();
    this.#timer = undefined;
    await this.#after(async () => {
      await this.#attempt(() => this.#outbox.close());
    });
  }

  /** Runs when all earlier calls of the outbox are done. */
  #after(run: () => Promise<void>): Promise<void> {
    this.#last = this.#last.then(run);
    return this.#last;
  }

  #isSafe(submissionNumber: number, inFlight: InFlight): boolean {
    return this.#onDisk.every(
      (written) =>
        (written.submissionNumber === submissionNumber && written.seq === inFlight.seq) ||
        (!written.hasBuffer && (written.seq === undefined || written.seq < inFlight.seq)),
    );
  }

  /** Writes the unload backup. True if nothing is unsent, or all of it is kept now. */
  #backUp(): boolean {
    const source = this.#source();
    if (source.isSaved) return true;
    const record = this.#record(source, IDENTITY);
    const isBackedUp =
      this.#outbox.note?.({ record, base: source.confirmedText() }) === true ||
      (this.#base === 'kept' && this.#outbox.note?.({ record: { ...record, drift: this.#drift } }) === true);
    if (isBackedUp) this.#onDisk.push(writtenOf(source));
    return isBackedUp;
  }

  async #write(): Promise<void> {
    if (this.#isOver) return;
    const source = this.#source();
    if (source.isSaved) {
      if (this.#onDisk.length === 0) return;
      this.#base = 'none';
      if (await this.#attempt(() => this.#outbox.clear())) this.#onDisk = [];
      return;
    }
    const written = writtenOf(source);
    const base = this.#base === 'kept' && driftSize(this.#drift) <= DRIFT_MAX ? undefined : source.confirmedText();
    if (base !== undefined) {
      this.#drift = IDENTITY;
      this.#base = 'under way';
    }
    this.#onDisk.push(written);
    const record = this.#record(source, this.#drift);
    const isWritten = await this.#attempt(() => this.#outbox.save(record, base));
    if (this.#isOver) return;
    if (isWritten) this.#onDisk = [written];
    if (!isWritten) this.#base = 'none';
    else if (this.#base === 'under way') this.#base = 'kept';
    if (isWritten !== this.#keeps) this.#onKeeps((this.#keeps = isWritten));
  }

  #record(source: OutboxSource, drift: Edit): OutboxRecord {
    this.#writes += 1;
    return { ...source.record, drift, writes: this.#writes };
  }

  /** False if it failed or did not answer. */
  async #attempt(run: () => Promise<void>): Promise<boolean> {
    const done = run().then(() => true);
    return (await within(this.#clock, ANSWER_WITHIN, done)) === true;
  }
}

function writtenOf({ record: { inFlight, buffer }, submissionNumber }: OutboxSource): Written {
  return { seq: inFlight?.seq, submissionNumber, hasBuffer: buffer.length > 0 };
}

function driftSize(drift: Edit): number {
  let size = drift.length;
  for (const part of drift) if (typeof part === 'string') size += part.length;
  return size;
}
