import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { root } from '../../scripts/build.mjs';
import { ServerProcess } from '../../testing/server-process.ts';
import { JWT_SECRET } from '../../testing/token-maker.ts';
import { test as base } from '../fixtures/test.ts';

/** The older checkout, which is built. */
const OLDER = process.env['WEFT_OLDER'] ?? '';

/** The history is read faster than is allowed otherwise. */
const SETTINGS = { WEFT_JWT_SECRET: JWT_SECRET, WEFT_HISTORY_READS_PER_SECOND: '10000' };

/** As the other browser tests, but `server` runs the older build until `upgrade`. */
export const test = base.extend<{ server: ServerProcess; upgrade: (how?: 'kill' | 'stop') => Promise<void> }>({
  server: async ({}, use) => {
    if (OLDER === '') throw new Error('Run these tests by scripts/compat.ts');
    const server = await ServerProcess.start({ checkout: OLDER, env: SETTINGS });
    await use(server);
    await server.dispose();
  },
  weft: async ({ server }, use) => use(server),
  /** Ends the older server and starts ours on the same data and port. */
  upgrade: async ({ server }, use) => {
    await use(async (how = 'kill') => {
      await server[how]();
      server.checkout = root;
      await server.start();
    });
  },
});

/** Runs a command of the build that `server` runs on its data, and returns what it printed. */
export function weft(server: ServerProcess, ...words: readonly string[]): string {
  const main = path.join(server.checkout, 'dist/server/main.js');
  return execFileSync(process.execPath, [main, ...words, '--data', server.dataFolder], {
    encoding: 'utf8',
    stdio: 'pipe',
  });
}
