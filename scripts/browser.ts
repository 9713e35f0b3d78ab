import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { findProgram, installPackages, isExecutable } from './programs.ts';

/** What a system calls a Chromium that Playwright can drive. */
const SYSTEM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** What to do where there is no browser and none could be installed. */
export const BROWSER_ADVICE = [
  'No Chromium was found for the browser tests. Any one of these mends it:',
  '  npx playwright install --with-deps chromium   (downloads one)',
  '  sudo apt-get install chromium                 (Debian, Ubuntu)',
  '  WEFT_CHROMIUM=/path/to/chrome npm test        (uses yours)',
].join('\n');

/**
 * The Chromium to test with: WEFT_CHROMIUM, else the one that Playwright installed, else the system's; nothing where there is
 * none. Throws where WEFT_CHROMIUM names something that cannot be run.
 */
export function findBrowser(): string | undefined {
  const wanted = process.env['WEFT_CHROMIUM'];
  if (wanted !== undefined && wanted !== '') {
    if (!isExecutable(wanted)) throw new Error(`WEFT_CHROMIUM is ${wanted}, which is not a program`);
    return wanted;
  }
  if (existsSync(chromium.executablePath())) return chromium.executablePath();
  return findProgram(SYSTEM_NAMES);
}

/** Finds a browser, or installs Debian's where that is possible. */
export function provideBrowser(report: (line: string) => void): string | undefined {
  const found = findBrowser();
  if (found !== undefined) return found;
  installPackages(['chromium', 'fonts-noto-cjk'], report);
  return findBrowser();
}
