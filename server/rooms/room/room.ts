import type { CloseCode } from '../../../shared/protocol/errors.ts';
import type { Unanswered } from '../../../shared/protocol/session-messages.ts';
import type { User } from '../../../shared/protocol/fields.ts';
import type { Change } from '../../../shared/sync/change.ts';
import type { Requester } from '../../access/identity.ts';
import { CommitLoop } from '../commit/commit-loop.ts';
import type { DocumentRecord } from '../../stores/document-catalogue.ts';
import { DeliveryBatch, type Delivery } from '../frames/delivery-batch.ts';
import { JoinAnswers, type KnownVersion } from './join-answers.ts';
import { LateSubmissions } from '../commit/late-submissions.ts';
import { PresenceBoard } from '../presence/presence-board.ts';
import { RefusalError } from '../../base/refusal.ts';
import { refuse, type PendingSubmission } from '../commit/batch-plan.ts';
import { RoomParts } from '../parts/room-part.ts';
import { RoomAccess, type RoomCatalogue } from './room-access.ts';
import type { RoomLog } from '../commit/room-log.ts';
import type { JoinedSession } from './joined-session.ts';
import { JoinedSessions } from './joined-sessions.ts';
import { titleNow } from './room-title.ts';
import { TitleUpdates } from './title-updates.ts';
import { answerTo, type Answered } from '../commit/unanswered.ts';
import type { RoomServices } from '../services/room-services.ts';

/** Milliseconds after which somebody may have left a full room. */
const RETRY_FULL = 5000;
/** Milliseconds after which a closed room has been opened again. */
const RETRY_AFTER = 500;

/** One open document: it orders submissions, makes them durable, and tells everybody in it. */
export class Room {
  readonly log: RoomLog;
  readonly access: RoomAccess;
  readonly presence: PresenceBoard;
  readonly parts: RoomParts;
  readonly #services: RoomServices;
  readonly #sessions: JoinedSessions;
  readonly #commits: CommitLoop;
  readonly #late: LateSubmissions;
  readonly #answers: JoinAnswers;
  readonly #titles: TitleUpdates;
  readonly #unsubscribe: () => void;
  #lastUsed: number;
  #notedVersion = 0;
  #isFinishing = false;
  #isClosed = false;
  #isGone = false;

