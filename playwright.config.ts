import { defineConfig, type PlaywrightTestConfig } from '@playwright/test';
import path from 'node:path';
import { BROWSER_ADVICE, findBrowser, type Engine } from './scripts/browser.ts';

const chromium = findBrowser();
if (chromium === undefined) throw new Error(BROWSER_ADVICE);

/** The option of the tests that says where they run. */
interface EngineOption {
  engine: Engine;
}

/** An option of our test kit, which the configuration does not import: it knows the types of browsers. */
interface KitOption {
  ownServer: boolean;
}

type Project = NonNullable<PlaywrightTestConfig<KitOption, EngineOption>['projects']>[number];

const isRoot = process.getuid?.() === 0;

/** What every engine must do. They are written for `Writer`s, or a driver of Playwright's is enough; see docs/browsers.md. */
const IN_ALL = [
  'typing-together',
  'undo',
  'offline',
  'leaving',
  'dark',
  'server-restart',
  'odd-text',
  'remote-carets',
  'stillness',
  'embed-engines',
];
const IN_FIREFOX = [...IN_ALL, 'search', 'keyboard', 'tab-crash', 'composition'];

const PROJECTS: Readonly<Record<Engine, Project>> = {
  chromium: {
    testIgnore: 'webkit/**',
    use: {
      engine: 'chromium',
      launchOptions: {
        executablePath: chromium,
        args: [
          // Chromium's sandbox refuses to run as root.
          ...(isRoot ? ['--no-sandbox'] : []),
          '--disable-gpu',
          '--disable-dev-shm-usage',
          '--disable-background-networking',
          '--disable-component-update',
          '--disable-sync',
          '--no-first-run',
        ],
      },
    },
  },
  firefox: {
    testIgnore: 'webkit/**',
    testMatch: IN_FIREFOX.map((name) => `${name}.spec.ts`),
    use: {
      engine: 'firefox',
      browserName: 'firefox',
      // The system's Firefox, over WebDriver BiDi.
      channel: 'moz-firefox',
      launchOptions: {
        executablePath: path.join(import.meta.dirname, 'e2e/firefox/stand-in.mjs'),
        env: { ...(process.env as Record<string, string>), WEFT_FIREFOX: findBrowser('firefox') ?? '' },
        // Frames of other sites share the process of their page: keys of WebDriver BiDi do not reach another one.
        firefoxUserPrefs: { 'fission.webContentIsolationStrategy': 0 },
      },
    },
  },
  webkit: {
    testMatch: [...IN_ALL.map((name) => `${name}.spec.ts`), 'webkit/*.spec.ts'],
    use: { engine: 'webkit' },
  },
};

const engines = (Object.keys(PROJECTS) as Engine[]).filter((engine) => findBrowser(engine) !== undefined);

export default defineConfig<KitOption, EngineOption>({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  globalSetup: './e2e/fixtures/build.ts',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  // In milliseconds. Only what fails waits as long; a machine with ten times the work of its cores needs a minute for some.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: 'list',
  use: {
    // A server for each worker takes less time; those who stop it say so.
    ownServer: false,
    locale: 'en-GB',
    timezoneId: 'UTC',
    trace: 'on-first-retry',
  },
  projects: [
    ...engines.map((name) => ({ name, ...PROJECTS[name] })),
    // What docs/testing.md shows, as anybody would run it: with the built kit, and a server for each test.
    {
      name: 'examples',
      testDir: 'docs/examples/testing',
      use: { ...PROJECTS.chromium.use, ownServer: true },
    },
  ],
});
