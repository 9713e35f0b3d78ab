import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { secretInFolder } from './identity-secret.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

it('is made once, for its owner alone, and kept', async () => {
  const secret = await secretInFolder(folder);
  expect(secret).toMatch(/^[\w-]{43}$/);
  expect((await stat(join(folder, 'secret'))).mode & 0o777).toBe(0o600);
  expect(await secretInFolder(folder)).toBe(secret);
});

it('is one secret for several that start at the same time', async () => {
  const secrets = await Promise.all(Array.from({ length: 8 }, () => secretInFolder(folder)));
  expect(new Set(secrets).size).toBe(1);
  expect(await readdir(folder)).toEqual(['secret']);
});

it('is refused when too short, and the folder is told when it is missing (FA12)', async () => {
  await writeFile(join(folder, 'secret'), 'short\n');
  await expect(secretInFolder(folder)).rejects.toThrow(/at least 32 bytes/);
  await expect(secretInFolder(join(folder, 'missing'))).rejects.toThrow(/ENOENT/);
});

it('is refused when it is not text: what it was read as would be weaker', async () => {
  await writeFile(join(folder, 'secret'), Buffer.alloc(48, 0xff));
  await expect(secretInFolder(folder)).rejects.toThrow(/secret is not UTF-8/);
  await writeFile(join(folder, 'secret'), `\ufeff${'s'.repeat(32)}\r\n`);
  expect(await secretInFolder(folder)).toBe('s'.repeat(32));
});
