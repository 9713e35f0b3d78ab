import { RawClient, newClientId, type Message } from './raw-client.ts';

/** A change as another client's socket received it. */
export interface SeenChange {
  readonly version: number;
  readonly timestamp: number;
  readonly operations: unknown;
}

/**
 * Submits as fast as the server acknowledges, across crashes of the server, and records what it was promised. It knows the
 * protocol and nothing else: it inserts and deletes at the front of the text, so that it needs no copy of it.
 */
export class LoadWriter {
  readonly clientId = newClientId();
  /** Version by seq: every acknowledgement that this writer received. */
  readonly acknowledged = new Map<number, number>();
  /** Everybody else's changes, as this writer's sockets received them. */
  readonly seen: SeenChange[] = [];
  /** What was acknowledged or sent twice, and differently. */
  readonly contradictions: string[] = [];
  readonly #name: string;
  readonly #onAcknowledged: () => void;
  #version = 0;
  #timestamp = 0;
  #seq = 0;
  /** Kept while unanswered, across sockets. */
  #inFlight: { readonly seq: number; readonly operations: readonly unknown[] } | undefined;

  constructor(name: string, onAcknowledged: () => void) {
    this.#name = name;
    this.#onAcknowledged = onAcknowledged;
  }

  /** Joins and submits until the socket ends, as it does when the server is killed, or until `isEnough`. */
  async writeUntilCut(url: string, isEnough: () => boolean): Promise<void> {
    const known = this.#version === 0 ? {} : { version: this.#version, timestamp: this.#timestamp };
    const client = new RawClient(url, { clientId: this.clientId });
    try {
      await client.opened();
      client.send({ type: 'join', clientId: this.clientId, ...known });
      const join = await client.next(({ type }) => type === 'document-init' || type === 'document-sync');
      this.#takeJoin(join);
      let read = client.received.indexOf(join) + 1;
      // Whatever was unanswered is sent again, even if the join answer says that it was committed.
      while (this.#inFlight !== undefined || !isEnough()) {
        this.#inFlight ??= { seq: this.#seq + 1, operations: this.#compose() };
        const { seq, operations } = this.#inFlight;
        client.submit(seq, this.#version, operations);
        const answer = await client.answerTo(seq, read);
        const end = client.received.indexOf(answer, read) + 1;
        for (const message of client.received.slice(read, end)) this.#take(message);
        read = end;
      }
      client.send({ type: 'leave' });
      await client.closed();
    } catch (error) {
      if (client.ending === undefined) throw error;
    }
  }

  #compose(): unknown[] {
    const seq = this.#seq + 1;
    const insert = { type: 'insert', position: 0, text: `${this.#name}.${seq} ` };
    // What it deletes it has just inserted or somebody did; either way the base text is longer than that.
    return seq % 4 === 0 ? [insert, { type: 'delete', from: 0, to: 2 }] : [insert];
  }

  #takeJoin(answer: Message): void {
    const updates = (answer['updates'] ?? []) as (SeenChange & { readonly seq?: number })[];
    for (const update of updates) {
      if (update.seq === undefined) this.seen.push(update);
      else this.#note(update.seq, update.version);
    }
    this.#version = answer['version'] as number;
    this.#timestamp = answer['timestamp'] as number;
    this.#seq = answer['seq'] as number;
  }

  #take(message: Message): void {
    if (message.type === 'document-update') {
      const update = message as unknown as SeenChange;
      if (update.version !== this.#version + 1) this.contradictions.push(`${update.version} after ${this.#version}`);
      this.seen.push(update);
      this.#version = update.version;
      this.#timestamp = update.timestamp;
    } else if (message.type === 'ack') {
      const seq = message['seq'] as number;
      const version = message['version'] as number;
      this.#note(seq, version);
      this.#inFlight = undefined;
      this.#seq = seq;
      // The answer to a resend names an old version; everything up to the current one is already known.
      if (version > this.#version) {
        if (version !== this.#version + 1) this.contradictions.push(`ack of ${version} after ${this.#version}`);
        this.#version = version;
        this.#timestamp = message['timestamp'] as number;
      }
      this.#onAcknowledged();
    } else if (message.type === 'error') {
      throw new Error(`${this.#name} was refused: ${JSON.stringify(message)}`);
    }
  }

  #note(seq: number, version: number): void {
    const before = this.acknowledged.get(seq);
    if (before !== undefined && before !== version) this.contradictions.push(`seq ${seq} is ${before} and ${version}`);
    this.acknowledged.set(seq, version);
  }
}
