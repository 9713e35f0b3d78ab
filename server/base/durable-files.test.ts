import { existsSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder } from './durable-files.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';

describe('a data folder', () => {
  it('is made with those above it, for its owner alone, and left as it is where it exists', () => {
    const folder = path.join(temporaryFolder(), 'a/b/c');
    makeFolder(folder);
    makeFolder(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it.runIf(existsSync('/proc/self'))('is refused in a place where none can be, at once', () => {
    expect(() => makeFolder('/proc/weft/data')).toThrow(expect.objectContaining({ code: 'ENOENT' }));
  });

  it('is refused in place of a file, and below one', () => {
    const file = path.join(temporaryFolder(), 'file');
    writeFileSync(file, 'mine');
    expect(() => makeFolder(file)).toThrow(expect.objectContaining({ code: 'EEXIST' }));
    expect(() => makeFolder(path.join(file, 'data'))).toThrow(expect.objectContaining({ code: 'ENOTDIR' }));
  });
});
