import type { RawClient, Message } from './raw-client.ts';
import { ReferenceEdit } from './reference-edit.ts';
import { applyTo, type WireOperation } from './wire-text.ts';

/**
 * A client as a stranger would write it from docs/protocol.md. It keeps the text of the newest version, has at most one submission
 * in flight, and checks everything that G3 promises. It imports no product code.
 */
export class ReferenceClient {
  readonly client: RawClient;
  text: string;
  version: number;
  #seq: number;
  #read: number;
  #timestamp: number;
  #inFlight: ReferenceEdit | undefined;

  /** `answer` is a document-init. */
  constructor(client: RawClient, answer: Message) {
    this.client = client;
    this.text = answer['content'] as string;
    this.version = answer['version'] as number;
    this.#timestamp = answer['timestamp'] as number;
    this.#seq = answer['seq'] as number;
    this.#read = client.received.indexOf(answer) + 1;
  }

  /** Submits on the newest text known here, and reads until the answer. Throws if it is refused. */
  async submit(operations: readonly WireOperation[]): Promise<void> {
    this.#inFlight = ReferenceEdit.of(operations, this.text.length);
    const seq = this.#seq + 1;
    this.client.submit(seq, this.version, operations);
    await this.#readUntil(() => this.#seq === seq);
  }

  /** Reads until `version` has been received. */
  async reach(version: number): Promise<void> {
    await this.#readUntil(() => this.version >= version);
  }

  async #readUntil(isDone: () => boolean): Promise<void> {
    while (!isDone()) {
      await this.client.next(() => true, this.#read);
      while (this.#read < this.client.received.length && !isDone()) {
        this.#take(this.client.received[this.#read]!);
        this.#read += 1;
      }
    }
  }

  #take(message: Message): void {
    if (message.type === 'error') throw new Error(`Refused: ${JSON.stringify(message)}`);
    if (message.type !== 'document-update' && message.type !== 'ack') return;
    if (message['version'] !== this.version + 1) {
      throw new Error(`Version ${String(message['version'])} came after ${this.version}`);
    }
    if ((message['timestamp'] as number) < this.#timestamp) throw new Error('The timestamp went back');
    const operations = message['operations'] as readonly WireOperation[] | undefined;
    if (message.type === 'ack') {
      this.text = operations === undefined ? this.#inFlight!.apply(this.text) : applyTo(this.text, operations);
      this.#inFlight = undefined;
      this.#seq = message['seq'] as number;
    } else {
      this.#inFlight = this.#inFlight?.after(ReferenceEdit.of(operations!, this.text.length));
      this.text = applyTo(this.text, operations!);
    }
    this.version += 1;
    this.#timestamp = message['timestamp'] as number;
  }
}
