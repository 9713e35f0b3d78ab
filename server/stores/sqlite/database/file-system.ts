import { statfsSync } from 'node:fs';

/** Kinds of file systems, by the numbers that Linux gives them (statfs(2)), on which locks and syncs cannot be relied on. */
const NETWORKS: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB2'],
]);

/** What a network file system of that number is called; undefined for every other. */
export function networkFileSystem(type: number): string | undefined {
  // Some systems hand the number out with a sign.
  return NETWORKS.get(type >>> 0);
}

/** What an operator should know of where a data folder lies; undefined where that is an ordinary place. */
export function warningOfPlace(folder: string): string | undefined {
  const name = networkFileSystem(statfsSync(folder).type);
  if (name === undefined) return undefined;
  return `The data folder ${folder} lies on a network file system (${name}), where nobody can promise that "saved" is on disk, nor that no second server writes. Use a local disk.`;
}
