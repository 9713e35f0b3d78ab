import Database from 'better-sqlite3';
import { statfsSync } from 'node:fs';
import { StoreError } from '../../store-error.ts';

/** In older ones a WAL reset at the wrong moment can lose commits (release notes of SQLite 3.51.3). */
const MINIMUM = [3, 51, 3] as const;

/** Throws StoreError STORE_UNSOUND if this version of SQLite may lose what it has committed; by default, the one in use. */
export function assertSoundSqlite(version = versionInUse()): void {
  const parts = version.split('.').map(Number);
  for (const [index, wanted] of MINIMUM.entries()) {
    const part = parts[index] ?? 0;
    if (part > wanted) return;
    if (part < wanted) {
      throw new StoreError(
        'STORE_UNSOUND',
        `SQLite ${version} can lose commits; Weft needs ${MINIMUM.join('.')} or newer. Run npm ci to install the one that ` +
          'it was tested with.',
      );
    }
  }
}

function versionInUse(): string {
  const database = new Database(':memory:');
  try {
    return database.prepare<[], string>('SELECT sqlite_version()').pluck().get()!;
  } finally {
    database.close();
  }
}

/** File systems whose locks and fsync cannot be relied on, by their magic numbers on Linux (statfs(2)). */
const NETWORK_FILE_SYSTEMS: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB2'],
]);

/** The name of the network file system with this magic number; undefined for all other file systems. */
export function networkFileSystem(type: number): string | undefined {
  // Some systems give the number as a signed one.
  return NETWORK_FILE_SYSTEMS.get(type >>> 0);
}

/** A warning for the operator if the data folder lies on a network file system. */
export function networkWarning(folder: string): string | undefined {
  const name = networkFileSystem(statfsSync(folder).type);
  if (name === undefined) return undefined;
  return `The data folder ${folder} lies on a network file system (${name}), where nobody can promise that "saved" is on disk, nor that no second server writes. Use a local disk.`;
}
