import { closeSync, fsyncSync, mkdirSync, openSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Makes a folder and its missing parents, durably and for their owner alone (0700). Node's own `recursive` never ends on a file
 * system such as /proc, which always answers ENOENT. Throws the system's error.
 */
export function makeFolder(folder: string): void {
  const missing: string[] = [];
  let existing = path.resolve(folder);
  while (statSync(existing, { throwIfNoEntry: false }) === undefined) {
    missing.unshift(existing);
    existing = path.dirname(existing);
  }
  for (const each of missing) {
    try {
      mkdirSync(each, { mode: 0o700 });
    } catch (error) {
      // Another process may have just made it.
      if (!statSync(each, { throwIfNoEntry: false })?.isDirectory()) throw error;
    }
  }
  for (const each of missing) {
    try {
      sync(path.dirname(each));
    } catch {
      // It may be writable and not readable; its entries then reach the disk a few seconds later.
    }
  }
  if (!statSync(existing).isDirectory()) mkdirSync(existing);
}

/** Calls fsync on a file, or on a folder for its entries. Throws the system's error. */
export function sync(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
