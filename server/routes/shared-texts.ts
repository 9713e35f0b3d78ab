import type { Snapshot } from '../stores/document-store.ts';
import type { Slices } from '../base/slices.ts';

/** Texts up to this many UTF-16 units are not shared. */
const SMALL = 65_536;
/** UTF-16 units that are encoded in one slice: a few milliseconds. */
const SLICE = 524_288;

/** Encoded texts, shared by all readers to whom the same version is being sent. They are held weakly, and encoded again later. */
export class SharedTexts {
  readonly #slices: Slices;
  readonly #texts = new Map<string, WeakRef<Buffer>>();
  /** Encodings in progress. */
  readonly #making = new Map<string, Promise<Buffer>>();
  readonly #collected = new FinalizationRegistry<string>((name) => {
    if (this.#texts.get(name)?.deref() === undefined) this.#texts.delete(name);
  });

  constructor(slices: Slices) {
    this.#slices = slices;
  }

  /** The text in UTF-8. */
  async bytesOf(documentId: string, snapshot: Snapshot): Promise<Buffer> {
    const name = `${documentId} ${snapshot.version} ${snapshot.timestamp}`;
    const shared = this.#texts.get(name)?.deref() ?? this.#making.get(name);
    if (shared !== undefined) return shared;
    const { text } = snapshot;
    if (text.length <= SMALL) return Buffer.from(text);
    const making = encode(text, this.#slices);
    this.#making.set(name, making);
    const bytes = await making;
    this.#making.delete(name);
    this.#texts.set(name, new WeakRef(bytes));
    this.#collected.register(bytes, name);
    return bytes;
  }
}

async function encode(text: string, slices: Slices): Promise<Buffer> {
  await slices.next();
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text));
  let written = 0;
  for (let from = 0, to = 0; from < text.length; from = to) {
    await slices.next();
    to = Math.min(from + SLICE, text.length);
    // Never inside a surrogate pair.
    if ((text.charCodeAt(to - 1) & 0xfc00) === 0xd800) to += 1;
    written += bytes.write(text.slice(from, to), written);
  }
  return bytes;
}
