import type { Change } from '../../../shared/sync/change.ts';
import type { User } from '../../../shared/protocol/fields.ts';
import { refuse, RETRY_AFTER, type BatchPlan, type PendingSubmission } from './batch-plan.ts';
import { BatchPlanner } from './batch-planner.ts';
import { CommitRecovery } from './commit-recovery.ts';
import type { Delivery } from '../frames/delivery-batch.ts';
import { isClosed, isDamage, isMisuse, RefusalError, withoutDamage } from '../../base/refusal.ts';
import { LogForkError, type RoomLog } from './room-log.ts';
import type { RoomServices } from '../services/room-services.ts';

/** What a room hears of its commits. */
export interface CommitEvents {
  /** Changes became durable and were adopted; `changes` are those of `deliveries`. */
  committed(deliveries: readonly Delivery[], changes: readonly Change[]): void;
  /** The log is another one than the room was opened from. */
  abandon(): void;
}

/**
 * Takes a room's submissions to the store in order: plan, append, adopt, tell. One append is in flight at a time. An append that
 * failed may have happened all the same, so the log is read before it is tried again, and a submission that turns up there is
 * recognised by its (clientId, seq).
 */
export class CommitLoop {
  readonly #log: RoomLog;
  readonly #services: RoomServices;
  readonly #events: CommitEvents;
  readonly #planner: BatchPlanner;
  readonly #recovery: CommitRecovery;
  #queue: PendingSubmission[] = [];
  #batch: readonly PendingSubmission[] = [];
  /** How many at the front of the queue are committed one by one, because the store refused them together. */
  #alone = 0;
  #running: Promise<void> | undefined;
  #attempt: Promise<boolean> | undefined;
  #isClosed = false;

  constructor(log: RoomLog, services: RoomServices, events: CommitEvents) {
    this.#log = log;
    this.#services = services;
    this.#events = events;
    this.#planner = new BatchPlanner(log, services.clock, services.limits.documentLength);
    this.#recovery = new CommitRecovery(log.documentId, services, () => this.#readLog());
  }

  get queued(): number {
    return this.#queue.length;
  }

  /** The submissions that have no outcome yet. */
  waiting = (): readonly PendingSubmission[] => [...this.#batch, ...this.#queue];

  get isIdle(): boolean {
    return this.#running === undefined && this.#queue.length === 0;
  }

  add(pending: PendingSubmission): void {
    if (this.#isClosed || this.#recovery.isUnavailable) {
      refuse(pending, 'Storage cannot commit now');
      return;
    }
    this.#queue.push(pending);
    this.#start();
  }

  /** Adopts what others left in the log. Rejects if the log cannot be read. */
  async catchUp(): Promise<void> {
    for (;;) {
      const changes = await this.#log.readAhead();
      const { version } = this.#log.head;
      const ahead = changes.filter((change) => change.version > version);
      if (ahead.length === 0) return;
      let { text } = this.#log.head;
      for (const change of ahead) text = text.apply(change.edit);
      const last = ahead.at(-1)!;
      this.#adopt(
        { version: last.version, timestamp: last.timestamp, text },
        ahead.map((change) => ({ change, origin: undefined })),
      );
    }
  }

  /** The same for a hint, which nobody waits for: if the log cannot be read, the next hint or commit tries again. */
  async follow(): Promise<void> {
    try {
      await this.#readLog();
    } catch (error) {
      if (error instanceof LogForkError) return;
      this.#services.logger.warn({ documentId: this.#log.documentId, err: error }, 'The log could not be read');
    }
  }

