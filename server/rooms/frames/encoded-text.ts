import type { Slices } from '../../base/slices.ts';
import type { Block, ChunkedText } from '../../../shared/text/chunked-text.ts';

/** UTF-16 units that are encoded in one slice: a few milliseconds. */
const SLICE = 131_072;

/**
 * The bytes of texts as they stand in JSON, by the blocks that texts are made of: versions share the bytes of the blocks that they
 * share, and so do all who are sent them. Bytes live as long as somebody is still being sent them, and are made anew after that.
 */
const known = new WeakMap<Block, WeakRef<Buffer>>();

/** The bytes of a text between the quotes of a JSON string, in one turn; little is left to do after `prepareText`. */
export function encodedText(text: ChunkedText): Buffer[] {
  return text.blocks.map(bytesOf);
}

/** Makes the bytes of a text in slices; they last while the caller holds what it gets. */
export async function prepareText(text: ChunkedText, slices: Slices): Promise<readonly Buffer[]> {
  const made: Buffer[] = [];
  /** Units that are left of the slice. Many who ask together have one between them, so each waits for its own first. */
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
  // Halves of a pair that two blocks share become two escapes, which a reader puts together again.
  const bytes = Buffer.from(JSON.stringify(block.pieces.join('')).slice(1, -1));
  known.set(block, new WeakRef(bytes));
  return bytes;
}
