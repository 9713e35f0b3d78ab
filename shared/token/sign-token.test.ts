import { createContext, runInContext } from 'node:vm';
import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ManualClock } from '../testing/manual-clock.ts';
import { ServerProcess } from '../../testing/server-process.ts';
import { Stranger } from '../../testing/stranger.ts';
import { JWT_SECRET } from '../../testing/token-maker.ts';
import { keysOfSecret } from '../../server/tokens/token-keys.ts';
import { TokenVerifier } from '../../server/tokens/token-verifier.ts';
import { signToken, TokenInputError, type TokenUser } from './sign-token.ts';

const mina = { id: 'mina', name: 'Mina 민아' };

/** What a server with the same secret makes of it, some seconds from now. */
function verify(token: string, { later = 0, audience = 'weft' } = {}) {
  const clock = new ManualClock(Date.now() + later * 1000);
  return new TokenVerifier({ keys: [keysOfSecret(JWT_SECRET)], audience, maximumBytes: 8192, grace: 0, clock }).verify(
    token,
  );
}

describe('K2 signToken', () => {
  it('makes tokens that a server takes, of accounts and of users who may open one document', async () => {
    const server = await ServerProcess.start({ env: { WEFT_JWT_SECRET: JWT_SECRET, WEFT_GUESTS: 'off' } });
    onTestFinished(() => server.dispose());
    const stranger = new Stranger(server.url);
    const bearer = async (user: TokenUser) => ({ authorization: `Bearer ${await signToken(user, JWT_SECRET)}` });
    const account = await bearer({ ...mina, color: '#2e67c6' });
    const made = await stranger.send('POST', '/api/documents', { title: 'Notes' }, account);
    const id = made.json!['id'] as string;
    const reader = await bearer({ id: 'jun', name: 'Jun', documents: [{ id, role: 'viewer' }] });
    const seen = await stranger.get(`/api/documents/${id}`, reader);
    expect([made.status, seen.json]).toEqual([201, expect.objectContaining({ title: 'Notes', role: 'viewer' })]);
    expect((await stranger.send('PUT', `/api/documents/${id}/content`, 'x', reader)).status).toBe(403);
    const { json: session } = await stranger.get('/api/session', account);
    expect(session!['user']).toMatchObject({ ...mina, color: '#2e67c6' });
  });

  it.each([
    [undefined, 3600],
    [90, 90],
    ['45s', 45],
    ['30m', 1800],
    ['2h', 7200],
    ['7d', 604_800],
  ])('with expiresIn %j ends after %i seconds', async (expiresIn, seconds) => {
    const token = await signToken(mina, JWT_SECRET, { expiresIn });
    expect((await verify(token, { later: seconds - 5 })).id).toBe('mina');
    await expect(verify(token, { later: seconds + 5 })).rejects.toThrow(/expired/);
  });

  it('is for the audience that is named', async () => {
    const token = await signToken(mina, JWT_SECRET, { audience: 'elsewhere' });
    expect((await verify(token, { audience: 'elsewhere' })).id).toBe('mina');
    await expect(verify(token)).rejects.toThrow(/aud/);
  });

  it.each([
    ['no user', undefined, /must be an object/],
    ['a number for an id', { id: 42, name: 'Mina' }, /id must be a string/],
    ['no name', { id: 'mina' }, /name must be 1 to 64/],
    ['a name of two lines', { id: 'mina', name: 'Mi\nna' }, /name must be 1 to 64/],
    ['an id with a space', { id: 'mi na', name: 'Mina' }, /id must be 1 to 128/],
    ['the id of a guest', { id: 'guest_1', name: 'Mina' }, /must not begin with guest_/],
    ['a colour by name', { ...mina, color: 'red' }, /color must be #rrggbb/],
    ['a role that is none', { ...mina, documents: [{ id: 'a', role: 'admin' }] }, /owner, .*documents\.0\.role/],
    ['an id of a document that is none', { ...mina, documents: [{ id: '../a', role: 'viewer' }] }, /documents\.0\.id/],
    [
      'a document twice',
      {
        ...mina,
        documents: [
          { id: 'a', role: 'viewer' },
          { id: 'a', role: 'owner' },
        ],
      },
      /each once/,
    ],
    ['documents by another name', { ...mina, document: [{ id: 'a', role: 'viewer' }] }, /has no document$/],
  ])('refuses %s', async (_what, user, message) => {
    const signed = signToken(user as TokenUser, JWT_SECRET);
    await expect(signed).rejects.toThrow(message);
    await expect(signed).rejects.toBeInstanceOf(TokenInputError);
  });

  it.each([undefined, '', 'x'.repeat(31), Buffer.alloc(32)])('refuses %j for a secret', async (secret) => {
    await expect(signToken(mina, secret as string)).rejects.toThrow(/string of at least 32 bytes/);
  });

  it.each([0, -1, 1.5, NaN, Infinity, Number.MAX_SAFE_INTEGER, '1 hour', '90', ''])(
    'refuses %j for a lifetime',
    async (expiresIn) => {
      await expect(signToken(mina, JWT_SECRET, { expiresIn })).rejects.toThrow(/expiresIn must be/);
    },
  );

  it('refuses an empty audience', async () => {
    await expect(signToken(mina, JWT_SECRET, { audience: '' })).rejects.toThrow(/audience/);
  });

  it('runs with Web Crypto and nothing of Node', async () => {
    const entry = fileURLToPath(new URL('./sign-token.ts', import.meta.url));
    const lib = { entry, formats: ['iife' as const], name: 'weft' };
    const bundles = await build({ configFile: false, logLevel: 'silent', build: { write: false, lib } });
    const [{ output }] = bundles as Rolldown.RolldownOutput[] as [Rolldown.RolldownOutput];
    expect(output[0].imports).toEqual([]);
    // The classes of this realm, by which Web Crypto judges what it is given.
    const globals = { crypto, TextEncoder, TextDecoder, Uint8Array, URL, structuredClone, btoa, secret: JWT_SECRET };
    const program = `${output[0].code}; weft.signToken({ id: 'mina', name: 'Mina 민아' }, secret)`;
    const token = (await runInContext(program, createContext(globals))) as string;
    expect(await verify(token)).toMatchObject(mina);
  });
});
