import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { findProgram, installPackages, isExecutable } from './programs.ts';

/** The engines that the browser tests run in; each is a project of playwright.config.ts. */
export type Engine = 'chromium' | 'firefox' | 'webkit';

interface Source {
  /** The setting that names one's own. */
  readonly variable: string;
  /** What systems call it. */
  readonly names: readonly string[];
  /** What Debian has it in. */
  readonly packages: readonly string[];
  /** What must be there beside it. */
  readonly beside: readonly string[];
}

/**
 * Chromium without the parts that make windows, which is what Playwright brings for tests without a screen. Debian has it apart, from
 * bookworm on; tests take half the time in it (64 s in place of 125 for the same 21, measured on two cores).
 */
const HEADLESS_SHELL = 'chromium-headless-shell';

const SOURCES: Readonly<Record<Engine, Source>> = {
  chromium: {
    variable: 'WEFT_CHROMIUM',
    names: [HEADLESS_SHELL, 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    packages: ['chromium', 'fonts-noto-cjk'],
    beside: [],
  },
  firefox: {
    variable: 'WEFT_FIREFOX',
    names: ['firefox-esr', 'firefox'],
    packages: ['firefox-esr'],
    beside: [],
  },
  webkit: {
    variable: 'WEFT_WEBKIT',
    names: ['WebKitWebDriver'],
    packages: ['webkit2gtk-driver', 'xvfb', 'xdotool'],
    // The screen that WebKitGTK draws on, and the hands that compose there.
    beside: ['Xvfb', 'xdotool'],
  },
};

/** What to do where there is no Chromium and none could be installed. */
export const BROWSER_ADVICE = [
  'No Chromium was found for the browser tests. Any one of these mends it:',
  '  npx playwright install --with-deps chromium   (downloads one)',
  '  sudo apt-get install chromium                 (Debian, Ubuntu)',
  '  WEFT_CHROMIUM=/path/to/chrome npm test        (uses yours)',
].join('\n');

/** What did not run where an engine beside Chromium is missing, and how it would. One line. */
export function missingEngine(engine: Engine): string {
  const { variable, packages } = SOURCES[engine];
  return `the browser tests in ${engine}: sudo apt-get install ${packages.join(' ')} (Debian, Ubuntu), or set ${variable}`;
}

/**
 * The program to test an engine with: the one that its setting names, else (Chromium) the one that Playwright installed, else the
 * system's; nothing where there is none. For WebKit that is its WebDriver. Throws where the setting names something that cannot
 * be run.
 */
export function findBrowser(engine: Engine = 'chromium'): string | undefined {
  const { variable, names, beside } = SOURCES[engine];
  if (!beside.every((name) => findProgram([name]) !== undefined)) return undefined;
  const wanted = process.env[variable];
  if (wanted !== undefined && wanted !== '') {
    if (!isExecutable(wanted)) throw new Error(`${variable} is ${wanted}, which is not a program`);
    return wanted;
  }
  if (engine === 'chromium' && existsSync(chromium.executablePath())) return chromium.executablePath();
  return findProgram(names);
}

/** Finds an engine, or installs Debian's where that is possible; of Chromium the faster one, beside another that it has. */
export function provideBrowser(engine: Engine, report: (line: string) => void): string | undefined {
  if (findBrowser(engine) === undefined) installPackages(SOURCES[engine].packages, report);
  const found = findBrowser(engine);
  const isWhole = found !== undefined && found === findProgram(['chromium']) && !process.env[SOURCES[engine].variable];
  if (isWhole) installPackages([HEADLESS_SHELL], report);
  return findBrowser(engine);
}
