import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ManualClock } from '../../shared/testing/manual-clock.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { goodClaims, KeyHolder } from '../../testing/token-maker.ts';
import { BackgroundJobs } from '../base/background-jobs.ts';
import { parseConfig } from '../setup/config.ts';
import { keysOfFile } from './token-keys.ts';
import { openTokens, type TokenVerifier } from './token-verifier.ts';

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

describe('keys behind a URL', () => {
  /** A server of keys that a test stops, exchanges the keys of, and counts the questions to. */
  let server: Server;
  let answer: (response: ServerResponse) => void;
  let asked: number;
  let warnings: object[];
  let clock: ManualClock;
  let jobs: BackgroundJobs;
  let first: KeyHolder;
  let second: KeyHolder;

  const publish = (...holders: KeyHolder[]): void => {
    answer = (response) => response.end(JSON.stringify({ keys: holders.map(({ publicKey }) => publicKey) }));
  };
  const fail = (): void => {
    answer = (response) => response.writeHead(500).end();
  };

  beforeEach(async () => {
    [first, second] = [await KeyHolder.make('ES256', 'first'), await KeyHolder.make('EdDSA', 'second')];
    clock = new ManualClock();
    asked = 0;
    warnings = [];
    server = createServer((_request, response) => {
      asked += 1;
      answer(response);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  function open(): Promise<TokenVerifier> {
    const { port } = server.address() as AddressInfo;
    const config = parseConfig({ WEFT_JWT_JWKS_URL: `http://127.0.0.1:${port}/keys` });
    const logger = {
      info: () => undefined,
      warn: (fields: object) => void warnings.push(fields),
      error: () => undefined,
    };
    jobs = new BackgroundJobs({ clock, logger });
    return openTokens(config, { clock, jobs });
  }
  const idOf = async (verifier: TokenVerifier, token: Promise<string>) => (await verifier.verify(await token)).id;

  it('asks once for any number of tokens', async () => {
    publish(first, second);
    const verifier = await open();
    await Promise.all(Array.from({ length: 100 }, (_, index) => idOf(verifier, (index % 2 ? first : second).sign())));
    expect(asked).toBe(1);
  });

  it('asks for a key that is new, but at most every 30 s, whatever is asked for', async () => {
    publish(first);
    const verifier = await open();
    await idOf(verifier, first.sign());
    publish(first, second);
    await expect(idOf(verifier, second.sign())).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(asked).toBe(1);
    clock.advance(30_000);
    expect(await idOf(verifier, second.sign())).toBe('mina');
    for (let round = 0; round < 20; round += 1) {
      const token = first.sign(goodClaims(), { kid: `invented ${round}` });
      await expect(idOf(verifier, token)).rejects.toMatchObject({ code: 'unauthenticated' });
    }
    expect(asked).toBe(2);
  });

  it('forgets a key that was withdrawn, ten minutes later', async () => {
    publish(first, second);
    const verifier = await open();
    await idOf(verifier, first.sign());
    publish(second);
    clock.advance(600_000);
    await vi.waitFor(
      async () => expect(idOf(verifier, first.sign())).rejects.toMatchObject({ code: 'unauthenticated' }),
      10_000,
    );
    expect(await idOf(verifier, second.sign())).toBe('mina');
  });

  it('K1 goes on with the keys it knows while there is no answer, and says so in the log', async () => {
    publish(first);
    const verifier = await open();
    await idOf(verifier, first.sign());
    fail();
    clock.advance(600_000);
    expect(await idOf(verifier, first.sign())).toBe('mina');
    await vi.waitFor(() => expect(warnings).toHaveLength(1), 10_000);
    expect(await idOf(verifier, first.sign())).toBe('mina');
  });

  it('calls tokens unavailable, not invalid, where no key was ever known, and does not ask for each of them', async () => {
    fail();
    const verifier = await open();
    for (let round = 0; round < 20; round += 1) {
      await expect(idOf(verifier, first.sign())).rejects.toMatchObject({ code: 'unavailable', retryAfter: 30_000 });
    }
    expect(asked).toBe(1);
    publish(first);
    clock.advance(30_000);
    expect(await idOf(verifier, first.sign())).toBe('mina');
  });

  it('asks again every 30 s until there is an answer, also where nobody comes with a token', async () => {
    fail();
    const verifier = await open();
    for (let failures = 1; failures <= 3; failures += 1) {
      await vi.waitFor(() => expect(jobs.records.get('token-keys')).toMatchObject({ failures }), 10_000);
      if (failures === 3) publish(first);
      clock.advance(30_000);
    }
    await vi.waitFor(() => expect(jobs.records.get('token-keys')).toMatchObject({ runs: 4, isFailing: false }), 10_000);
    expect([asked, warnings.length, clock.pending]).toEqual([4, 1, 0]);
    expect(await idOf(verifier, first.sign())).toBe('mina');
  });

  it('K1 never takes a secret from the set', async () => {
    answer = (response) => response.end(JSON.stringify({ keys: [{ kty: 'oct', k: 'c2VjcmV0', kid: 'first' }] }));
    const verifier = await open();
    await expect(idOf(verifier, first.sign())).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});
