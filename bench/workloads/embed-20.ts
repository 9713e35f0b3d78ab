import type { Page } from '@playwright/test';
import { pageOfElements } from '../browser/host-page.ts';
import { MeasuredPage } from '../browser/measured-page.ts';
import { openHostPage } from '../browser/opening.ts';
import { median, quantile } from '../measure/statistics.ts';
import { EmbedHost } from './embed-host.ts';
import type { Cell, Metrics, Workload } from './workload.ts';

const ELEMENTS = 20;
/** Openings of each page, each by somebody who was never there; keys are pressed in every one. */
const VISITORS = 7;
const KEYS = 30;
const QUICK_KEYS = 5;

export const embedTwenty: Workload = {
  name: 'embed-20',
  work: 'Chromium opens a page of another site with 20 elements, of 20 documents and of one, beside a page with one element; then keys are pressed in the first',
  servers: ['weft'],
  headline: 'twentyAll',
  once: true,
  needsPages: true,
  run: runEmbedTwenty,
};

/** What was found in a page with elements. */
export interface ElementsPage {
  readonly elements: number;
  /** Milliseconds from the script until all elements show text. */
  readonly all: number;
  /** Bytes of JavaScript memory once they do. */
  readonly heap: number;
  readonly sockets: number;
  /** Different style sheets of all shadow roots, and style elements in them. */
  readonly sheets: number;
  /** From each press of a letter to the frame that shows it, milliseconds. */
  readonly painted: readonly number[];
}

async function runEmbedTwenty(cell: Cell): Promise<Metrics> {
  const host = await EmbedHost.start(cell);
  try {
    const documentIds: string[] = [];
    while (documentIds.length < ELEMENTS) documentIds.push(await host.createDocument());
    const same = documentIds.map(() => documentIds[0]!);
    const pages = { one: same.slice(0, 1), twenty: documentIds, twentySame: same };
    const found: Record<keyof typeof pages, ElementsPage[]> = { one: [], twenty: [], twentySame: [] };
    for (let visitor = 1; visitor <= (cell.isQuick ? 1 : VISITORS); visitor += 1)
      for (const name of ['one', 'twenty', 'twentySame'] as const) {
        cell.report(`visitor ${visitor}, ${pages[name].length} elements`);
        found[name].push(await cell.settle(visit(host, pages[name], cell.isQuick ? QUICK_KEYS : KEYS)));
      }
    return elementFigures(found);
  } finally {
    await host.stop();
  }
}

async function visit(host: EmbedHost, documentIds: readonly string[], keys: number): Promise<ElementsPage> {
  const measured = await MeasuredPage.open(host.browser, host.probe);
  const { page } = measured;
  let sockets = 0;
  page.on('websocket', () => (sockets += 1));
  const html = pageOfElements(host.server.process.url, documentIds);
  const { all } = await openHostPage(page, 'element', host.site.add('/elements', 'text/html', html));
  const [heap, sheets] = [await measured.heapBytes(), await sheetsOf(page)];
  await page.locator('.cm-content').first().focus();
  const { painted } = await measured.type(keys);
  await measured.close();
  return { elements: documentIds.length, all, heap, sockets, sheets, painted };
}

/** Style sheets that the elements of a page have: each one once, however many use it. */
function sheetsOf(page: Page): Promise<number> {
  return page.evaluate<number>(`(() => {
    const roots = [...document.querySelectorAll('weft-editor')].map(({ shadowRoot }) => shadowRoot);
    const own = roots.flatMap((root) => [...root.querySelectorAll('style, link')]);
    return new Set([...roots.flatMap((root) => [...root.adoptedStyleSheets]), ...own]).size;
  })()`);
}

/** What the visits come to, of a page with one element, one with many, and one with as many of one document. */
export function elementFigures(
  found: Readonly<Record<'one' | 'twenty' | 'twentySame', readonly ElementsPage[]>>,
): Metrics {
  const { one, twenty, twentySame } = found;
  const middle = (pages: readonly ElementsPage[], figure: (page: ElementsPage) => number) => median(pages.map(figure));
  const painted = (pages: readonly ElementsPage[], share: number) =>
    quantile(
      pages.flatMap((page) => page.painted),
      share,
    );
  /** The code is there once, so what one more costs is the difference. */
  const kibPerElement = (pages: readonly ElementsPage[]): number => {
    const more = middle(pages, ({ elements }) => elements) - middle(one, ({ elements }) => elements);
    return (middle(pages, ({ heap }) => heap) - middle(one, ({ heap }) => heap)) / more / 1024;
  };
  return {
    oneAll: middle(one, ({ all }) => all),
    twentyAll: middle(twenty, ({ all }) => all),
    twentySameAll: middle(twentySame, ({ all }) => all),
    oneHeapMebibytes: middle(one, ({ heap }) => heap) / 2 ** 20,
    kibPerElement: kibPerElement(twenty),
    kibPerElementSame: kibPerElement(twentySame),
    sockets: middle(twenty, ({ sockets }) => sockets),
    socketsSame: middle(twentySame, ({ sockets }) => sockets),
    sheetsOfOne: middle(one, ({ sheets }) => sheets),
    sheets: middle(twenty, ({ sheets }) => sheets),
    paintedOneP50: painted(one, 0.5),
    paintedOneP95: painted(one, 0.95),
    paintedTwentyP50: painted(twenty, 0.5),
    paintedTwentyP95: painted(twenty, 0.95),
    paintedTwentySameP50: painted(twentySame, 0.5),
    paintedTwentySameP95: painted(twentySame, 0.95),
  };
}
