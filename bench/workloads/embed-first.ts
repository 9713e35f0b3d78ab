import type { BrowserContext } from '@playwright/test';
import { hostPage, WAYS, type Way } from '../browser/host-page.ts';
import { openHostPage, type Opening } from '../browser/opening.ts';
import { bundlePageScript } from '../browser/page-scripts.ts';
import { quantile } from '../measure/statistics.ts';
import { EmbedHost } from './embed-host.ts';
import type { Cell, Metrics, Workload } from './workload.ts';

/** Visitors of each page, after the first, who does not count: the server is warm. */
const VISITORS = 20;
const QUICK_VISITORS = 1;
/** Visits of each; browsers keep compiled scripts from the second on, so the third has all that they keep. */
const VISITS = 3;

export const embedFirst: Workload = {
  name: 'embed-first',
  work: "Chromium opens a page of another site with a document of 10,000 units: from where its parser meets the script (or the frame) to the first letters on the screen, for visitors who were never there and on their third visit; the page has `<weft-editor>`, a bare CodeMirror with the same text in the page, `mountFrame`, or an iframe of the app's page",
  servers: ['weft'],
  headline: 'elementFirst',
  once: true,
  needsPages: true,
  run: runEmbedFirst,
};

async function runEmbedFirst(cell: Cell): Promise<Metrics> {
  const host = await EmbedHost.start(cell);
  try {
    const { site, server, text } = host;
    const editorScript = site.add('/editor.js', 'text/javascript', await bundlePageScript('empty-editor'));
    const shown = { server: server.process.url, documentId: await host.createDocument(), text, editorScript };
    const addresses = new Map(
      WAYS.map((way) => [way, site.add(`/${way}`, 'text/html', hostPage(way, shown))] as const),
    );
    const visits = new Map<Way, Opening[][]>(WAYS.map((way) => [way, []]));
    const visitors = cell.isQuick ? QUICK_VISITORS : VISITORS;
    for (let visitor = 0; visitor <= visitors; visitor += 1) {
      cell.report(`visitor ${visitor} of ${visitors}`);
      // Page beside page, so that whatever else happens on the machine happens to all of them.
      for (const [way, address] of addresses) {
        const openings = await cell.settle(visit(host, way, address));
        if (visitor > 0) visits.get(way)!.push(openings);
      }
    }
    return Object.assign({}, ...WAYS.map((way) => figuresOf(way, visits.get(way)!))) as Metrics;
  } finally {
    await host.stop();
  }
}

/** Somebody who was never there opens the page, and again. */
async function visit({ browser, probe }: EmbedHost, way: Way, address: string): Promise<Opening[]> {
  const context: BrowserContext = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  await context.addInitScript(probe);
  const openings: Opening[] = [];
  for (let time = 0; time < VISITS; time += 1) {
    const page = await context.newPage();
    openings.push(await openHostPage(page, way, address));
    await page.close();
  }
  await context.close();
  return openings;
}

/** What the visits of a page come to: `visits` has the openings of each visitor in their order. */
export function figuresOf(way: Way, visits: readonly (readonly Opening[])[]): Metrics {
  const first = visits.map((openings) => openings[0]!);
  const again = visits.map((openings) => openings.at(-1)!.first);
  const letters = first.map((opening) => opening.first);
  const ready = first.map((opening) => opening.ready).filter((time) => time !== undefined);
  return {
    [`${way}First`]: quantile(letters, 0.5),
    [`${way}FirstP95`]: quantile(letters, 0.95),
    ...(ready.length > 0 && { [`${way}Ready`]: quantile(ready, 0.5) }),
    [`${way}Again`]: quantile(again, 0.5),
    [`${way}AgainP95`]: quantile(again, 0.95),
  };
}
