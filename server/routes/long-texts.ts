import { textProblem } from '../../shared/text/operation.ts';
import { RefusalError } from '../base/refusal.ts';
import type { Slices } from '../base/slices.ts';
import type { Snapshot } from '../stores/document-store.ts';

/** UTF-16 units that are imported in one slice: a few milliseconds. */
export const IMPORT_SLICE = 262_144;
/** Texts up to this many UTF-16 units are not shared. */
const SMALL = 65_536;
/** The same for encoding. */
const ENCODE_SLICE = 524_288;

/**
 * Normalises line breaks to LF, in slices if the text is long. Rejects with RefusalError `bad_text` for text that cannot be kept
 * exactly.
 */
export async function importText(text: string, slices: Slices): Promise<string> {
  const parts: string[] = [];
  for (let from = 0, to = 0; from < text.length; from = to) {
    if (text.length > IMPORT_SLICE) await slices.next();
    to = sliceEnd(text, from);
    // Two plain searches: with an alternation, each match among millions of line breaks would cost as much as the rest.
    const part = text.slice(from, to).replace(/\r\n/g, '\n').replace(/\r/g, '\n');
    const problem = textProblem(part);
    if (problem !== undefined) throw new RefusalError('bad_text', problem);
    parts.push(part);
  }
  return parts.length === 1 ? parts[0]! : parts.join('');
}

/** The end of the slice that begins at `from`: never inside CRLF or a surrogate pair. */
function sliceEnd(text: string, from: number): number {
  const end = Math.min(from + IMPORT_SLICE, text.length);
  const [last, next] = [text.charCodeAt(end - 1), text.charCodeAt(end)];
  const isWithin = (last === 0x0d && next === 0x0a) || ((last & 0xfc00) === 0xd800 && (next & 0xfc00) === 0xdc00);
  return isWithin ? end + 1 : end;
}

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
    to = Math.min(from + ENCODE_SLICE, text.length);
    // Never inside a surrogate pair.
    if ((text.charCodeAt(to - 1) & 0xfc00) === 0xd800) to += 1;
    written += bytes.write(text.slice(from, to), written);
  }
  return bytes;
}
