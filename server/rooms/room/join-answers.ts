import type { DocumentInit, DocumentSync } from '../../../shared/protocol/document-messages.ts';
import type { JoinMessage } from '../../../shared/protocol/session-messages.ts';
import type { Change } from '../../../shared/sync/change.ts';
import type { ChunkedText } from '../../../shared/text/chunked-text.ts';
import { SyncCache, type Fields } from './sync-cache.ts';
import { encodedText, prepareText } from '../frames/encoded-text.ts';
import { encodeMessage } from '../frames/frames.ts';
import { countIn } from '../services/room-counters.ts';
import type { CatchUpPlan, RoomLog } from '../commit/room-log.ts';
import type { PartFields } from '../parts/room-part.ts';
import type { JoinedSession } from './joined-session.ts';
import type { RoomAccess } from './room-access.ts';
import { titleNow } from './room-title.ts';
import type { RoomServices } from '../services/room-services.ts';
import type { Answered } from '../commit/unanswered.ts';
import { LongMessage, type Frame } from '../frames/wire-frame.ts';

/** From this many UTF-16 units on, a text goes out in pieces that its readers share. */
const LONG_TEXT = 131_072;

/** The version that a client says it has. */
export type KnownVersion = Pick<JoinMessage, 'version' | 'timestamp' | 'compact' | 'unanswered'>;

/** What an answer is made of, besides the log. */
interface Findings {
  /** What `prepare` found; not needed if the answer is kept. */
  readonly missed: CatchUpPlan | undefined;
  /** The client's submission in flight, if it was committed. */
  readonly answered: Answered | undefined;
  readonly fields: PartFields;
}

/** An answer without the text, or without the changes that were missed. */
type Answer = Omit<DocumentSync, 'type' | 'updates'>;

/** What a room answers to `join`. */
export class JoinAnswers {
  readonly #log: RoomLog;
  readonly #access: RoomAccess;
  readonly #services: Pick<RoomServices, 'limits' | 'counters' | 'slices'>;
  readonly #cache = new SyncCache();
  /** Keeps the encoded text alive until the answer holds it. */
  readonly #prepared = new Set<readonly Buffer[]>();

  constructor(log: RoomLog, access: RoomAccess, services: Pick<RoomServices, 'limits' | 'counters' | 'slices'>) {
    this.#log = log;
    this.#access = access;
    this.#services = services;
  }

  /** UTF-16 units of the kept answers. */
  get unitsKept(): number {
    return this.#cache.units;
  }

  /** Whether what was missed is encoded already, so that `prepare` is not needed. Holds until the caller awaits something. */
  isKept(session: JoinedSession, join: KnownVersion): boolean {
    return this.#kept(session, join) !== undefined;
  }

  /** There is a newer version. */
  changed(): void {
    this.#cache.clear();
  }

  /**
   * Finds what the client missed, or encodes the text if that must be sent; what takes long is done in slices. The answer is to be
   * made in the turn in which this resolves.
   */
  async prepare({ version, timestamp }: KnownVersion): Promise<CatchUpPlan | undefined> {
    const missed = version === undefined ? undefined : await this.#log.missed(version, timestamp);
    if (missed?.kind === 'tail') await this.#services.slices.next();
    else await this.#prepareText();
    return missed;
  }

  /** The frame that answers a join, after which the session hears every change. */
  frameFor(session: JoinedSession, join: KnownVersion, { missed, answered, fields }: Findings): Frame {
    const text = (reason: DocumentInit['reason']): Frame =>
      this.#init(this.#answer(session, fields, answered?.version), reason);
    if (join.version === undefined) return text('new');
    const kept = answered === undefined ? this.#kept(session, join) : undefined;
    if (kept !== undefined) return this.#sync(this.#answer(session, fields), kept);
    if (missed?.kind !== 'tail') return text(missed?.reason ?? 'behind');
    // More may have been adopted since the store answered.
    const newest = this.#log.recentAfter(missed.changes.at(-1)?.version ?? join.version);
    if (newest === undefined) return text('behind');
    const changes: readonly Change[] = [...missed.changes, ...newest];
    const own = answered && changes.find(({ clientId, seq }) => clientId === answered.clientId && seq === answered.seq);
    const encoded = this.#cache.encode(changes, session, join.version, join);
    return this.#sync(this.#answer(session, fields, own?.version), encoded);
  }

  #kept(session: JoinedSession, join: KnownVersion): Fields | undefined {
    if (join.version === undefined) return undefined;
    // In the long form, the reader's own changes are marked.
    const hasOwn = (this.#log.client(session.clientId)?.version ?? 0) > join.version;
    return hasOwn && join.compact !== true ? undefined : this.#cache.find(join.version, join);
  }

  async #prepareText(): Promise<void> {
    const { text } = this.#log.head;
    if (!isLong(text)) return;
    const bytes = await prepareText(text, this.#services.slices);
    this.#prepared.add(bytes);
    // By then the answer holds them, or nobody wants them any more.
    setImmediate(() => this.#prepared.delete(bytes));
  }

  #init(answer: Answer, reason: DocumentInit['reason']): Frame {
    countIn(this.#services.counters.joins, reason);
    const { text } = this.#log.head;
    const init = { type: 'document-init' as const, ...answer, reason };
    if (!isLong(text)) return encodeMessage({ ...init, content: text.toString() });
    const head = `${JSON.stringify(init satisfies Omit<DocumentInit, 'content'>).slice(0, -1)},"content":"`;
    return new LongMessage([Buffer.from(head), ...encodedText(text), Buffer.from('"}')]);
  }

  #sync(answer: Answer, missed: Fields): Frame {
    countIn(this.#services.counters.joins, 'sync');
    const head = `${JSON.stringify({ type: 'document-sync', ...answer }).slice(0, -1)},`;
    if (typeof missed === 'string') return `${head}${missed}}`;
    return new LongMessage([Buffer.from(head), ...missed, Buffer.from('}')]);
  }

  #answer(session: JoinedSession, fields: PartFields, answered?: number): Answer {
    const { documentLength, messageBytes, operations, heartbeatInterval } = this.#services.limits;
    const { record } = this.#access;
    const { head } = this.#log;
    return {
      documentId: record.id,
      version: head.version,
      timestamp: head.timestamp,
      seq: this.#log.client(session.clientId)?.seq ?? 0,
      title: titleNow(record, head.text),
      isNamed: record.isNamed,
      session: { id: session.sessionId, user: session.user, role: session.role },
      connectionId: session.connectionId,
      ...fields,
      limits: { documentLength, messageBytes, operations },
      heartbeatInterval,
      ...(answered !== undefined && { answered }),
    };
  }
}

function isLong({ length }: ChunkedText): boolean {
  return length >= LONG_TEXT;
}
