import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { BROWSER_ADVICE, provideBrowser } from './browser.ts';
import { ROOT, runTool } from './run.ts';

/**
 * `npm run compat -- COMMIT|FOLDER [test options]`: upgrades from an older Weft to this one. Its server writes documents and serves
 * pages; ours takes over its data folder and port. COMMIT is built in a worktree of its own, which is removed afterwards; FOLDER is
 * a checkout that has its dependencies. Needs git history, and is no part of `npm test`.
 */
const { positionals } = parseArgs({ allowPositionals: true, strict: false });
const [older] = positionals;
if (older === undefined) throw new Error('Usage: npm run compat -- COMMIT|FOLDER [options of playwright test]');
if (provideBrowser('chromium', console.log) === undefined) throw new Error(BROWSER_ADVICE);

const isFolder = existsSync(path.join(older, 'package.json'));
const folder = isFolder ? path.resolve(older) : mkdtempSync(path.join(tmpdir(), 'weft-older-'));
try {
  if (!isFolder) {
    run('git', ['worktree', 'add', '--detach', folder, older], ROOT);
    run('npm', ['ci', '--prefer-offline'], folder);
  }
  if (!existsSync(path.join(folder, 'dist/.built-web'))) run('npm', ['run', 'build'], folder);
  const options = ['test', '--config', 'e2e/compat/playwright.config.ts', ...process.argv.slice(3)];
  const env = { WEFT_OLDER: folder };
  const { code } = await runTool('@playwright/test/cli.js', options, { output: 'terminal', env });
  process.exitCode = code;
} finally {
  if (!isFolder) {
    rmSync(folder, { recursive: true, force: true });
    run('git', ['worktree', 'prune'], ROOT);
  }
}

function run(program: string, options: readonly string[], cwd: string): void {
  execFileSync(program, options, { cwd, stdio: 'inherit' });
}
