import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../base/clock.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { Command } from '../testing/command.ts';
import { JWT_SECRET } from '../../testing/token-maker.ts';
import { keysOfSecret } from '../tokens/token-keys.ts';
import { TokenVerifier } from '../tokens/token-verifier.ts';

beforeAll(() => Command.build());

const HOUR = 3_600_000;

async function run(
  words: readonly string[],
  settings: Record<string, string> = { WEFT_JWT_SECRET: JWT_SECRET },
  cwd?: string,
) {
  const command = new Command(['token', ...words], settings, cwd);
  onTestFinished(() => void command.child.kill('SIGKILL'));
  return { code: await command.end(), output: command.output, errors: command.errors };
}

function verify(token: string, audience = 'weft') {
  const keys = [keysOfSecret(JWT_SECRET)];
  return new TokenVerifier({ keys, audience, maximumBytes: 8192, grace: 0, clock: systemClock }).verify(token);
}

describe('weft token', () => {
  it('K2 prints a token that the server takes, and nothing else', async () => {
    const before = Date.now();
    const { code, output, errors } = await run([
      ...['--sub', 'mina', '--name', 'Mina 민아', '--color', '#2e67c6'],
      ...['--document', 'notes', '--role', 'editor', '--document', 'plan', '--role', 'viewer'],
    ]);
    expect([code, errors]).toEqual([0, '']);
    expect(output).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    const { id, name, color, token } = await verify(output.trim());
    expect({ id, name, color }).toEqual({ id: 'mina', name: 'Mina 민아', color: '#2e67c6' });
    expect([...token!.grants!]).toEqual([
      ['notes', 'editor'],
      ['plan', 'viewer'],
    ]);
    expect(token!.expiresAt).toBeGreaterThanOrEqual(Math.floor(before / 1000) * 1000 + HOUR);
    expect(token!.expiresAt).toBeLessThanOrEqual(Date.now() + HOUR);
  });

  it('without documents is an account, and takes lifetime and audience', async () => {
    const { output } = await run(['--sub', 'mina', '--expires', '2d', '--audience', 'elsewhere']);
    await expect(verify(output.trim())).rejects.toThrow(/aud/);
    const { name, token } = await verify(output.trim(), 'elsewhere');
    expect([name, token!.grants]).toEqual(['mina', undefined]);
    expect(token!.expiresAt - Date.now()).toBeGreaterThan(47 * HOUR);
  });

  it('finds the secret in .env', async () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, '.env'), `WEFT_JWT_SECRET=${JWT_SECRET}\n`);
    const { output } = await run(['--sub', 'mina'], {}, folder);
    expect((await verify(output.trim())).id).toBe('mina');
  });

  it.each([
    [['--name', 'Mina'], 2, /--sub/],
    [['--sub', 'guest_1'], 2, /user's id must not begin with guest_/],
    [['--sub', 'mina', '--document', 'notes'], 2, /one --role/],
    [['--sub', 'mina', '--document', 'notes', '--role', 'admin'], 2, /user's documents must be .*documents\.0\.role/],
    [['--sub', 'mina', '--expires', 'soon'], 2, /--expires is a number/],
    [['--sub', 'mina', '--color', 'red'], 2, /user's color must be/],
  ])('%j is refused, and prints no token', async (words, exitCode, message) => {
    const { code, output, errors } = await run(words);
    expect([code, output]).toEqual([exitCode, '']);
    expect(errors).toMatch(message);
    expect(errors).not.toContain(JWT_SECRET);
  });

  it('FA12 refuses to sign without a secret, and with a short one', async () => {
    const none = await run(['--sub', 'mina'], {});
    expect([none.code, none.output]).toEqual([1, '']);
    expect(none.errors).toMatch(/WEFT_JWT_SECRET is not set/);
    const short = await run(['--sub', 'mina'], { WEFT_JWT_SECRET: 'short' });
    expect([short.code, short.output]).toEqual([1, '']);
    expect(short.errors).toMatch(/WEFT_JWT_SECRET must be at least 32 bytes long/);
  });
});
