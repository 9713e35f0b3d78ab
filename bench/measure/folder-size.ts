import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** Bytes of all files in a folder and below. */
export function folderSize(folder: string): number {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).reduce((sum, name) => {
    const status = statSync(path.join(folder, name));
    return status.isFile() ? sum + status.size : sum;
  }, 0);
}
