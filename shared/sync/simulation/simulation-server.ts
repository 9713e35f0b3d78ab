import { ChunkedText } from '../../text/chunked-text.ts';
import { operationsFromEdit } from '../../text/operation.ts';
import type { accept, ClientRecord, Head, Submission } from '../authority.ts';
import type { Change, VersionName } from '../change.ts';
import type { DownMessage, Link, Update, UpMessage } from './simulation-link.ts';

/** What survives a restart of the server. */
interface Durable {
  readonly log: readonly Change[];
  readonly clients: ReadonlyMap<string, ClientRecord>;
}

interface Waiting {
  readonly submission: Submission;
  readonly origin: Link;
}

/** Counts what happened, so that a test can tell whether the runs covered everything. */
export interface ServerCounts {
  commits: number;
  duplicates: number;
  takeovers: number;
  snapshots: number;
  forks: number;
  restarts: number;
}

/** What a restored backup took away. */
export interface Restoration {
  readonly forgotten: readonly Change[];
  readonly before: string;
  readonly after: string;
}

/** A server as in server/rooms, with the real authority, one document, and a log in memory that restarts do not touch. */
export class SimulatedServer {
  readonly counts: ServerCounts = { commits: 0, duplicates: 0, takeovers: 0, snapshots: 0, forks: 0, restarts: 0 };
  readonly restorations: Restoration[] = [];
  readonly #accept: typeof accept;
  readonly #tailLimit: number;
  #durable: Durable = { log: [], clients: new Map() };
  #backup: Durable = this.#durable;
  #head: Head = { version: 0, timestamp: 0, text: ChunkedText.EMPTY };
  #queue: Waiting[] = [];
  #sessions = new Map<string, Link>();
  #clock = 1;

  /** A client that misses more changes than `tailLimit` gets a snapshot. */
  constructor(decide: typeof accept, tailLimit: number) {
    this.#accept = decide;
    this.#tailLimit = tailLimit;
  }

  get head(): Head {
    return this.#head;
  }

  get log(): readonly Change[] {
    return this.#durable.log;
  }

  get waiting(): number {
    return this.#queue.length;
  }

  /** A message arrives. Messages of closed sessions are ignored. */
  hear(link: Link, message: UpMessage): void {
    if (link.session === 'closed') return;
    if (message.type === 'join') this.#join(link, message.name);
    else if (link.session === 'joined') {
      const { clientId } = link;
      const { seq, version, operations } = message;
      if (operations.length === 0) throw new Error('A submission came without operations');
      const submission = { clientId, userId: `user of ${clientId}`, sessionId: clientId, seq, version, operations };
      this.#queue.push({ submission, origin: link });
    }
  }

  /** Commits at most `count` waiting submissions and tells everybody. */
  serve(count: number): void {
    this.#clock += 1;
    for (const waiting of this.#queue.splice(0, count)) this.#commit(waiting, (link, message) => send(link, message));
  }

  /** Refuses the first waiting submission, as when storage fails. */
  stumble(): void {
    const waiting = this.#queue.shift();
    if (waiting !== undefined)
      send(waiting.origin, { type: 'error', code: 'unavailable', seq: waiting.submission.seq });
  }

  /** Crashes after `appended` commits that nobody was told of, and restarts from its log. */
  crash(appended: number): void {
    for (const waiting of this.#queue.splice(0, appended)) this.#commit(waiting, () => {});
    this.#restart();
  }

  backup(): void {
    this.#backup = this.#durable;
  }

  restore(): void {
    const forgotten = this.log.slice(this.#backup.log.length);
    const before = this.#head.text.toString();
    this.#durable = this.#backup;
    this.#restart();
    this.restorations.push({ forgotten, before, after: this.#head.text.toString() });
  }

  #restart(): void {
    this.counts.restarts += 1;
    this.#clock += 1;
    for (const link of this.#sessions.values()) link.session = 'closed';
    this.#sessions = new Map();
    this.#queue = [];
    const { log } = this.#durable;
    const text = log.reduce((before, change) => before.apply(change.edit), ChunkedText.EMPTY);
    const last = log.at(-1);
    this.#head = { version: last?.version ?? 0, timestamp: last?.timestamp ?? 0, text };
  }

  #join(link: Link, name: VersionName | undefined): void {
    const older = this.#sessions.get(link.clientId);
    if (older !== undefined && older !== link) {
      older.session = 'closed';
      this.counts.takeovers += 1;
    }
    link.session = 'joined';
    this.#sessions.set(link.clientId, link);
    const seq = this.#durable.clients.get(link.clientId)?.seq ?? 0;
    const missed = name === undefined ? 'new' : this.#missed(name);
    if (typeof missed !== 'string') {
      const updates = missed.map((change) => updateFor(link, change));
      send(link, { type: 'document-sync', updates, seq });
      return;
    }
    if (missed === 'behind') this.counts.snapshots += 1;
    if (missed === 'fork') this.counts.forks += 1;
    const { version, timestamp, text } = this.#head;
    send(link, { type: 'document-init', version, timestamp, content: text.toString(), seq, reason: missed });
  }

  #missed({ version, timestamp }: VersionName): readonly Change[] | 'behind' | 'fork' {
    const known = version === 0 ? 0 : this.log[version - 1]?.timestamp;
    if (known !== timestamp) return 'fork';
    const changes = this.log.slice(version);
    return changes.length > this.#tailLimit ? 'behind' : changes;
  }

  #commit({ submission, origin }: Waiting, tell: (link: Link, message: DownMessage) => void): void {
    const { log, clients } = this.#durable;
    const verdict = this.#accept(this.#head, submission, {
      client: clients.get(submission.clientId),
      changeAt: (version) => log[version - 1]!,
      timestamp: this.#clock,
      maximumLength: 1_000_000,
    });
    if (verdict.kind === 'refused') {
      throw new Error(`The server refused a submission: ${verdict.code}, ${verdict.message}`);
    }
    const { change } = verdict;
    if (verdict.kind === 'duplicate') {
      this.counts.duplicates += 1;
      tell(origin, ackOf(change, true));
      return;
    }
    const { clientId, userId, seq, version } = change;
    this.#durable = { log: [...log, change], clients: new Map(clients).set(clientId, { userId, seq, version }) };
    this.#head = verdict.head;
    this.counts.commits += 1;
    for (const link of this.#sessions.values()) {
      const isOurs = link.clientId === clientId;
      tell(link, isOurs ? ackOf(change, link !== origin) : { type: 'document-update', ...updateFor(link, change) });
    }
  }
}

function send(link: Link, message: DownMessage): void {
  if (link.session !== 'closed') link.down.push(message);
}

function updateFor(link: Link, change: Change): Update {
  const { version, timestamp, clientId } = change;
  const seq = clientId === link.clientId ? change.seq : undefined;
  return { version, timestamp, operations: operationsFromEdit(change.edit), seq };
}

function ackOf(change: Change, withOperations: boolean): DownMessage {
  const { seq, version, timestamp } = change;
  return {
    type: 'ack',
    seq,
    version,
    timestamp,
    operations: withOperations ? operationsFromEdit(change.edit) : undefined,
  };
}
