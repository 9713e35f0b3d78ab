import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, CDPSession, Page } from '@playwright/test';
import { SeededRandom } from '../../shared/testing/random.ts';
import { WINDOW } from './launch.ts';
import type { PageReport } from './page-report.ts';

/** Milliseconds between two keys: nobody types in step with the screen, so they vary. */
const SHORTEST_PAUSE = 60;
const LONGEST_PAUSE = 120;
const LETTERS = 'etaoinshrdlu';

/** What typing in a page took. */
export interface TypingReport extends PageReport {
  /** CPU time of the page's main thread, as a share of one core. */
  readonly mainThreadShare: number;
}

/** A page in which keys are pressed, and which is watched by the probe. */
export class MeasuredPage {
  readonly page: Page;
  readonly #context: BrowserContext;
  readonly #devtools: CDPSession;
  readonly #scripts: Promise<number>[] = [];
  readonly #random = new SeededRandom(7);

  private constructor(context: BrowserContext, page: Page, devtools: CDPSession) {
    this.#context = context;
    this.page = page;
    this.#devtools = devtools;
    page.on('response', (response) => {
      const isScript = response.headers()['content-type']?.includes('javascript') ?? false;
      if (isScript) this.#scripts.push(response.body().then((body) => gzipSync(body, { level: 9 }).length));
    });
  }

  /** An empty page, with nobody's cookies; `probe` is put into what is opened in it. */
  static async open(browser: Browser, probe: string): Promise<MeasuredPage> {
    const context = await browser.newContext({ viewport: WINDOW });
    await context.addInitScript(probe);
    const page = await context.newPage();
    const devtools = await countCpu(context, page);
    return new MeasuredPage(context, page, devtools);
  }

  /** JavaScript loaded so far, gzipped, in bytes. */
  async scriptBytes(): Promise<number> {
    return (await Promise.all(this.#scripts)).reduce((sum, bytes) => sum + bytes, 0);
  }

  /** JavaScript memory in use once what nobody needs any more is collected, in bytes. */
  async heapBytes(): Promise<number> {
    await this.#devtools.send('HeapProfiler.collectGarbage');
    return (await this.#devtools.send('Runtime.getHeapUsage')).usedSize;
  }

  /** Presses so many letters where the caret is, and tells how long each took to be painted. */
  async type(keys: number): Promise<TypingReport> {
    await this.report();
    const [cpu, begun] = [await cpuSeconds(this.#devtools), performance.now()];
    for (let key = 0; key < keys; key += 1) {
      await this.page.keyboard.press(LETTERS[this.#random.below(LETTERS.length)]!);
      await setTimeout(SHORTEST_PAUSE + this.#random.below(LONGEST_PAUSE - SHORTEST_PAUSE));
    }
    const mainThreadShare = ((await cpuSeconds(this.#devtools)) - cpu) / ((performance.now() - begun) / 1000);
    const report = await this.report();
    if (report.painted.length !== keys) throw new Error(`Of ${keys} letters ${report.painted.length} were painted`);
    return { ...report, mainThreadShare };
  }

  /** What the probe saw since it was last asked. */
  async report(): Promise<PageReport> {
    return this.page.evaluate<PageReport>('probe.take()');
  }

  async close(): Promise<void> {
    await this.#context.close();
  }
}

/** CPU seconds that the main thread of a page has used; CPU time, because other programs stretch what a wall clock shows. */
export async function cpuSeconds(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN;
}

/** Lets `cpuSeconds` be asked of a page from now on. */
export async function countCpu(context: BrowserContext, page: Page): Promise<CDPSession> {
  const devtools = await context.newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  return devtools;
}
