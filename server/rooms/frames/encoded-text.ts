import type { Slices } from '../../base/slices.ts';
import type { Block, ChunkedText } from '../../../shared/text/chunked-text.ts';

/** UTF-16 units that are encoded in one slice: a few milliseconds. */
const SLICE = 131_072;

/**
 * The bytes of blocks of text, as in a JSON string. Versions of a document share blocks, and so their bytes; readers share them too.
 * Bytes live while they are being sent to somebody, and are encoded anew after that.
 */
const known = new WeakMap<Block, WeakRef<Buffer>>();

/** The bytes of a text as in a JSON string, without its quotes, in one turn; cheap after `prepareText`. */
export function encodedText(text: ChunkedText): Buffer[] {
  return text.blocks.map(bytesOf);
}

/** Encodes a text in slices. The bytes stay cached while the caller holds the result. */
export async function prepareText(text: ChunkedText, slices: Slices): Promise<readonly Buffer[]> {
  const made: Buffer[] = [];
  /** Units left of this slice. It starts at zero, so that many callers at once do not all begin in the same turn. */
  let left = 0;
  for (const block of text.blocks) {
    if (left <= 0 && known.get(block)?.deref() === undefined) {
      await slices.next();
      left = SLICE;
    }
    if (known.get(block)?.deref() === undefined) left -= block.length;
    made.push(bytesOf(block));
  }
  return made;
}

function bytesOf(block: Block): Buffer {
  const before = known.get(block)?.deref();
  if (before !== undefined) return before;
  // A surrogate pair that two blocks share becomes two escapes, which a JSON parser joins again.
  const bytes = Buffer.from(JSON.stringify(block.pieces.join('')).slice(1, -1));
  known.set(block, new WeakRef(bytes));
  return bytes;
}
