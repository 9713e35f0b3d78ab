import type { Change } from '../../../shared/sync/change.ts';
import type { User } from '../../../shared/protocol/users.ts';
import { batchLength, planBatch, type BatchPlan, type PendingSubmission } from './batch-plan.ts';
import { ChangeStamps } from './change-stamps.ts';
import type { CommitEvents } from './commit-events.ts';
import type { Delivery } from '../frames/delivery-batch.ts';
import { isClosed, isDamage, isMisuse, RefusalError, withoutDamage } from '../../base/refusal.ts';
import { refuse } from './refused-submission.ts';
import { LogForkError, type RoomLog } from './room-log.ts';
import type { RoomServices } from '../services/room-services.ts';
import { failedAgain, RETRY_LAST, type StorageState } from './storage-state.ts';

/**
 * Takes a room's submissions to the store in order: plan, append, adopt, deliver. One append is in flight at a time. An append
 * that failed may have happened all the same, so the log is read before it is tried again, and a submission that turns up
 * there is recognised by its (clientId, seq).
 */
export class CommitLoop {
  readonly #log: RoomLog;
  readonly #services: RoomServices;
  readonly #listeners: CommitEvents;
  readonly #stamps: ChangeStamps;
  #queue: PendingSubmission[] = [];
  #batch: readonly PendingSubmission[] = [];
  /** How many at the front of the queue are taken one by one, because together they offended the store. */
  #alone = 0;
  #running: Promise<void> | undefined;
  #attempt: Promise<boolean> | undefined;
  #storage: StorageState = { kind: 'healthy' };
  #isClosed = false;
  #cancelPause: (() => void) | undefined;

  constructor(log: RoomLog, services: RoomServices, listeners: CommitEvents) {
    this.#log = log;
    this.#services = services;
    this.#listeners = listeners;
    this.#stamps = new ChangeStamps(services.clock);
  }

  get queued(): number {
    return this.#queue.length;
  }

