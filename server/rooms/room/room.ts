import type { CloseCode } from '../../../shared/protocol/errors.ts';
import type { Cursor } from '../../../shared/protocol/presence-messages.ts';
import type { User } from '../../../shared/protocol/users.ts';
import type { RoleNow } from '../../access/roles.ts';
import type { Requester } from '../../access/requester.ts';
import { CarryMark, carriedCursor } from '../presence/carried-cursor.ts';
import { CommitLoop } from '../commit/commit-loop.ts';
import type { AccessCatalogue } from '../../stores/access-catalogue.ts';
import type { DocumentCatalogue, DocumentRecord } from '../../stores/document-catalogue.ts';
import { DeliveryBatch, type Delivery } from '../frames/delivery-batch.ts';
import { JoinAnswers, type KnownVersion } from './join-answers.ts';
import { LateSubmissions } from '../commit/late-submissions.ts';
import { PresenceBoard } from '../presence/presence-board.ts';
import { noSuchDocument, RefusalError } from '../../base/refusal.ts';
import { refuse } from '../commit/refused-submission.ts';
import type { PendingSubmission } from '../commit/batch-plan.ts';
import { RoomAccess } from './room-access.ts';
import type { RoomLog } from '../commit/room-log.ts';
import type { JoinedSession } from './joined-session.ts';
import { RoomMembers } from './room-members.ts';
import { TitleTeller } from './title-updates.ts';
import { answerTo } from '../commit/unanswered.ts';
import type { RoomServices } from '../services/room-services.ts';
import type { Frame } from '../frames/wire-frame.ts';

/** After so many milliseconds somebody may have left a full room. */
const RETRY_FULL = 5000;
/** After so many milliseconds a closed room has been opened anew. */
const RETRY_AFTER = 500;

/** What a room asks of the catalogue. */
export type RoomCatalogue = Pick<DocumentCatalogue, 'findDocument'> & Pick<AccessCatalogue, 'userAccess'>;

/** One open document: it orders submissions, makes them durable, and tells everybody in it. */
export class Room {
  readonly presence: PresenceBoard;
  readonly log: RoomLog;
  readonly access: RoomAccess;
  readonly #services: RoomServices;
  readonly #catalogue: RoomCatalogue;
  readonly #members: RoomMembers;
  readonly #commits: CommitLoop;
  readonly #late: LateSubmissions;
  readonly #answers: JoinAnswers;
  readonly #titles: TitleTeller;
  readonly #unsubscribe: () => void;
  readonly #carried: CarryMark;
  #lastUsed: number;
  #isFinishing = false;
  #isClosed = false;
  #isGone = false;

