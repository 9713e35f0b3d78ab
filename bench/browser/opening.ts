import type { Frame, Page } from '@playwright/test';
import { BEGIN, isFramed, READY, type Way } from './host-page.ts';
import { countCpu, cpuSeconds } from './measured-page.ts';
import type { ShownText } from './page-report.ts';

/** When what happened while a host's page was opened; milliseconds since its parser met what brings the editor. */
export interface Opening {
  /** Letters are on the screen, in the first editor of the page. */
  readonly first: number;
  /** In all of them. */
  readonly all: number;
  /** `weft-ready` of the first element; undefined where there is none. */
  readonly ready: number | undefined;
  /** CPU time that the page's main thread has used by then, in milliseconds. A frame has a thread of its own, which is not counted. */
  readonly cpu: number;
}

const TIMES = `(() => {
  const at = (name) => performance.getEntriesByName(name)[0]?.startTime;
  return { origin: performance.timeOrigin, begin: at('${BEGIN}'), ready: at('${READY}') };
})()`;

/** Opens a page of a host, with the probe in it; resolves once all that it embeds is on the screen. */
export async function openHostPage(page: Page, way: Way, address: string): Promise<Opening> {
  const devtools = await countCpu(page.context(), page);
  const attached = isFramed(way) ? page.waitForEvent('frameattached') : undefined;
  await page.goto(address, { waitUntil: 'domcontentloaded' });
  const shown = await whenShown((await attached) ?? page.mainFrame());
  const cpu = (await cpuSeconds(devtools)) * 1000;
  const { origin, begin, ready } = await page.evaluate<{ origin: number; begin: number; ready?: number }>(TIMES);
  // A frame has a clock of its own; only the time of day is common to both.
  const since = (time: number): number => time - origin - begin;
  return {
    first: since(shown.first),
    all: since(shown.all),
    ready: ready === undefined ? undefined : ready - begin,
    cpu,
  };
}

async function whenShown(frame: Frame): Promise<ShownText> {
  // A frame begins empty; what would be asked of that is lost.
  await frame.waitForURL((url) => url.protocol !== 'about:', { waitUntil: 'commit' });
  return frame.evaluate<ShownText>('probe.shown');
}
