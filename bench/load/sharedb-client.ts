import type { Operation } from '../../shared/text/operation.ts';
import type { Arrivals, ConnectOptions, KnownVersion } from '../server-under-test.ts';
import { LoadSocket } from './load-socket.ts';

const COLLECTION = 'documents';

/** As much of a message of ShareDB as is read here: `a` is what it is about, `v` the version that an operation was made on. */
interface ShareDbMessage {
  readonly a: 'init' | 'hs' | 's' | 'op';
  readonly id?: string;
  readonly src?: string;
  readonly v?: number;
  readonly data?: { readonly v: number };
  readonly error?: { readonly message: string };
}

/** Speaks ShareDB's protocol without keeping a text. */
export class ShareDbClient extends LoadSocket {
  readonly #documentId: string;
  readonly #returning: KnownVersion | undefined;
  readonly #waiting: (readonly Operation[])[] = [];
  #source = '';
  #version = 0;
  #seq = 0;
  #isInFlight = false;

  constructor(url: string, documentId: string, arrivals: Arrivals, { returning }: ConnectOptions = {}) {
    super(url, arrivals, undefined);
    this.#documentId = documentId;
    this.#returning = returning;
    this.#version = returning?.version ?? 0;
  }

  get whereabouts(): KnownVersion {
    return { clientKey: '', version: this.#version, timestamp: 0 };
  }

  submit(operations: readonly Operation[]): void {
    if (this.#isInFlight) this.#waiting.push(operations);
    else this.#submit(operations);
  }

  protected join(): void {
    this.#tell({ a: 'hs', id: null });
  }

  protected receive(frame: Buffer): void {
    const message = JSON.parse(frame.toString()) as ShareDbMessage;
    if (message.error !== undefined) return this.arrivals.failed(message.error.message);
    if (message.a === 'hs') {
      this.#source = message.id ?? '';
      this.#tell({ a: 's', c: COLLECTION, d: this.#documentId, v: this.#returning?.version });
    } else if (message.a === 's') {
      this.#version = message.data?.v ?? this.#version;
      this.hasJoined();
      this.arrivals.upTo(this.#version);
    } else if (message.a === 'op') {
      this.#receiveOperation(message);
    }
  }

  #receiveOperation({ v = NaN, src }: ShareDbMessage): void {
    // What it answers to a submission may come once more to all.
    if (v < this.#version) return;
    if (v > this.#version) return this.arrivals.failed(`Version ${v} came after ${this.#version}`);
    this.#version = v + 1;
    if (src !== this.#source) return this.arrivals.upTo(this.#version);
    this.#isInFlight = false;
    this.arrivals.acknowledged(this.#version);
    const next = this.#isInFlight ? undefined : this.#waiting.shift();
    if (next !== undefined) this.#submit(next);
  }

  #submit(operations: readonly Operation[]): void {
    this.#isInFlight = true;
    this.#seq += 1;
    this.#tell({
      a: 'op',
      c: COLLECTION,
      d: this.#documentId,
      v: this.#version,
      seq: this.#seq,
      op: unicodeOperation(operations),
    });
  }

  #tell(message: unknown): void {
    this.send(JSON.stringify(message));
  }
}

/** As ot-text-unicode writes it. The texts here are ASCII, so that code points are units. */
function unicodeOperation([operation, ...more]: readonly Operation[]): unknown[] {
  if (operation === undefined || more.length > 0) throw new Error('ShareDB is only measured with one operation a time');
  if (operation.type === 'insert') return at(operation.position, operation.text);
  const removal = { d: operation.to - operation.from };
  return operation.type === 'delete' ? at(operation.from, removal) : [...at(operation.from, operation.text), removal];
}

function at(position: number, part: unknown): unknown[] {
  return position === 0 ? [part] : [position, part];
}
