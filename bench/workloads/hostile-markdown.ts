import type { Browser } from '@playwright/test';
import { launchBrowser } from '../browser/launch.ts';
import { MeasuredPage } from '../browser/measured-page.ts';
import { bundlePageScript } from '../browser/page-scripts.ts';
import { quantile } from '../measure/statistics.ts';
import { RunningWeft } from '../servers/weft.ts';
import type { Cell, Metrics, Workload } from './workload.ts';

/** UTF-16 units of the line. */
const LENGTH = 60_000;
const KEYS = 5;
/** Milliseconds for a page that hangs to come back. */
const PATIENCE = 120_000;

/** What a document made by somebody who means harm does to the pages of the others. */
export const hostileMarkdown: Workload = {
  name: 'hostile-markdown',
  work: 'Chromium opens a document of one line of 60,000 units of `_*`, beside one of letters, and five keys are pressed in each',
  servers: ['weft'],
  headline: 'paintedP95',
  once: true,
  onRequest: true,
  needsPages: true,
  run: runHostileMarkdown,
};

async function runHostileMarkdown(cell: Cell): Promise<Metrics> {
  const server = await cell.start();
  if (!(server instanceof RunningWeft)) throw new Error('Only the product has pages');
  const browser = await launchBrowser();
  try {
    const type = async (line: string) => {
      const documentId = await server.createDocument(line.repeat(LENGTH / line.length));
      return cell.settle(openAndType(browser, `${server.process.url}/d/${documentId}`));
    };
    cell.report('letters');
    const plain = await type('ab');
    cell.report('marks');
    const marked = await type('_*');
    return {
      openPlainMilliseconds: plain.opened,
      openMilliseconds: marked.opened,
      paintedPlainP95: plain.painted,
      paintedP95: marked.painted,
    };
  } finally {
    await browser.close();
  }
}

/** Milliseconds until the page can be typed in, and from a key to its letter. */
async function openAndType(browser: Browser, address: string): Promise<{ opened: number; painted: number }> {
  const measured = await MeasuredPage.open(browser, await bundlePageScript('probe'));
  measured.page.setDefaultTimeout(PATIENCE);
  const begun = performance.now();
  await measured.page.goto(address);
  await measured.page.getByTestId('word-count').getByText('word').waitFor();
  const opened = performance.now() - begun;
  await measured.page.locator('.cm-content').focus();
  const { painted } = await measured.type(KEYS);
  await measured.close();
  return { opened, painted: quantile(painted, 0.95) };
}