  constructor(
    record: DocumentRecord,
    log: RoomLog,
    services: RoomServices & { readonly catalogue: RoomCatalogue },
    abandon: () => void,
  ) {
    const { catalogue, clock } = services;
    this.log = log;
    this.#services = services;
    this.#lastUsed = clock.monotonic();
    this.access = new RoomAccess(record, catalogue, clock);
    this.#sessions = new JoinedSessions(this.access, clock, (session) => this.presence.update(session));
    this.parts = new RoomParts({ documentId: record.id, log, audience: this.#sessions });
    // One line for each part of a room, with the messages that it owns.
    this.presence = this.parts.add(['cursor', 'presence'], (deps) => {
      return new PresenceBoard(deps, services, (sessionId) => this.#visited(this.#sessions.get(sessionId)));
    });
    this.#answers = new JoinAnswers(log, this.access, services);
    this.#titles = new TitleUpdates(this, this.#sessions, clock);
    this.#commits = new CommitLoop(log, services, {
      committed: (deliveries, changes) => this.#tell(deliveries, changes),
      abandon,
    });
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

  /** The newest durable version. */
  get version(): number {
    return this.log.head.version;
  }

  get sessionCount(): number {
    return this.#sessions.count;
  }

  /** How many submissions wait for a commit. */
  get queued(): number {
    return this.#commits.queued + this.#late.count;
  }

  /** About how many bytes of memory it takes. */
  get bytes(): number {
    return this.log.bytes + 2 * this.#answers.unitsKept;
  }

  /** Nobody is in it, and nothing waits. */
  get isEmpty(): boolean {
    return this.#sessions.count === 0 && this.#commits.isIdle && this.#late.count === 0;
  }

  /** When it was used last. Monotonic milliseconds. */
  get lastUsed(): number {
    return this.#lastUsed;
  }

  /** Nobody is in it, nothing waits, and nobody has asked for it for `roomIdle` milliseconds. */
  get isIdle(): boolean {
    const idleSince = this.#services.clock.monotonic() - this.#services.limits.roomIdle;
    return this.isEmpty && this.#lastUsed <= idleSince;
  }

  /** It was closed because its document is in the trash. What waited for a commit was refused. */
  get isGone(): boolean {
    return this.#isGone;
  }

  /** Notes that somebody uses the room, which keeps it in memory. */
  touch(): void {
    this.#lastUsed = this.#services.clock.monotonic();
  }

  /** Takes a submission, which is settled once it is durable or refused. */
  submit(pending: PendingSubmission): void {
    if (this.#isFinishing) return refuse(pending, 'The server is stopping');
    this.touch();
    this.#services.counters.submissions += 1;
    // Its author may leave before it is sequenced, and their access is needed then all the same.
    const { submission, author, origin, denied } = pending;
    const release = this.access.keep(submission.userId);
    // Field by field, because a spread gives each submission a hidden class of its own.
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
   * Answers a `join` and takes the session in. The answer and the subscription happen in one turn, so no change falls between
   * them. Does nothing if the session is gone by the time the store has answered. Throws RefusalError `not_found`, `client_taken`,
   * `rate_limited` if the room is full, and `unavailable` if it was closed.
   */
  async join(session: JoinedSession, join: KnownVersion, isStillThere: () => boolean): Promise<void> {
    this.touch();
    const release = await this.access.hold(session.requester.id);
    try {
      await this.#takeIn(session, join, { isStillThere, release });
    } catch (error) {
      release();
      throw error;
    }
  }

  async #takeIn(
    session: JoinedSession,
    join: KnownVersion,
    { isStillThere, release }: { isStillThere: () => boolean; release: () => void },
  ): Promise<void> {
    // Strangers cost no reading of the log.
    this.access.requireRole(session.requester);
    if (!this.log.keepClient(session.clientId)) await this.log.knowClient(session.clientId);
    if (join.version !== undefined && join.version > this.version) await this.#commits.follow();
    const answered = join.unanswered && (await this.#answerTo(join.unanswered, session.clientId));
    const isKept = answered === undefined && this.#answers.isKept(session, join);
    const missed = isKept ? undefined : await this.#answers.prepare(join);
    if (!isStillThere()) return release();
    if (this.#isClosed) throw new RefusalError('unavailable', 'The room was closed meanwhile', RETRY_AFTER);
    const role = this.access.requireRole(session.requester);
    const isFull =
      this.#sessions.count >= this.#services.limits.documentSessions && !this.#sessions.has(session.sessionId);
    if (isFull) throw new RefusalError('rate_limited', 'This document is open as often as it may be', RETRY_FULL);
    if (!this.log.bindClient(session.clientId, session.user.id)) {
      throw new RefusalError('client_taken', 'This clientId belongs to another user');
    }
    this.#sessions.prepare(session, role);
    const fields = this.parts.welcome(session);
    this.#sessions.enter(session, release);
    this.#visited(session);
    session.send(this.#answers.frameFor(session, join, { missed, answered, fields }));
  }

  /** What became of the submission that a client has in flight. */
  #answerTo(unanswered: readonly Unanswered[], clientId: string): Promise<Answered | undefined> {
    const dismiss = (former: string): void => {
      this.#sessions.dismiss(former);
      this.#late.withdraw(former);
    };
    return answerTo(unanswered, clientId, { log: this.log, commits: this.#commits, dismiss });
  }

  /** Ends a session's stay. Does nothing if a newer socket of its client has taken over. */
  leave(session: JoinedSession): void {
    if (!this.#sessions.leave(session)) return;
    this.#visited(session);
    this.presence.leave(session.sessionId);
    this.touch();
  }

  /** What the document is called now. */
  get title(): string {
    return titleNow(this.access.record, this.log.head.text);
  }

  /** Notes what everybody who is here has seen, if there is something new since it was called last. */
  noteVisits(): void {
    if (this.#notedVersion === this.version) return;
    this.#notedVersion = this.version;
    for (const session of this.#sessions.all()) this.#visited(session);
  }

  /** Gives all sessions of a user the new name and colour; with `keepsColor` only the name. */
  renameUser(user: User, keepsColor: boolean): void {
    this.#sessions.rename(user, keepsColor);
  }

  /** Takes a session's fresh credential. */
  renew(session: JoinedSession, requester: Requester): void {
    this.#sessions.renew(session, requester);
  }

  /** Takes new settings of the document: tells the title, and the roles that follow from the link access. */
  configure(record: DocumentRecord): void {
    this.access.record = record;
    this.#sessions.reconsider();
    this.#titles.changed();
  }

  /**
   * Reads again what everybody, or one user, may do, and applies it: from then on every submission is judged by it. Resolves once
   * the commit that is under way has succeeded or failed, so that nothing that was sequenced before comes afterwards.
   */
  async refreshAccess(userId?: string): Promise<void> {
    await this.access.refresh(userId);
    this.#sessions.reconsider();
    await this.#commits.attempted();
  }

  async #followAccess(): Promise<void> {
    try {
      await this.refreshAccess();
    } catch (error) {
      this.#services.logger.warn({ documentId: this.documentId, err: error }, 'Access could not be read');
    }
  }

  /** Refuses late submissions, and resolves once nothing waits for a commit. */
  settled(): Promise<void> {
    this.#late.close();
    return this.#commits.settled();
  }

  /** Refuses new submissions, so that nobody who goes on sending keeps the server from stopping. Resolves once nothing waits. */
  finish(): Promise<void> {
    this.#isFinishing = true;
    return this.settled();
  }

  /** Closes everybody's session, refuses what waits, and ends all timers. */
  close(code: CloseCode): void {
    this.#isClosed = true;
    this.#isGone = code === 4404;
    this.#titles.close();
    this.#unsubscribe();
    this.#late.close();
    this.#commits.close();
    this.#sessions.close(code);
    this.presence.close();
  }

  /** A session sees the newest version, unless nobody looks at it. */
  #visited(session: JoinedSession | undefined): void {
    if (session === undefined || this.presence.isAway(session.sessionId)) return;
    const { documentId, version } = this;
    this.#services.visits.note({ documentId, version, user: session.user });
  }

  #tell(deliveries: readonly Delivery[], changes: readonly Change[]): void {
    this.#answers.changed();
    const batch = new DeliveryBatch(this.documentId, deliveries, this.#services.frameArena);
    // Authors first: their acknowledgement lets them go on.
    const authors = changes.map(({ sessionId }) => sessionId);
    this.#sessions.send((session) => batch.frameFor(session), changes.length, authors);
    this.parts.committed(changes);
  }
}
