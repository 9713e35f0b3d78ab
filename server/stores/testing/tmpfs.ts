import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Can a file system of our own be mounted here? Root in an ordinary system can, an unprivileged container cannot. */
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

/** Mounts a small file system, `size` as `mount` takes it, on a folder; returns the function that unmounts it. */
export function mountTmpfs(folder: string, size: string): () => void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], { stdio: 'ignore' });
  return () => void execFileSync('umount', [folder]);
}
