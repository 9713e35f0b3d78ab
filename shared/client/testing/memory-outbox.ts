import { newClientId } from '../outbox/outbox.ts';
import type { Outbox, OutboxClaim, OutboxRecord } from '../outbox/outbox.ts';

interface Kept {
  readonly record: OutboxRecord;
  readonly base: string;
}

/** A disk that several tabs share, for tests; what is on it survives them. */
export class MemoryDisk {
  readonly kept = new Map<string, Kept>();
  readonly claimed = new Set<string>();
  /** Base texts that were written. */
  basesWritten = 0;
  recordsWritten = 0;
  /** Writes fail, as long as it is set. */
  isFull = false;
  /** Writes that wait for `go`; undefined if they need not wait. */
  #waiting: (() => void)[] | undefined;

  /** Writes take effect only at `go`. */
  stall(): void {
    this.#waiting ??= [];
  }

  go(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const resume of waiting) resume();
  }

  async turn(): Promise<void> {
    await new Promise<void>((resolve) => {
      if (this.#waiting === undefined) resolve();
      else this.#waiting.push(resolve);
    });
    if (this.isFull) throw new Error('The disk is full');
  }
}

/** One tab's outbox on a disk. */
export class MemoryOutbox implements Outbox {
  readonly #disk: MemoryDisk;
  readonly #except: ReadonlySet<string> | undefined;
  #slot = '';
  #isCrashed = false;

  /** With `except`, it only takes over what others left, but not in these slots. */
  constructor(disk: MemoryDisk, except?: ReadonlySet<string>) {
    this.#disk = disk;
    this.#except = except;
  }

  async open(): Promise<OutboxClaim> {
    await this.#turn();
    for (const [slot, kept] of this.#disk.kept) {
      if (this.#disk.claimed.has(slot) || this.#except?.has(slot) === true) continue;
      this.#claim(slot);
      return { slot, clientId: kept.record.clientId, kept: structuredClone(kept) };
    }
    if (this.#except !== undefined) throw new Error('Nothing is left');
    const clientId = newClientId();
    this.#claim(clientId);
    return { slot: clientId, clientId };
  }

  async save(record: OutboxRecord, base?: string): Promise<void> {
    await this.#turn();
    this.#disk.recordsWritten += 1;
    if (base !== undefined) this.#disk.basesWritten += 1;
    const before = this.#disk.kept.get(this.#slot);
    this.#disk.kept.set(this.#slot, structuredClone({ record, base: base ?? before!.base }));
  }

  async clear(): Promise<void> {
    await this.#turn();
    this.#disk.kept.delete(this.#slot);
  }

  async close(): Promise<void> {
    await Promise.resolve();
    this.#disk.claimed.delete(this.#slot);
  }

  /** The tab is gone: nothing it still does reaches the disk. */
  crash(): void {
    this.#isCrashed = true;
    this.#disk.claimed.delete(this.#slot);
  }

  #claim(slot: string): void {
    this.#slot = slot;
    this.#disk.claimed.add(slot);
  }

  async #turn(): Promise<void> {
    await this.#disk.turn();
    if (this.#isCrashed) await new Promise(() => {});
  }
}
