import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { KeyHolder } from '../../testing/token-maker.ts';
import { keysOfFile } from './token-keys.ts';

let folder: string;
beforeAll(() => {
  folder = temporaryFolder();
});

describe('a file of keys', () => {
  it.each([
    ['is missing', undefined, /ENOENT/],
    ['is not JSON', '{', /is not JSON/],
    ['is in another encoding', Buffer.from('{"keys": [{"kid": "Schlüssel"}]}', 'latin1'), /is not UTF-8/],
    ['has a byte order mark', '\ufeff{"keys": []}', /must hold a key/],
    ['holds no key', '{"keys": []}', /must hold a key/],
    ['holds a secret', '{"keys": [{"kty": "oct", "k": "AAAA"}]}', /keys\.0/],
    ['holds another curve', '{"keys": [{"kty": "EC", "crv": "P-384"}]}', /must be P-256/],
    ['holds half a key', '{"keys": [{"kty": "RSA", "n": "AQAB"}]}', /keys\.0 is not a usable key/],
  ])('that %s is refused at the start, by the name of the setting', async (name, text, message) => {
    const path = join(folder, `${name}.json`);
    if (text !== undefined) await writeFile(path, text);
    await expect(keysOfFile(path)).rejects.toThrow(message);
    await expect(keysOfFile(path)).rejects.toThrow(/^WEFT_JWT_JWKS_FILE /);
  });

  it('that holds a private key is refused, and the key is not repeated', async () => {
    const key = await (await KeyHolder.make('RS256', 'of rsa')).privateJwk();
    const path = join(folder, 'private.json');
    await writeFile(path, JSON.stringify({ keys: [key] }));
    const error = await keysOfFile(path).catch((reason: Error) => reason);
    expect((error as Error).message).toMatch(/is a private key/);
    expect((error as Error).message).not.toContain(key.d);
  });
});
