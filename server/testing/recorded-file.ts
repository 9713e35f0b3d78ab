import type { SeededRandom } from '../../shared/testing/random.ts';

/** Bytes that a disk writes whole or not at all. */
const SECTOR = 512;

type Change = { readonly offset: number; readonly bytes: Buffer } | { readonly length: number };

/** A file as a disk knows it: what is synced, and what was written since. */
export class RecordedFile {
  #synced: Buffer;
  #since: Change[] = [];

  constructor(bytes: Buffer = Buffer.alloc(0)) {
    this.#synced = bytes;
  }

  write(offset: number, bytes: Buffer): void {
    this.#since.push({ offset, bytes });
  }

  truncate(length: number): void {
    this.#since.push({ length });
  }

  sync(): void {
    this.#synced = this.written();
    this.#since = [];
  }

  /** What a process reads. */
  written(): Buffer {
    return applied(this.#synced, this.#since);
  }

  /** What the disk may hold: of what was not synced, each change in so many of 100 cases, whole or torn, in any order. */
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
    return applied(this.#synced, kept);
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

function applied(content: Buffer, changes: readonly Change[]): Buffer {
  let length = content.length;
  let room = length;
  for (const change of changes) {
    room = Math.max(room, 'bytes' in change ? change.offset + change.bytes.length : change.length);
  }
  const result = Buffer.alloc(room);
  content.copy(result);
  for (const change of changes) {
    if ('bytes' in change) {
      change.bytes.copy(result, change.offset);
      length = Math.max(length, change.offset + change.bytes.length);
    } else {
      result.fill(0, Math.min(length, change.length));
      length = change.length;
    }
  }
  return result.subarray(0, length);
}
