import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import type { Browser, BrowserContext, BrowserType, LaunchOptions } from '@playwright/test';
import { BROWSER_ADVICE, findBrowser } from '../../scripts/browser.ts';

/** The size of what pages are seen in, in CSS pixels. */
export const WINDOW = { width: 1280, height: 800 };

/** A browser is many processes, so it may use every core, also where this process keeps to one. */
export async function launchBrowser(): Promise<Browser> {
  const { chromium, options } = await readyToLaunch();
  return chromium.launch(options);
}

/**
 * A browser with a profile in a folder, as people have: it keeps what it has loaded, and what it has compiled of that, which it does not keep
 * for the newcomers of `launchBrowser`.
 */
export async function launchProfile(folder: string): Promise<BrowserContext> {
  const { chromium, options } = await readyToLaunch();
  return chromium.launchPersistentContext(folder, { ...options, viewport: WINDOW });
}

async function readyToLaunch(): Promise<{ readonly chromium: BrowserType; readonly options: LaunchOptions }> {
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
  return { chromium, options: { executablePath, args } };
}
