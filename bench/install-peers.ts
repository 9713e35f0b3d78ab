import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { PEERS } from './servers/peer-process.ts';

/** All peers, by the names of their adapters. */
export const ALL_PEERS: readonly string[] = ['sharedb', 'hocuspocus', 'y-websocket'];

/** Installs the peers into their own folder, unless they are there as the lock file wants them. Throws where that fails. */
export function installPeers(): void {
  // npm writes the second file at the end of an installation.
  const [wanted, installed] = ['package-lock.json', 'node_modules/.package-lock.json'].map(changedAt);
  if (installed! >= wanted!) return;
  console.log('Installing the peers …');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: PEERS, stdio: 'inherit' });
  if (status !== 0) throw new Error('The peers could not be installed; see above');
}

/** Milliseconds since 1970; 0 where there is no such file. */
function changedAt(file: string): number {
  return statSync(path.join(PEERS, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
