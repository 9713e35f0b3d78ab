import { closeSync, fsyncSync, mkdirSync, openSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Makes a folder, and those above it, for its owner alone; a power cut does not take them away again. Not Node's own recursive
 * way, which asks for ever where a file system such as /proc answers that there is no such place, whatever is above it. Throws
 * the system's error.
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
      // Somebody else may have made it this moment.
      if (!statSync(each, { throwIfNoEntry: false })?.isDirectory()) throw error;
    }
  }
  for (const each of missing) {
    try {
      sync(path.dirname(each));
    } catch {
      // A folder that one may write into and not read; its entries reach the disk a few seconds later.
    }
  }
  if (!statSync(existing).isDirectory()) mkdirSync(existing);
}

/** Makes the contents of a file, or the entries of a folder, durable. Throws the system's error. */
export function sync(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
