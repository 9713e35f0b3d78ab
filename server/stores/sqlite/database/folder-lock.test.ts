import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { childProcess } from '../../testing/child-process.ts';
import { temporaryFolder } from '../../../../testing/temporary-folder.ts';
import { createDocument } from '../../testing/runs.ts';
import { openStore } from '../../testing/stores.ts';
import { FolderLock } from './folder-lock.ts';

describe('the lock of a data folder', () => {
  it('lets in one store at a time, also within one process, and the next once it is released', () => {
    const folder = temporaryFolder();
    const lock = FolderLock.acquire(folder);
    expect(() => FolderLock.acquire(folder)).toThrow(`is in use by process ${process.pid}`);
    lock.release();
    lock.release();
    FolderLock.acquire(folder).release();
  });

  it('holds without the note that says whose it is', () => {
    const folder = temporaryFolder();
    const lock = FolderLock.acquire(folder);
    rmSync(path.join(folder, 'weft.pid'));
    expect(() => FolderLock.acquire(folder)).toThrow('is in use by another process');
    lock.release();
  });

  it('is not fooled by a note that a killed process left', () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'weft.pid'), '1 elsewhere\n');
    const lock = FolderLock.acquire(folder);
    expect(readFileSync(path.join(folder, 'weft.pid'), 'utf8')).toContain(String(process.pid));
    lock.release();
  });

  it('keeps a second server out and says which process is in the way; kill -9 frees it (FS5)', async () => {
    const folder = temporaryFolder();
    const child = childProcess('open-store.ts', folder);
    await once(child.stdout!, 'data');
    await expect(openStore({ folder })).rejects.toMatchObject({
      code: 'STORE_IN_USE',
      message: expect.stringContaining(`process ${child.pid}`),
    });
    child.kill('SIGKILL');
    await once(child, 'exit');
    await createDocument(await openStore({ folder }), 'a');
  });

  it('is free again after a store closed, and after one could not open', async () => {
    const folder = temporaryFolder();
    await (await openStore({ folder })).close();
    writeFileSync(path.join(folder, 'weft.sqlite'), 'not a database');
    await expect(openStore({ folder })).rejects.toMatchObject({ code: 'STORE_DAMAGED' });
    FolderLock.acquire(folder).release();
  });
});
