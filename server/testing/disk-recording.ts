import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { SeededRandom } from '../../shared/testing/random.ts';
import { RecordedFile } from './recorded-file.ts';

interface Entry {
  readonly op: string;
  readonly inode: string;
  readonly offset: number;
  readonly bytes: Buffer;
  /** Bytes of the journal up to the end of this entry. */
  readonly end: number;
}

/** A change of file names in a folder. */
interface KnownVersion {
  readonly folders: readonly string[];
  readonly apply: (files: Map<string, RecordedFile>) => void;
}

/** The files of a folder by their absolute path. */
export type DiskImage = ReadonlyMap<string, Buffer>;

/**
 * What a process did to a folder, as recorded by disk-recorder.c. Replays it up to any step and tells what is on the disk then:
 * after a kill everything, after a power cut what was synced and any part of the rest. File names change in order, as journaling
 * file systems ensure; a name is durable once its folder is synced.
 */
export class DiskRecording {
  readonly #root: string;
  readonly #entries: readonly Entry[];
  /** The files that were there before; all of them durable. */
  readonly #before: DiskImage;

  constructor(root: string, journal: string, before: DiskImage = new Map()) {
    this.#root = root;
    this.#entries = readEntries(readFileSync(journal));
    this.#before = before;
  }

  /** How many steps the process took. */
  get length(): number {
    return this.#entries.length;
  }

  /** The length of the journal, in bytes, after `steps` steps. */
  journalBytes(steps: number): number {
    return this.#entries[steps - 1]?.end ?? 0;
  }

  /** The number of steps after which the journal had `journalBytes` bytes. */
  stepsAt(journalBytes: number): number {
    return this.#entries.filter(({ end }) => end <= journalBytes).length;
  }

  /** What is on the disk when the process is killed after `steps` steps. */
  killedAfter(steps: number): DiskImage {
    const { names, namings } = this.#replay(steps);
    for (const { apply } of namings) apply(names);
    return new Map([...names].map(([name, file]) => [name, file.written()]));
  }

  /** What may be on the disk when the power fails after `steps` steps. */
  cutAfter(steps: number, random: SeededRandom): DiskImage {
    const { names, namings, durable } = this.#replay(steps);
    const kept = durable + random.below(namings.length - durable + 1);
    for (const { apply } of namings.slice(0, kept)) apply(names);
    const luck = random.pick([0, 50, 100]);
    return new Map([...names].map(([name, file]) => [name, file.afterCut(random, luck)]));
  }

  #replay(steps: number): { names: Map<string, RecordedFile>; namings: KnownVersion[]; durable: number } {
    const names = new Map([...this.#before].map(([name, bytes]) => [name, new RecordedFile(bytes)]));
    const now = new Map(names);
    const folders = new Set([this.#root]);
    const byInode = new Map<string, RecordedFile | string>();
    const namings: KnownVersion[] = [];
    let durable = 0;
    const rename = (paths: readonly string[], apply: KnownVersion['apply']): void => {
      apply(now);
      namings.push({ folders: paths.map((each) => path.dirname(each)), apply });
    };
    for (const { op, inode, offset, bytes } of this.#entries.slice(0, steps)) {
      const [from = '', to = ''] = 'ORLUM'.includes(op) ? bytes.toString().split('\0') : [];
      const file = byInode.get(inode);
      if (op === 'O') {
        let known = folders.has(from) ? from : now.get(from);
        if (known === undefined) {
          const made = (known = new RecordedFile());
          rename([from], (files) => files.set(from, made));
        }
        byInode.set(inode, known);
      } else if (op === 'W' && file instanceof RecordedFile) file.write(offset, bytes);
      else if (op === 'T' && file instanceof RecordedFile) file.truncate(offset);
      else if (op === 'S' && file instanceof RecordedFile) file.sync();
      else if (op === 'S' && typeof file === 'string') {
        durable = Math.max(durable, namings.findLastIndex(({ folders: touched }) => touched.includes(file)) + 1);
      } else if (op === 'U') rename([from], (files) => files.delete(from));
      else if (op === 'M') folders.add(from);
      else {
        rename([from, to], (files) => {
          files.set(to, files.get(from)!);
          if (op === 'R') files.delete(from);
        });
      }
    }
    return { names, namings, durable };
  }
}

/** The files of a folder and its subfolders. */
export function imageOf(folder: string): DiskImage {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  return new Map(files.map((file) => [file, readFileSync(file)]));
}

/** Writes an image of the folder `root` to another one. SQLite's shared memory does not outlive a machine. */
export function writeImage(image: DiskImage, root: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of image) {
    if (name.endsWith('-shm')) continue;
    const place = path.join(folder, path.relative(root, name));
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, bytes);
  }
}

function readEntries(journal: Buffer): Entry[] {
  const entries: Entry[] = [];
  for (let at = 0; at < journal.length;) {
    const start = journal.indexOf('\n', at) + 1;
    const [op = '', inode = '', offset, length] = journal.toString('latin1', at, start - 1).split(' ');
    at = start + Number(length);
    // The process was killed while it recorded this entry.
    if (start === 0 || at > journal.length) break;
    entries.push({ op, inode, offset: Number(offset), bytes: journal.subarray(start, at), end: at });
  }
  return entries;
}
