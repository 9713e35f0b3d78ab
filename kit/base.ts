import { expect, test as bare, type Browser, type BrowserContextOptions } from '@playwright/test';
import { Crowd } from './crowd.ts';
import { DocumentOwner, type DocumentFields } from './document-owner.ts';
import { describe } from './failure.ts';
import { HostPages } from './host-pages.ts';
import { Network } from './network.ts';
import { PageLog } from './page-log.ts';
import { Person } from './person.ts';
import { WeftServer } from './weft-server.ts';

/** Pages of every origin may embed: tests do not know where their hosts' pages will be. */
const SETTINGS = { WEFT_ORIGINS: '*' };

/** What a browser is opened with. */
export interface VisitOptions {
  /** A phone: a touch screen, 390 pixels wide. */
  readonly phone?: boolean;
  readonly colorScheme?: 'light' | 'dark';
  readonly reducedMotion?: 'reduce' | 'no-preference';
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Any other option of a browser context. */
  readonly context?: BrowserContextOptions;
}

export interface Fixtures {
  /** A real server, on a free port and with a data folder of its own. */
  weft: WeftServer;
  /** Names what happens by chance: from WEFT_SEED if that is set, else by chance. Printed and attached when a test fails. */
  seed: number;
  /** Makes a document whose owner has no browser, and returns its address. The first is the one that `join` opens. */
  openDocument: (text?: string | DocumentFields) => Promise<string>;
  /** So many typists without browsers; in the document of the test, unless told. */
  crowd: (count: number, options?: { readonly url?: string }) => Promise<Crowd>;
}

export interface Options {
  /**
   * Whether every test has a server of its own, as by default. If not, the tests of a worker share one: that takes less time, but
   * such tests must not stop it, and are not alone on it.
   */
  ownServer: boolean;
  /** Settings of the own server, by the names of their environment variables. */
  settings: Readonly<Record<string, string>>;
  /**
   * `test.use({ ownWindows: true })` for tests that ask who has the focus: Chromium lets every page believe that it has it, and of
   * a Firefox only one window is active.
   */
  ownWindows: boolean;
}

export interface Hidden {
  owner: DocumentOwner;
  people: Person[];
  /** Opens a Playwright browser for somebody with that name, on an empty page. */
  visitByPlaywright: (name: string, options?: VisitOptions) => Promise<Person>;
}

export interface OfWorker {
  sharedServer: () => Promise<WeftServer>;
  hostPages: HostPages;
  /** Playwright's browsers, each launched when it is first needed. */
  browsers: (index: number) => Promise<Browser>;
}

