import type { Operation } from '../../shared/text/operation.ts';
import type { Arrivals, ConnectOptions, KnownVersion } from '../server-under-test.ts';
import { LoadSocket } from './load-socket.ts';
import { TEXT, type YjsDocument } from './yjs-document.ts';
import { loadDecoding, loadEncoding, loadYjs, type Encoder, type YDoc } from './yjs-library.ts';

/** Types of messages, and of messages about the text. */
const SYNC = 0;
const AUTHENTICATION = 2;
const STATE_VECTOR = 0;
const STATE = 1;
const UPDATE = 2;
/** The state vector of somebody who knows nothing. */
const NOTHING = new Uint8Array([0]);

export interface YjsClientOptions extends ConnectOptions {
  /** The document's name stands in front of every message, and a token is wanted first. */
  readonly isHocuspocus: boolean;
}

/**
 * Speaks the protocol of Yjs servers. Only who writes has a copy of the document, with their own changes. The server sends an
 * author their own insertions back, which serve as the acknowledgement. Deletions cannot be told apart in what comes, because
 * the server merges them and leaves out those that somebody else has made before.
 */
export class YjsClient extends LoadSocket {
  readonly #yjs = loadYjs();
  readonly #encoding = loadEncoding();
  readonly #decoding = loadDecoding();
  readonly #document: YjsDocument;
  readonly #options: YjsClientOptions;
  readonly #header: Uint8Array;
  #state: Uint8Array | undefined;
  #copy: YDoc | undefined;
  #isJoined = false;

  constructor(url: string, document: YjsDocument, arrivals: Arrivals, options: YjsClientOptions) {
    super(url, arrivals, undefined);
    this.#document = document;
    this.#options = options;
    const encoder = this.#encoding.createEncoder();
    if (options.isHocuspocus) this.#encoding.writeVarString(encoder, document.id);
    this.#header = this.#encoding.toUint8Array(encoder);
  }

  /** The key is the state vector of the time of joining. */
  get whereabouts(): KnownVersion {
    const vector = this.#state === undefined ? NOTHING : this.#yjs.encodeStateVectorFromUpdate(this.#state);
    return { clientKey: Buffer.from(vector).toString('base64'), version: this.#document.changes, timestamp: 0 };
  }

  submit(operations: readonly Operation[]): void {
    const copy = (this.#copy ??= this.#makeCopy());
    const clock = this.#yjs.getState(copy.store, copy.clientID);
    this.#document.changes += 1;
    copy.transact(() => {
      for (const operation of operations) apply(copy, operation);
      const inserted = this.#yjs.getState(copy.store, copy.clientID) - clock;
      if (inserted > 0) this.#document.inserts(copy.clientID, clock, inserted);
    });
    if (operations.every(({ type }) => type === 'delete')) this.arrivals.untraceable();
  }

  protected join(): void {
    if (!this.#options.isHocuspocus) return this.#askForState();
    this.#tell([AUTHENTICATION, 0], (encoder) => this.#encoding.writeVarString(encoder, 'anybody'));
  }

  protected receive(frame: Buffer): void {
    const offset = this.#header.length;
    if (frame[offset] === AUTHENTICATION) return this.#askForState();
    if (frame[offset] !== SYNC) return;
    if (frame[offset + 1] === STATE) this.#receiveState(this.#payloadOf(frame));
    else if (frame[offset + 1] === UPDATE) this.#receiveUpdate(frame);
  }

  #receiveState(state: Uint8Array): void {
    if (this.#isJoined) return;
    this.#isJoined = true;
    this.#state = state;
    this.hasJoined();
    if (this.#options.returning === undefined) return;
    if (this.#yjs.decodeUpdate(state).structs.length === 0) return this.arrivals.failed('Nothing was missed');
    this.arrivals.upTo(this.#document.changes);
  }

  #receiveUpdate(frame: Buffer): void {
    const own = this.#copy?.clientID;
    for (const { author, place } of this.#document.insertionsIn(frame, (one) => this.#payloadOf(one))) {
      if (author === own) this.arrivals.acknowledged(place);
      else this.arrivals.one(place);
    }
  }

  #makeCopy(): YDoc {
    const copy = this.#document.copy(this.#state ?? NOTHING);
    copy.on('update', (update) =>
      this.#tell([SYNC, UPDATE], (encoder) => this.#encoding.writeVarUint8Array(encoder, update)),
    );
    return copy;
  }

  #askForState(): void {
    const { returning } = this.#options;
    const vector = returning === undefined ? NOTHING : Buffer.from(returning.clientKey, 'base64');
    this.#tell([SYNC, STATE_VECTOR], (encoder) => this.#encoding.writeVarUint8Array(encoder, vector));
  }

  #payloadOf(frame: Buffer): Uint8Array {
    const decoder = this.#decoding.createDecoder(frame.subarray(this.#header.length + 2));
    return this.#decoding.readVarUint8Array(decoder);
  }

  #tell(types: readonly number[], write: (encoder: Encoder) => void): void {
    const encoder = this.#encoding.createEncoder();
    for (const type of types) this.#encoding.writeVarUint(encoder, type);
    write(encoder);
    this.send(Buffer.concat([this.#header, this.#encoding.toUint8Array(encoder)]));
  }
}

function apply(document: YDoc, operation: Operation): void {
  const text = document.getText(TEXT);
  if (operation.type !== 'insert') text.delete(operation.from, operation.to - operation.from);
  if (operation.type === 'insert') text.insert(operation.position, operation.text);
  else if (operation.type === 'replace') text.insert(operation.from, operation.text);
}
