import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BrowserContext } from '@playwright/test';
import { hostPage, isFramed, WAYS, type Way } from '../browser/host-page.ts';
import { launchProfile, WINDOW } from '../browser/launch.ts';
import { openHostPage, type Opening } from '../browser/opening.ts';
import { bundlePageScript } from '../browser/page-scripts.ts';
import { quantile } from '../measure/statistics.ts';
import { EmbedHost } from './embed-host.ts';
import type { Cell, Metrics, Workload } from './workload.ts';

/** Visitors of each page, after those that do not count: the server is warm. */
const VISITORS = 20;
const QUICK_VISITORS = 1;
/**
 * Those. As many visits has the regular before: a browser keeps compiled scripts from the second or third run on, and writes them down after it.
 */
const BEFORE = 4;

export const embedFirst: Workload = {
  name: 'embed-first',
  work: "Chromium opens a page of another site with a document of 10,000 units: from where its parser meets the script (or the frame) to the first letters on the screen, for visitors who were never there and for a regular one; the page has `<weft-editor>`, `mountFrame`, a bare CodeMirror with the same text in the page, or an iframe of the app's page",
  servers: ['weft'],
  headline: 'elementFirst',
  once: true,
  needsPages: true,
  run: runEmbedFirst,
};

async function runEmbedFirst(cell: Cell): Promise<Metrics> {
  const host = await EmbedHost.start(cell);
  const profile = mkdtempSync(path.join(tmpdir(), 'weft-profile-'));
  const regular = await launchProfile(profile);
  try {
    const { site, server, browser, probe, text } = host;
    await regular.addInitScript(probe);
    const editorScript = site.add('/editor.js', 'text/javascript', await bundlePageScript('empty-editor'));
    const shown = { server: server.process.url, documentId: await host.createDocument(), text, editorScript };
    for (const way of WAYS) site.add(`/${way}`, 'text/html', hostPage(way, shown));
    const visits = new Map<Way, Visits[]>(WAYS.map((way) => [way, []]));
    const visitors = cell.isQuick ? QUICK_VISITORS : VISITORS;
    for (let visitor = 1 - BEFORE; visitor <= visitors; visitor += 1) {
      cell.report(`visitor ${visitor} of ${visitors}`);
      // Page beside page, so that whatever else happens on the machine happens to all of them.
      for (const way of WAYS) {
        const newcomer = await browser.newContext({ viewport: WINDOW });
        await newcomer.addInitScript(probe);
        const first = await cell.settle(visit(newcomer, way, `${site.origin}/${way}`));
        await newcomer.close();
        const again = await cell.settle(visit(regular, way, `${site.origin}/${way}`));
        if (visitor > 0) visits.get(way)!.push({ first, again });
      }
    }
    return Object.assign({}, ...WAYS.map((way) => figuresOf(way, visits.get(way)!))) as Metrics;
  } finally {
    await regular.close();
    rmSync(profile, { recursive: true, force: true });
    await host.stop();
  }
}

async function visit(context: BrowserContext, way: Way, address: string): Promise<Opening> {
  const page = await context.newPage();
  const opening = await openHostPage(page, way, address);
  await page.close();
  return opening;
}

/** Of a page: somebody who was never there, and the regular. */
export interface Visits {
  readonly first: Opening;
  readonly again: Opening;
}

/** What the visits of a page come to. */
export function figuresOf(way: Way, visits: readonly Visits[]): Metrics {
  const letters = visits.map(({ first }) => first.first);
  const again = visits.map((visit) => visit.again.first);
  const ready = visits.map(({ first }) => first.ready).filter((time) => time !== undefined);
  return {
    [`${way}First`]: quantile(letters, 0.5),
    [`${way}FirstP95`]: quantile(letters, 0.95),
    ...(ready.length > 0 && { [`${way}Ready`]: quantile(ready, 0.5) }),
    ...(!isFramed(way) && {
      [`${way}Cpu`]: quantile(
        visits.map(({ first }) => first.cpu),
        0.5,
      ),
    }),
    [`${way}Again`]: quantile(again, 0.5),
    [`${way}AgainP95`]: quantile(again, 0.95),
  };
}