  /** What was asked for and has no outcome. */
  waiting = (): readonly PendingSubmission[] => [...this.#batch, ...this.#queue];

  get isIdle(): boolean {
    return this.#running === undefined && this.#queue.length === 0;
  }

  add(pending: PendingSubmission): void {
    if (this.#isClosed || this.#storage.kind === 'unavailable') {
      refuse(pending, 'Storage cannot commit now');
      return;
    }
    this.#queue.push(pending);
    this.#start();
  }

  /** Reads and delivers what others left in the log. Rejects where it cannot be read. */
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

  /** The same for a hint, which nobody waits for: where the log cannot be read, the next hint or commit tries again. */
  async follow(): Promise<void> {
    try {
      await this.catchUp();
    } catch (error) {
      if (error instanceof LogForkError) this.#fork(error);
      else this.#services.logger.warn({ documentId: this.#log.documentId, err: error }, 'The log could not be read');
    }
  }

  /** Resolves once nothing waits. */
  async settled(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  /** Resolves once what is being committed now has been, or not; what comes after was sequenced after this call. */
  async attempted(): Promise<void> {
    await this.#attempt;
  }

  /** Refuses what waits; what is being appended may still become durable, and its client finds it when it comes back. */
  close(): void {
    this.#isClosed = true;
    this.#cancelPause?.();
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
      const batch = (this.#batch = this.#queue.splice(0, this.#alone > 0 ? 1 : this.#batchLength()));
      if (this.#alone > 0) this.#alone -= 1;
      while (!(await (this.#attempt = this.#commit(batch)))) {
        if (this.#isClosed || this.#storage.kind === 'unavailable') {
          this.#refuseAll(batch);
          return;
        }
      }
    }
  }

  /** How many submissions at the front of the queue are planned and committed together. */
  #batchLength(): number {
    const { head } = this.#log;
    return batchLength(this.#queue, (version, parts) => {
      return this.#log.partsAfter(version) + Math.max(0, head.version - version) * parts;
    });
  }

  /** Tries once; false where the batch must be planned anew on what the log says by now. */
  async #commit(batch: readonly PendingSubmission[]): Promise<boolean> {
    try {
      const plan = await this.#plan(batch);
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
      else await this.#recover(error);
    }
    return false;
  }

  /**
   * The store will never take this batch, and nothing of it was written. Of several, each is tried alone, so that only the one
   * that offends is refused. False where what is known of its client was wrong, and planning anew will say so.
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
      await this.#recover(failure);
      return false;
    }
    const { documentId } = this.#log;
    this.#services.logger.error({ documentId, err: error }, 'A submission that the store cannot take is refused');
    const refusal = withoutDamage(error);
    if (refusal instanceof RefusalError) {
      const { code, message, retryAfter = RETRY_LAST } = refusal;
      pending.settle({ kind: 'refused', code, message, retryAfter });
    } else {
      pending.settle({ kind: 'refused', code: 'internal', message: 'The store cannot take this submission' });
    }
    return true;
  }

  async #plan(batch: readonly PendingSubmission[]): Promise<BatchPlan> {
    const older = new Map<number, Change>();
    for (const { submission } of batch) {
      // Without waiting where nothing has to be read, so that rooms that begin in one turn come to the store together.
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
      maximumLength: this.#services.limits.documentLength,
    });
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
    this.#storage = { kind: 'healthy' };
    this.#adopt(plan.head, plan.changes);
    this.#services.bus.publish(this.#log.documentId, { node: this.#services.node, version: plan.head.version });
  }

  #adopt(head: RoomLog['head'], deliveries: readonly Delivery[]): void {
    // The log may have been read between the commit and its answer; then all of this is adopted already.
    if (head.version <= this.#log.head.version) return;
    this.#log.adopt(
      head,
      deliveries.map(({ change }) => change),
    );
    this.#stamps.adopted();
    this.#listeners.deliver(deliveries);
    const { documentId } = this.#log;
    const snapshot = this.#log.snapshotWhenDue();
    if (snapshot !== undefined) void this.#services.jobs.run('snapshot', () => snapshot, { documentId });
  }

  /** After a failure of unknown outcome: pause, then read what the log says. From some time on, give up and probe. */
  async #recover(error: unknown): Promise<void> {
    const { clock, limits, logger } = this.#services;
    const documentId = this.#log.documentId;
    const now = clock.monotonic();
    const { since, pause } = (this.#storage = failedAgain(this.#storage, now));
    logger.error({ documentId, err: error }, 'A commit failed; its outcome is unknown and the log will be read');
    if (now - since >= limits.unavailableAfter) {
      this.#storage = { kind: 'unavailable' };
      void this.#probe();
      return;
    }
    await this.#pause(pause);
    if (this.#isClosed) return;
    try {
      await this.catchUp();
    } catch (failure) {
      if (failure instanceof LogForkError) this.#fork(failure);
    }
  }

  /** Until the store commits again: look every second, then read the log and take submissions again. */
  async #probe(): Promise<void> {
    while (!this.#isClosed) {
      await this.#pause(RETRY_LAST);
      try {
        await this.#services.store.check();
        await this.catchUp();
        this.#storage = { kind: 'healthy' };
        this.#services.logger.info({ documentId: this.#log.documentId }, 'Storage commits again');
        return;
      } catch (error) {
        if (error instanceof LogForkError) this.#fork(error);
      }
    }
  }

  #pause(duration: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#services.clock.after(duration, resolve);
      this.#cancelPause = () => {
        cancel();
        resolve();
      };
    });
  }

  #fork(error: LogForkError): void {
    this.#services.logger.error({ documentId: this.#log.documentId, err: error }, 'The room is dropped');
    this.#isClosed = true;
    this.#listeners.abandon();
  }

  #refuseAll(batch: readonly PendingSubmission[]): void {
    const refused = [...batch, ...this.#queue];
    this.#queue = [];
    this.#alone = 0;
    for (const pending of refused) refuse(pending, 'Storage cannot commit now; keep the edits and send them again');
  }
}
