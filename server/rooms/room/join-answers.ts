import type { DocumentInit, DocumentSync } from '../../../shared/protocol/document-messages.ts';
import type { JoinMessage } from '../../../shared/protocol/session-messages.ts';
import type { Change } from '../../../shared/sync/change.ts';
import type { ChunkedText } from '../../../shared/text/chunked-text.ts';
import { SyncCache, type Fields } from './sync-cache.ts';
import { encodedText, prepareText } from '../frames/encoded-text.ts';
import { encodeMessage } from '../frames/frames.ts';
import { countIn } from '../services/room-counters.ts';
import type { PresenceBoard } from '../presence/presence-board.ts';
import type { CatchUpPlan, RoomLog } from '../commit/room-log.ts';
import type { JoinedSession } from './joined-session.ts';
import type { RoomServices } from '../services/room-services.ts';
import type { Answered } from '../commit/unanswered.ts';
import { LongMessage, type Frame } from '../frames/wire-frame.ts';

/** UTF-16 units from which on a text goes out in pieces that its readers share. */
const LONG_TEXT = 131_072;

/** What answers are made of. */
export interface AnsweringRoom {
  readonly documentId: string;
  readonly title: string;
  readonly log: RoomLog;
  readonly presence: PresenceBoard;
}

/** Where a client says that it is. */
export type KnownVersion = Pick<JoinMessage, 'version' | 'timestamp' | 'compact' | 'unanswered'>;

/** What the log and the store had to say for an answer. */
interface Findings {
  /** Needed unless the answer is kept. */
  readonly missed: CatchUpPlan | undefined;
  /** The submission in flight, where it was committed. */
  readonly answered: Answered | undefined;
}

/** Everything but the text, or what was missed of it. */
type Answer = Omit<DocumentSync, 'type' | 'updates'>;

/** What a room answers to `join`. */
export class JoinAnswers {
  readonly #room: AnsweringRoom;
  readonly #services: Pick<RoomServices, 'limits' | 'counters' | 'slices'>;
  readonly #catchUps = new SyncCache();
  /** Keeps the bytes of the text until the answer holds them. */
  readonly #prepared = new Set<readonly Buffer[]>();

  constructor(room: AnsweringRoom, services: Pick<RoomServices, 'limits' | 'counters' | 'slices'>) {
    this.#room = room;
    this.#services = services;
  }

  /** UTF-16 units that are kept for others. */
  get unitsKept(): number {
    return this.#catchUps.units;
  }

  /** Whether the answer is known, so that the log need not be asked. It is until something else is waited for. */
  isKept(member: JoinedSession, join: KnownVersion): boolean {
    return this.#kept(member, join) !== undefined;
  }

  /** There is a newer version. */
  changed(): void {
    this.#catchUps.clear();
  }

  /** Does beforehand, in slices, what is much work for a long text. The answer is made in the turn that this resolves in. */
  async prepare(): Promise<void> {
    const { text } = this.#room.log.head;
    if (!isLong(text)) return;
    const bytes = await prepareText(text, this.#services.slices);
    this.#prepared.add(bytes);
    // By then they are on their way to somebody, or nobody wants them any more.
    setImmediate(() => this.#prepared.delete(bytes));
  }

  /** The frame that answers a join, after which the member hears every change. */
  frameFor(member: JoinedSession, join: KnownVersion, { missed, answered }: Findings): Frame {
    if (join.version === undefined) return this.#init(member, 'new', answered?.version);
    const kept = answered === undefined ? this.#kept(member, join) : undefined;
    if (kept !== undefined) return this.#sync(member, kept);
    if (missed?.kind !== 'tail') return this.#init(member, missed?.reason ?? 'behind', answered?.version);
    // Between the answer of the store and this turn more may have been adopted.
    const newest = this.#room.log.recentAfter(missed.changes.at(-1)?.version ?? join.version);
    if (newest === undefined) return this.#init(member, 'behind', answered?.version);
    const changes: readonly Change[] = [...missed.changes, ...newest];
    const own = answered && changes.find(({ clientId, seq }) => clientId === answered.clientId && seq === answered.seq);
    return this.#sync(member, this.#catchUps.encode(changes, member, join.version, join), own?.version);
  }

  #kept(member: JoinedSession, join: KnownVersion): Fields | undefined {
    if (join.version === undefined) return undefined;
    // In the long form the own changes of a reader are marked.
    const hasOwn = (this.#room.log.client(member.clientId)?.version ?? 0) > join.version;
    return hasOwn && join.compact !== true ? undefined : this.#catchUps.find(join.version, join);
  }

  #init(member: JoinedSession, reason: 'new' | 'behind' | 'fork', answered: number | undefined): Frame {
    countIn(this.#services.counters.joins, reason);
    const { text } = this.#room.log.head;
    const answer = { type: 'document-init' as const, ...this.#answer(member, answered), reason };
    if (!isLong(text)) return encodeMessage({ ...answer, content: text.toString() });
    const head = `${JSON.stringify(answer satisfies Omit<DocumentInit, 'content'>).slice(0, -1)},"content":"`;
    return new LongMessage([Buffer.from(head), ...encodedText(text), Buffer.from('"}')]);
  }

  #sync(member: JoinedSession, fields: Fields, answered?: number): Frame {
    countIn(this.#services.counters.joins, 'sync');
    const answer = JSON.stringify({ type: 'document-sync', ...this.#answer(member, answered) } satisfies {
      type: string;
    } & Answer);
    if (typeof fields === 'string') return `${answer.slice(0, -1)},${fields}}`;
    return new LongMessage([Buffer.from(`${answer.slice(0, -1)},`), ...fields, Buffer.from('}')]);
  }

  #answer(member: JoinedSession, answered: number | undefined): Answer {
    const { documentLength, messageBytes, operations, heartbeatInterval } = this.#services.limits;
    const { documentId, title, log, presence } = this.#room;
    return {
      documentId,
      version: log.head.version,
      timestamp: log.head.timestamp,
      seq: log.client(member.clientId)?.seq ?? 0,
      title,
      session: { id: member.sessionId, user: member.user, role: member.role },
      connectionId: member.connectionId,
      collaborators: presence.collaboratorsFor(member.sessionId),
      count: presence.count,
      limits: { documentLength, messageBytes, operations },
      heartbeatInterval,
      ...(answered !== undefined && { answered }),
    };
  }
}

function isLong({ length }: ChunkedText): boolean {
  return length >= LONG_TEXT;
}
