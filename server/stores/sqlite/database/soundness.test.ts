import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../testing/temporary-folder.ts';
import { assertSoundSqlite, networkFileSystem, networkWarning } from './soundness.ts';

describe('the SQLite that a store runs on (FS13)', () => {
  for (const version of ['3.51.2', '3.51', '3.50.7', '3.9.99', '2.99.99', '']) {
    it(`is refused: ${version || 'none'}`, () => {
      expect(() => assertSoundSqlite(version)).toThrow(expect.objectContaining({ code: 'STORE_UNSOUND' }));
    });
  }
  for (const version of ['3.51.3', '3.51.10', '3.52.0', '3.100.0', '4.0']) {
    it(`is taken: ${version}`, () => expect(() => assertSoundSqlite(version)).not.toThrow());
  }
});

describe('the place of a data folder (FS13)', () => {
  it('is warned of where it is a network, and of nothing else', () => {
    expect(networkFileSystem(0x6969)).toBe('NFS');
    expect(networkFileSystem(0xff534d42 - 2 ** 32)).toBe('CIFS');
    expect(networkFileSystem(0xef53)).toBeUndefined();
    expect(networkWarning(temporaryFolder())).toBeUndefined();
  });
});
