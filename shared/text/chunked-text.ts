import type { Edit, TextSource } from './edit.ts';

/** Pieces hold at most this many UTF-16 units; a keystroke copies one piece and two short lists. */
const PIECE_MAX = 2048;
/** A rewritten piece below this size is merged with its neighbour, so that many edits leave no tiny pieces. */
const PIECE_MIN = 512;
/** Pieces per block; 5,000,000 units are about 76 blocks. */
const BLOCK_MAX = 64;

/** A run of pieces. Texts share the blocks in which they do not differ. */
export interface Block {
  readonly length: number;
  readonly pieces: readonly string[];
}

/**
 * An immutable text in pieces. `apply` shares all untouched pieces with the previous text, so a version that is computed but not
 * yet committed costs next to nothing, and the previous one stays as it is. Positions are UTF-16 units.
 */
export class ChunkedText implements TextSource {
  static readonly EMPTY = new ChunkedText([], 0);

  readonly length: number;
  readonly #blocks: readonly Block[];

  private constructor(blocks: readonly Block[], length: number) {
    this.#blocks = blocks;
    this.length = length;
  }

  static from(text: string): ChunkedText {
    return text === '' ? ChunkedText.EMPTY : new ChunkedText(toBlocks(toPieces(text)), text.length);
  }

  /** The blocks in order. After an edit, those that it did not touch are the same objects as before. */
  get blocks(): readonly Block[] {
    return this.#blocks;
  }

  /** The text of `[from, to)`, clamped to what there is. */
  slice(from: number, to: number = this.length): string {
    let result = '';
    let start = 0;
    for (const block of this.#blocks) {
      if (start >= to) break;
      if (start + block.length > from) {
        let position = start;
        for (const piece of block.pieces) {
          if (position >= to) break;
          if (position + piece.length > from) {
            result += piece.slice(Math.max(0, from - position), to - position);
          }
          position += piece.length;
        }
      }
      start += block.length;
    }
    return result;
  }

  toString(): string {
    return this.#blocks.map((block) => block.pieces.join('')).join('');
  }

  /** True where `position` lies between the two halves of a surrogate pair. */
  splitsPair(position: number): boolean {
    if (position <= 0 || position >= this.length) return false;
    const around = this.slice(position - 1, position + 1);
    return isHighSurrogate(around.charCodeAt(0)) && isLowSurrogate(around.charCodeAt(1));
  }

  /** The text after an edit. Throws RangeError, and changes nothing, if the edit reaches beyond the end. */
  apply(edit: Edit): ChunkedText {
    let position = 0;
    for (const part of edit) if (typeof part === 'number') position += Math.abs(part);
    if (position > this.length) throw new RangeError('The edit reaches beyond the end of the text');
    let blocks = this.#blocks;
    let length = this.length;
    let removed = 0;
    // Backwards: what is spliced never moves what is still to come.
    for (let index = edit.length - 1; index >= 0; index -= 1) {
      const part = edit[index]!;
      if (typeof part === 'number' && part > 0) {
        if (removed > 0) blocks = splice(blocks, position, removed, '');
        removed = 0;
        position -= part;
      } else if (typeof part === 'number') {
        removed = -part;
        position += part;
        length -= removed;
      } else {
        blocks = splice(blocks, position, removed, part);
        removed = 0;
        length += part.length;
      }
    }
    if (removed > 0) blocks = splice(blocks, position, removed, '');
    return length === 0 ? ChunkedText.EMPTY : new ChunkedText(blocks, length);
  }
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

/** A copy of the list of blocks with `[from, from + removed)` replaced by `text`. */
function splice(blocks: readonly Block[], from: number, removed: number, text: string): readonly Block[] {
  if (blocks.length === 0) return toBlocks(toPieces(text));
  let first = 0;
  let start = 0;
  while (first < blocks.length - 1 && start + blocks[first]!.length < from) {
    start += blocks[first]!.length;
    first += 1;
  }
  const block = blocks[first]!;
  let index = 0;
  let offset = from - start;
  while (index < block.pieces.length - 1 && block.pieces[index]!.length < offset) {
    offset -= block.pieces[index]!.length;
    index += 1;
  }
  const piece = block.pieces[index]!;
  const size = piece.length - removed + text.length;
  if (offset + removed <= piece.length && size <= PIECE_MAX && (size >= PIECE_MIN || size >= piece.length)) {
    const pieces = block.pieces.slice();
    pieces[index] = piece.slice(0, offset) + text + piece.slice(offset + removed);
    const result = blocks.slice();
    result[first] = { length: block.length - removed + text.length, pieces };
    return result;
  }
  return spliceAcross(blocks, first, start, from, removed, text);
}

/** The slow path, for an edit that spans pieces or makes one too large or too small: whole blocks are cut anew. */
function spliceAcross(
  blocks: readonly Block[],
  first: number,
  start: number,
  from: number,
  removed: number,
  text: string,
): readonly Block[] {
  const to = from + removed;
  let last = first;
  let end = start + blocks[first]!.length;
  while (end < to) {
    last += 1;
    end += blocks[last]!.length;
  }
  const before: string[] = [];
  const after: string[] = [];
  let position = start;
  let head = '';
  let tail = '';
  for (let current = first; current <= last; current += 1) {
    for (const piece of blocks[current]!.pieces) {
      const next = position + piece.length;
      if (next <= from) before.push(piece);
      else if (position < from) head = piece.slice(0, from - position);
      if (position >= to) after.push(piece);
      else if (next > to) tail = piece.slice(to - position);
      position = next;
    }
  }
  let middle = head + text + tail;
  if (middle.length < PIECE_MIN) middle = (before.pop() ?? '') + middle;
  if (middle.length < PIECE_MIN) middle += after.shift() ?? '';
  const pieces = [...before, ...toPieces(middle), ...after];
  return [...blocks.slice(0, first), ...toBlocks(pieces), ...blocks.slice(last + 1)];
}

/** Cuts a text into pieces of even size; each leaves room for typing before it must be cut again. */
function toPieces(text: string): string[] {
  const count = Math.ceil(text.length / (PIECE_MAX / 2));
  const pieces: string[] = [];
  for (let index = 0; index < count; index += 1) {
    pieces.push(text.slice(Math.floor((index * text.length) / count), Math.floor(((index + 1) * text.length) / count)));
  }
  return pieces;
}

/** Groups pieces into blocks of even size. */
function toBlocks(pieces: readonly string[]): Block[] {
  const count = Math.ceil(pieces.length / BLOCK_MAX);
  const blocks: Block[] = [];
  for (let index = 0; index < count; index += 1) {
    const part = pieces.slice(
      Math.floor((index * pieces.length) / count),
      Math.floor(((index + 1) * pieces.length) / count),
    );
    blocks.push({ length: part.reduce((sum, piece) => sum + piece.length, 0), pieces: part });
  }
  return blocks;
}
