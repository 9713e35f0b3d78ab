import type { YDoc, Yjs } from './yjs-library.ts';

/** The document's text by this name; all peers and clients of the benchmark use it. */
export const TEXT = 'text';

/** Frames whose insertions are remembered: each comes once for every client. */
const FRAMES_REMEMBERED = 512;
/** More units than one client ever inserts. */
const CLOCK_LIMIT = 2 ** 21;

/** Something that a client of this process inserted. */
export interface Insertion {
  /** The Yjs client that did. */
  readonly author: number;
  /** Numbers the insertions of a document in the order in which they were sent. */
  readonly place: number;
  readonly units: number;
}

/** What all Yjs clients of this process together know about one document. */
export class YjsDocument {
  readonly id: string;
  /** Changes sent. */
  changes = 0;
  readonly #yjs: Yjs;
  readonly #insertions = new Map<number, Insertion>();
  readonly #frames = new Map<string, readonly Insertion[]>();
  readonly #writers: YDoc[] = [];

  constructor(id: string, yjs: Yjs) {
    this.id = id;
    this.#yjs = yjs;
  }

  /** A copy for a client who writes, as it was when they joined. It holds what they type, and not what others do. */
  copy(state: Uint8Array): YDoc {
    const copy = new this.#yjs.Doc();
    this.#yjs.applyUpdate(copy, state);
    this.#writers.push(copy);
    return copy;
  }

  /** Notes that a client inserts units from a clock on. */
  inserts(author: number, clock: number, units: number): void {
    const insertion = { author, place: this.#insertions.size + 1, units };
    this.#insertions.set(author * CLOCK_LIMIT + clock, insertion);
  }

  /** The insertions that came in a frame; `update` reads the update out of it. */
  insertionsIn(frame: Buffer, update: (frame: Buffer) => Uint8Array): readonly Insertion[] {
    const key = frame.toString('latin1');
    const known = this.#frames.get(key);
    if (known !== undefined) return known;
    if (this.#frames.size >= FRAMES_REMEMBERED) this.#frames.clear();
    const insertions: Insertion[] = [];
    for (const { id, length } of this.#yjs.decodeUpdate(update(frame)).structs) {
      // What one client inserted in a row comes as one.
      for (let clock = id.clock; clock < id.clock + length;) {
        const insertion = this.#insertions.get(id.client * CLOCK_LIMIT + clock);
        if (insertion === undefined) break;
        insertions.push(insertion);
        clock += insertion.units;
      }
    }
    this.#frames.set(key, insertions);
    return insertions;
  }

  /** The text that everything typed by all of them makes together; undefined where nobody typed. */
  get text(): string | undefined {
    if (this.#writers.length === 0) return undefined;
    const merged = new this.#yjs.Doc();
    for (const writer of this.#writers) this.#yjs.applyUpdate(merged, this.#yjs.encodeStateAsUpdate(writer));
    return merged.getText(TEXT).toString();
  }
}
