import type { Clock } from '../../../shared/clock.ts';
import type { Change } from '../../../shared/sync/change.ts';
import { batchLength, planBatch, type BatchPlan, type PendingSubmission } from './batch-plan.ts';
import type { RoomLog } from './room-log.ts';

/** Plans the commits of a room: loads what planning needs from its log, and stamps the changes. */
export class BatchPlanner {
  readonly #log: RoomLog;
  readonly #maximumLength: number;
  readonly #stamps: ChangeStamps;

  /** `maximumLength` is in UTF-16 units of the document. */
  constructor(log: RoomLog, clock: Clock, maximumLength: number) {
    this.#log = log;
    this.#maximumLength = maximumLength;
    this.#stamps = new ChangeStamps(clock);
  }

  /** How many submissions at the front of the queue are planned and committed together. */
  length(queue: readonly PendingSubmission[]): number {
    const { head } = this.#log;
    return batchLength(queue, (version, parts) => {
      return this.#log.partsAfter(version) + Math.max(0, head.version - version) * parts;
    });
  }

  /** Plans a batch on the newest version. Rejects as the store does. */
  async plan(batch: readonly PendingSubmission[]): Promise<BatchPlan> {
    const older = new Map<number, Change>();
    for (const { submission } of batch) {
      // Without waiting if nothing has to be read, so that rooms that begin in one turn come to the store together.
      const { clientId } = submission;
      if (!this.#log.keepClient(clientId)) await this.#log.knowClient(clientId);
      const client = this.#log.client(clientId);
      if (client !== undefined && client.version > 0 && client.seq === submission.seq) {
        const change = await this.#log.changeAt(client.version);
        if (change !== undefined) older.set(change.version, change);
      }
      const isResend = submission.seq <= (client?.seq ?? 0);
      if (!isResend && !this.#log.reaches(submission.version)) {
        for (const change of await this.#log.olderThanWindow(submission.version)) older.set(change.version, change);
      }
    }
    return planBatch(batch, {
      head: this.#log.head,
      client: (clientId) => this.#log.client(clientId),
      changeAt: (version) => this.#log.recent(version) ?? older.get(version),
      timestamp: this.#stamps.after(this.#log.head.timestamp),
      maximumLength: this.#maximumLength,
    });
  }

  /** A newer version was adopted. */
  adopted(): void {
    this.#stamps.adopted();
  }
}

/** If the machine's time is behind, the first stamp is late by a random number of milliseconds up to this one. */
const SPREAD = 1000;
/** The fraction of real time at which stamps advance until the machine's time has caught up with them. */
const PACE = 0.5;

/**
 * Tells when the changes of a document are committed: by the machine's time, and never back (rule V2). If that time was set back,
 * stamps do not stand still: the same number and stamp twice, before and after a restored backup, would be one name for two
 * versions (rule V3).
 */
export class ChangeStamps {
  readonly #clock: Clock;
  /** When the newest version was adopted, or a little earlier. */
  #since: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#since = clock.monotonic() - (Math.random() * SPREAD) / PACE;
  }

  /** The stamp of a change that is committed now and follows a version with the stamp `timestamp`. Milliseconds since 1970. */
  after(timestamp: number): number {
    const now = this.#clock.now();
    if (now >= timestamp) return now;
    return timestamp + Math.floor((this.#clock.monotonic() - this.#since) * PACE);
  }

  /** A newer version was adopted. */
  adopted(): void {
    this.#since = this.#clock.monotonic();
  }
}
