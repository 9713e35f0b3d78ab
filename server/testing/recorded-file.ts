import type { SeededRandom } from '../../shared/testing/random.ts';

/** The number of bytes that a disk writes atomically. */
const SECTOR = 512;

type Change = { readonly offset: number; readonly bytes: Buffer } | { readonly length: number };

/** A growable buffer, because a log of megabytes is synced thousands of times. */
class Content {
  #room: Buffer;
  #length: number;

  constructor(bytes: Buffer) {
    this.#room = Buffer.from(bytes);
    this.#length = bytes.length;
  }

  get bytes(): Buffer {
    return this.#room.subarray(0, this.#length);
  }

  apply(change: Change): void {
    if ('bytes' in change) {
      const end = change.offset + change.bytes.length;
      this.#reserve(end);
      change.bytes.copy(this.#room, change.offset);
      this.#length = Math.max(this.#length, end);
    } else {
      this.#reserve(change.length);
      this.#room.fill(0, Math.min(this.#length, change.length));
      this.#length = change.length;
    }
  }

  #reserve(length: number): void {
    if (length <= this.#room.length) return;
    const room = Buffer.alloc(2 * length);
    this.bytes.copy(room);
    this.#room = room;
  }
}

/** A file on a disk: what is synced, and what was written since. */
export class RecordedFile {
  readonly #synced: Content;
  #since: Change[] = [];

  constructor(bytes: Buffer = Buffer.alloc(0)) {
    this.#synced = new Content(bytes);
  }

  write(offset: number, bytes: Buffer): void {
    this.#since.push({ offset, bytes });
  }

  truncate(length: number): void {
    this.#since.push({ length });
  }

  sync(): void {
    for (const change of this.#since) this.#synced.apply(change);
    this.#since = [];
  }

  /** What a process reads. */
  written(): Buffer {
    return this.#with(this.#since);
  }

  /** What the disk may hold: all that was synced; each later write with a chance of `luck` percent, whole or torn, in any order. */
  afterCut(random: SeededRandom, luck: number): Buffer {
    if (luck === 100) return this.written();
    const kept = this.#since.flatMap((change) => {
      if (!random.chance(luck)) return [];
      return 'bytes' in change && random.chance(50) ? torn(change, random) : [change];
    });
    for (let last = kept.length - 1; last > 0; last -= 1) {
      const other = random.below(last + 1);
      [kept[last], kept[other]] = [kept[other]!, kept[last]!];
    }
    return this.#with(kept);
  }

  #with(changes: readonly Change[]): Buffer {
    const content = new Content(this.#synced.bytes);
    for (const change of changes) content.apply(change);
    return content.bytes;
  }
}

function torn({ offset, bytes }: { offset: number; bytes: Buffer }, random: SeededRandom): Change[] {
  const sectors: Change[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = Math.min(bytes.length, at + SECTOR - ((offset + at) % SECTOR));
    if (random.chance(50)) sectors.push({ offset: offset + at, bytes: bytes.subarray(at, end) });
    at = end;
  }
  return sectors;
}