/** The fixtures without people: for those who bring people of their own, in a browser that Playwright cannot drive. */
export const base = bare.extend<Fixtures & Options & Hidden, OfWorker>({
  ownServer: [true, { option: true }],
  settings: [{}, { option: true }],
  ownWindows: [false, { option: true }],
  people: async ({}, use) => use([]),

  hostPages: [
    async ({}, use) => {
      const pages = await HostPages.start();
      await use(pages);
      pages.stop();
    },
    { scope: 'worker' },
  ],

  sharedServer: [
    async ({}, use) => {
      let server: Promise<WeftServer> | undefined;
      await use(() => (server ??= WeftServer.start({ env: SETTINGS })));
      await (await server)?.dispose();
    },
    { scope: 'worker' },
  ],

  browsers: [
    async ({ playwright, browserName }, use) => {
      const launched: Promise<Browser>[] = [];
      await use((index) => (launched[index] ??= playwright[browserName].launch()));
      await Promise.all(launched.map(async (browser) => (await browser).close()));
    },
    { scope: 'worker' },
  ],

  weft: async ({ ownServer, settings, sharedServer }, use, testInfo) => {
    const server = ownServer ? await WeftServer.start({ env: { ...SETTINGS, ...settings } }) : await sharedServer();
    const before = ownServer ? 0 : server.output.length;
    await use(server);
    if (testInfo.status !== testInfo.expectedStatus) {
      const body = server.output.slice(before) || '(nothing)';
      await testInfo.attach('server output', { body, contentType: 'text/plain' });
    }
    if (ownServer) await server.dispose();
  },

  seed: [
    async ({}, use, testInfo) => {
      const seed = Number(process.env['WEFT_SEED'] ?? Math.floor(Math.random() * 2 ** 32));
      if (!Number.isInteger(seed))
        throw new Error(`WEFT_SEED is ${process.env['WEFT_SEED']}, and must be a whole number`);
      await use(seed);
      if (testInfo.status === testInfo.expectedStatus) return;
      console.log(`The seed of “${testInfo.title}” was ${seed}; replay it with WEFT_SEED=${seed}`);
      await testInfo.attach('seed', { body: String(seed), contentType: 'text/plain' });
    },
    { auto: true },
  ],

  owner: async ({ weft, playwright }, use, testInfo) => {
    const context = await playwright.request.newContext({ baseURL: weft.url });
    const owner = new DocumentOwner(context, weft.url);
    await context.post('/api/session', { data: { name: 'Owner' } });
    await use(owner);
    if (testInfo.status !== testInfo.expectedStatus) {
      // The test may have ended it.
      if (!weft.isRunning) await weft.start();
      for (const documentUrl of owner.documents) {
        const changes = await owner.changes(documentUrl).catch((error: unknown) => String(error));
        const body = JSON.stringify({ document: documentUrl, changes }, null, 1);
        await testInfo.attach('change log', { body, contentType: 'application/json' });
      }
    }
    await context.dispose();
  },

  openDocument: async ({ owner }, use) => {
    await use((text = {}) => owner.make(typeof text === 'string' ? { content: text } : text));
  },

  crowd: async ({ owner, openDocument, seed }, use) => {
    const crowds: Crowd[] = [];
    await use(async (count, { url } = {}) => {
      const documentUrl = url ?? owner.documents[0] ?? (await openDocument());
      const link = owner.documents.includes(documentUrl) ? await owner.invite(documentUrl, 'editor') : undefined;
      const get = owner.get.bind(owner);
      // Two crowds of one test must not type the same.
      const crowd = await Crowd.join({ count, seed: seed + crowds.length, documentUrl, link, get });
      crowds.push(crowd);
      return crowd;
    });
    await Promise.all(crowds.map((crowd) => crowd.leave()));
  },

  visitByPlaywright: async ({ browsers, browserName, ownWindows, owner, people, weft }, use, testInfo) => {
    await use(async (name, { phone = false, context: more, ...shown } = {}) => {
      const browser = await browsers(ownWindows && browserName === 'firefox' ? 1 + people.length : 0);
      const device = phone ? { viewport: { width: 390, height: 844 }, hasTouch: true, ...mobile(browserName) } : {};
      const context = await browser.newContext({ baseURL: weft.url, ...device, ...shown, ...more });
      const log = await PageLog.install(context);
      const network = await Network.install(context, log);
      await context.request.post(`${weft.url}/api/session`, { data: { name } });
      const person = new Person(name, await context.newPage(), context, network, log);
      people.push(person);
      return person;
    });
    const problems = people.flatMap(({ name, log }) => log.problems.map((problem) => `${name}'s page: ${problem}`));
    if (testInfo.status !== testInfo.expectedStatus || problems.length > 0) {
      for (const person of people) {
        const body = await describe(person, owner, person.log.lines);
        await testInfo.attach(person.name, { body, contentType: 'text/plain' });
      }
    }
    await Promise.all(people.map((person) => person.context.close()));
    expect(problems, 'errors of the pages').toEqual([]);
  },
});

/** Firefox has no emulation of what else makes a phone. */
function mobile(browserName: string): BrowserContextOptions {
  return browserName === 'firefox' ? {} : { isMobile: true };
}
