import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Whether a tmpfs can be mounted here: root of an ordinary system can, an unprivileged container cannot. */
export function canMountTmpfs(): boolean {
  const folder = mkdtempSync(path.join(tmpdir(), 'weft-mount-'));
  try {
    mountTmpfs(folder, '64k')();
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Mounts a tmpfs on a folder, of a `size` as `mount` takes it. Returns the function that unmounts it. */
export function mountTmpfs(folder: string, size: string): () => void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], { stdio: 'ignore' });
  return () => void execFileSync('umount', [folder]);
}