  constructor(
    record: DocumentRecord,
    log: RoomLog,
    services: RoomServices & { readonly catalogue: RoomCatalogue },
    abandon: () => void,
  ) {
    this.log = log;
    this.#services = services;
    this.#catalogue = services.catalogue;
    this.access = new RoomAccess(record, services.catalogue, services.clock);
    this.#carried = new CarryMark(log);
    this.#lastUsed = services.clock.monotonic();
    this.presence = new PresenceBoard(this, services);
    this.#answers = new JoinAnswers(this, services);
    this.#titles = new TitleTeller(this, services.clock);
    this.#members = new RoomMembers(this.access, this.presence, services.clock);
    this.#commits = new CommitLoop(log, services, { deliver: (deliveries) => this.#deliver(deliveries), abandon });
    this.#late = new LateSubmissions(log, services, (pending) => this.#commits.add(pending));
    this.#unsubscribe = services.bus.subscribe(record.id, (message) => {
      if (message.node === services.node) return;
      if (message.version > this.version) void this.#commits.follow();
      if (message.access === true) void this.#followAccess();
    });
  }

  get documentId(): string {
    return this.access.record.id;
  }

  get title(): string {
    return this.access.record.title;
  }

  /** The newest durable version. */
  get version(): number {
    return this.log.head.version;
  }

  get memberCount(): number {
    return this.#members.count;
  }

  /** Submissions that wait for a commit. */
  get queued(): number {
    return this.#commits.queued + this.#late.count;
  }

  /** About what it takes in memory. */
  get bytes(): number {
    return this.log.bytes + 2 * this.#answers.unitsKept;
  }

  /** Nobody is in it, and nothing waits. */
  get isEmpty(): boolean {
    return this.#members.count === 0 && this.#commits.isIdle && this.#late.count === 0;
  }

  /** When it was asked for last. Monotonic milliseconds. */
  get lastUsed(): number {
    return this.#lastUsed;
  }

  /** True where nobody is in it, nothing waits, and nobody asked for it for a while. */
  get isIdle(): boolean {
    const idleSince = this.#services.clock.monotonic() - this.#services.limits.roomIdle;
    return this.isEmpty && this.#lastUsed <= idleSince;
  }

  /** It was closed because its document is in the trash; what waited for a commit was refused. */
  get isGone(): boolean {
    return this.#isGone;
  }

  /** Notes that somebody uses the room, which keeps it in memory. */
  touch(): void {
    this.#lastUsed = this.#services.clock.monotonic();
  }

  submit(pending: PendingSubmission): void {
    if (this.#isFinishing) return refuse(pending, 'The server is stopping');
    this.touch();
    this.#services.counters.submissions += 1;
    // Its author may leave before it is sequenced, and is judged then all the same.
    const { submission, author, origin, denied } = pending;
    const release = this.access.keep(submission.userId);
    // Field by field, because a spread costs each submission a hidden class of its own.
    const kept: PendingSubmission = {
      submission,
      author,
      origin,
      denied,
      settle: (outcome) => {
        release();
        pending.settle(outcome);
      },
    };
    if (!this.#late.take(kept)) this.#commits.add(kept);
  }

  /**
   * Answers a `join` and takes the member in. The answer and the subscription happen in one turn, so no change falls between
   * them. Does nothing where the member is not there any more when the store has answered. Throws RefusalError `not_found`,
   * `client_taken`, and `unavailable` where the room was closed.
   */
  async join(member: JoinedSession, join: KnownVersion, isStillThere: () => boolean): Promise<void> {
    this.touch();
    const release = await this.access.hold(member.requester.id);
    try {
      await this.#takeIn(member, join, { isStillThere, release });
    } catch (error) {
      release();
      throw error;
    }
  }

  async #takeIn(
    member: JoinedSession,
    join: KnownVersion,
    { isStillThere, release }: { isStillThere: () => boolean; release: () => void },
  ): Promise<void> {
    // Strangers cost no reading of the log.
    this.#roleAtJoin(member);
    if (!this.log.keepClient(member.clientId)) await this.log.knowClient(member.clientId);
    if (join.version !== undefined && join.version > this.version) await this.#commits.follow();
    const answered =
      join.unanswered &&
      (await answerTo(join.unanswered, member.clientId, {
        log: this.log,
        commits: this.#commits,
        dismiss: (clientId) => {
          this.#members.dismiss(clientId);
          this.#late.withdraw(clientId);
        },
      }));
    const isKept = join.version === undefined || (answered === undefined && this.#answers.isKept(member, join));
    const missed = isKept ? undefined : await this.log.missed(join.version!, join.timestamp);
    const isTail = missed?.kind === 'tail' || (isKept && join.version !== undefined);
    if (!isTail) await this.#answers.prepare();
    else if (!isKept) await this.#services.slices.next();
    if (!isStillThere()) return release();
    if (this.#isClosed) throw new RefusalError('unavailable', 'The room was closed meanwhile', RETRY_AFTER);
    const role = this.#roleAtJoin(member);
    const isFull =
      this.#members.count >= this.#services.limits.documentSessions && !this.#members.has(member.sessionId);
    if (isFull) throw new RefusalError('rate_limited', 'This document is open as often as it may be', RETRY_FULL);
    if (!this.log.bindClient(member.clientId, member.user.id)) {
      throw new RefusalError('client_taken', 'This clientId belongs to another user');
    }
    this.#members.enter(member, role, release);
    member.send(this.#answers.frameFor(member, join, { missed, answered }));
  }

  /** Ends a member's stay. A member that was replaced by a newer socket of its client is not there any more. */
  leave(member: JoinedSession): void {
    if (this.#members.leave(member)) this.touch();
  }

  /** Shows a user's new name and colour in all their sessions; with `keepsColor` only the name. */
  renameUser(user: User, keepsColor: boolean): void {
    this.#members.rename(user, keepsColor);
  }

  /** Takes a fresh credential of a member. */
  renew(member: JoinedSession, requester: Requester): void {
    this.#members.renew(member, requester);
  }

  /** Takes new settings: tells the title, and what the link access makes of everybody's role. */
  configure(record: DocumentRecord): void {
    this.access.record = record;
    this.#members.reconsider();
    this.#titles.changed();
  }

  /**
   * Reads anew what everybody, or one user, may do, and applies it: from then on every submission is judged by it. Resolves once
   * what was sequenced before has been committed or not, so that nothing of it comes afterwards.
   */
  async refreshAccess(userId?: string): Promise<void> {
    const [record] = await Promise.all([this.#catalogue.findDocument(this.documentId), this.access.refresh(userId)]);
    if (record !== undefined) this.access.record = record;
    this.#members.reconsider();
    await this.#commits.attempted();
  }

  async #followAccess(): Promise<void> {
    try {
      await this.refreshAccess();
    } catch (error) {
      this.#services.logger.warn({ documentId: this.documentId, err: error }, 'Access could not be read');
    }
  }

  #roleAtJoin(member: JoinedSession): RoleNow {
    const now = this.access.roleOf(member.requester);
    if (now === undefined) throw noSuchDocument();
    return now;
  }

  /** Takes no more that has far to go, and resolves once nothing waits for a commit. */
  settled(): Promise<void> {
    this.#late.close();
    return this.#commits.settled();
  }

  /** Takes nothing more, so that nobody who goes on sending keeps the server; resolves once nothing waits. */
  finish(): Promise<void> {
    this.#isFinishing = true;
    return this.settled();
  }

  /** Sends everybody away, refuses what waits, and lets go of timers. */
  close(code: CloseCode): void {
    this.#isClosed = true;
    this.#isGone = code === 4404;
    this.#titles.close();
    this.#unsubscribe();
    this.#late.close();
    this.#commits.close();
    this.#members.close(code);
    this.presence.close();
  }

  // What the presence board asks.

  carry(cursor: Cursor, sessionId: string): Cursor | null {
    return carriedCursor(cursor, this.log, { sessionId, steps: this.#services.limits.caretSteps });
  }

  broadcast(frameFor: (sessionId: string) => Frame | undefined, messages: number): void {
    this.#members.send(({ sessionId }) => frameFor(sessionId), messages);
  }

  #deliver(deliveries: readonly Delivery[]): void {
    this.#answers.changed();
    const batch = new DeliveryBatch(this.documentId, deliveries, this.#services.frameArena);
    // Authors first: their acknowledgement lets them go on.
    const authors = deliveries.map(({ change }) => change.sessionId);
    this.#members.send((member) => batch.frameFor(member), deliveries.length, authors);
    for (const { change } of deliveries) this.presence.touch(change.sessionId);
    if (this.#carried.isDue()) this.presence.carryAll();
  }
}
