import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import type { Browser } from '@playwright/test';
import { BROWSER_ADVICE, findBrowser } from '../../scripts/browser.ts';

/** A browser is many processes, so it may use every core, also where this process keeps to one. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new Error(BROWSER_ADVICE);
  try {
    execFileSync('taskset', ['-cp', `0-${cpus().length - 1}`, String(process.pid)], { stdio: 'ignore' });
  } catch {
    // No taskset: nothing was pinned.
  }
  // Chromium's sandbox refuses to run as root.
  const rights = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const args = [...rights, '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'];
  // Loaded here, because every other measurement can do without.
  const { chromium } = await import('@playwright/test');
  return chromium.launch({ executablePath, args });
}
