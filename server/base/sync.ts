import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Makes the contents of a file, or the entries of a folder, durable. Throws the system's error. */
export function sync(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