  /** Resolves once nothing waits. */
  async settled(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  /** Resolves once the attempt that is under way has succeeded or failed. What is committed later is sequenced after this call. */
  async attempted(): Promise<void> {
    await this.#attempt;
  }

  /** Refuses what waits. What is being appended may still become durable; its client finds it when it comes back. */
  close(): void {
    this.#isClosed = true;
    this.#recovery.close();
    this.#refuseAll([]);
  }

  #start(): void {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      this.#batch = [];
      if (this.#queue.length > 0) this.#start();
    });
  }

  async #run(): Promise<void> {
    while (this.#queue.length > 0) {
      await this.#services.turns.next(this.#log.documentId);
      const batch = (this.#batch = this.#queue.splice(0, this.#alone > 0 ? 1 : this.#planner.length(this.#queue)));
      if (this.#alone > 0) this.#alone -= 1;
      while (!(await (this.#attempt = this.#commit(batch)))) {
        if (this.#isClosed || this.#recovery.isUnavailable) {
          this.#refuseAll(batch);
          return;
        }
      }
    }
  }

  /** Tries once. False if the batch must be planned anew on what the log says by now. */
  async #commit(batch: readonly PendingSubmission[]): Promise<boolean> {
    try {
      const plan = await this.#planner.plan(batch);
      if (this.#isClosed) return false;
      if (plan.changes.length === 0 || (await this.#append(plan))) {
        if (plan.changes.length > 0) this.#committed(plan);
        for (const { pending, outcome } of plan.outcomes) pending.settle(outcome);
        return true;
      }
      await this.catchUp();
      // Refused although nothing newer is in the log: it went back behind us.
      if (this.#log.head.version <= plan.head.version - plan.changes.length)
        throw new LogForkError(this.#log.documentId);
    } catch (error) {
      // A server that stops does not wait for all that its peers have queued.
      if (this.#isClosed && isClosed(error)) return false;
      if (error instanceof LogForkError) this.#fork(error);
      else if (isMisuse(error) || isDamage(error)) return this.#sortOut(batch, error);
      else await this.#recovery.failed(error);
    }
    return false;
  }

  /**
   * The store will never take this batch, and nothing of it was written. If it holds several submissions, each is tried alone, so
   * that only the one that offends is refused. False if what was known of its client was wrong: planning anew will tell.
   */
  async #sortOut(batch: readonly PendingSubmission[], error: unknown): Promise<boolean> {
    const [pending] = batch;
    if (pending === undefined || batch.length > 1) {
      this.#queue.unshift(...batch);
      this.#alone = Math.max(this.#alone, batch.length);
      return true;
    }
    try {
      if (isMisuse(error) && (await this.#log.relearnClient(pending.submission.clientId))) return false;
    } catch (failure) {
      await this.#recovery.failed(failure);
      return false;
    }
    const { documentId } = this.#log;
    this.#services.logger.error({ documentId, err: error }, 'A submission that the store cannot take is refused');
    const refusal = withoutDamage(error);
    if (refusal instanceof RefusalError) {
      const { code, message, retryAfter = RETRY_AFTER } = refusal;
      pending.settle({ kind: 'refused', code, message, retryAfter });
    } else {
      pending.settle({ kind: 'refused', code: 'internal', message: 'The store cannot take this submission' });
    }
    return true;
  }

  #append(plan: BatchPlan): Promise<boolean> {
    const changes = plan.changes.map(({ change }) => change);
    const authors = new Map<string, User>();
    for (const { pending } of plan.outcomes) authors.set(pending.author.id, pending.author);
    const { documentId } = this.#log;
    const run = { documentId, previous: plan.previous, changes, authors: [...authors.values()] };
    return this.#services.counters.commit(changes.length, () => this.#services.store.append(run));
  }

  #committed(plan: BatchPlan): void {
    this.#recovery.succeeded();
    this.#adopt(plan.head, plan.changes);
    this.#services.bus.publish(this.#log.documentId, { node: this.#services.node, version: plan.head.version });
  }

  #adopt(head: RoomLog['head'], deliveries: readonly Delivery[]): void {
    // The log may have been read between the commit and its answer; then all of this is adopted already.
    if (head.version <= this.#log.head.version) return;
    const changes = deliveries.map(({ change }) => change);
    this.#log.adopt(head, changes);
    this.#planner.adopted();
    this.#events.committed(deliveries, changes);
    const { documentId } = this.#log;
    const snapshot = this.#log.snapshotWhenDue();
    if (snapshot !== undefined) void this.#services.jobs.run('snapshot', () => snapshot, { documentId });
  }

  /** Catches up, and drops the room if the log is another one. Rejects as `catchUp` does. */
  async #readLog(): Promise<void> {
    try {
      await this.catchUp();
    } catch (error) {
      if (error instanceof LogForkError) this.#fork(error);
      throw error;
    }
  }

  #fork(error: LogForkError): void {
    // Dropped once, whoever notices: by now there may be another room for this document.
    if (this.#isClosed) return;
    this.#services.logger.error({ documentId: this.#log.documentId, err: error }, 'The room is dropped');
    this.#isClosed = true;
    this.#recovery.close();
    this.#events.abandon();
  }

  #refuseAll(batch: readonly PendingSubmission[]): void {
    const refused = [...batch, ...this.#queue];
    this.#queue = [];
    this.#alone = 0;
    for (const pending of refused) refuse(pending, 'Storage cannot commit now; keep the edits and send them again');
  }
}
