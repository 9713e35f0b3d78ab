import { setTimeout } from 'node:timers/promises';
import type { Browser, Page } from '@playwright/test';
import { Crowd } from '../browser/crowd.ts';
import { launchBrowser } from '../browser/launch.ts';
import { longText } from '../browser/long-text.ts';
import { MeasuredPage, type TypingReport } from '../browser/measured-page.ts';
import type { LongTask } from '../browser/page-report.ts';
import { bundlePageScript } from '../browser/page-scripts.ts';
import { quantile } from '../measure/statistics.ts';
import { RunningWeft } from '../servers/weft.ts';
import type { Cell, Metrics, Workload } from './workload.ts';

/** UTF-16 units of the document. */
const LENGTH = 1_000_000;
const OTHERS = 20;
const KEYS = 100;
const QUICK_KEYS = 10;
/** Milliseconds for a page to be there, on a machine that is busy. */
const PATIENCE = 30_000;
/** Milliseconds between two looks at it. */
const POLL = 100;

/** An address that only the browser's own network layer answers. */
const EMPTY_PAGE = 'http://empty.test/';

export const browser: Workload = {
  name: 'browser',
  work: 'Chromium, a document of 1,000,000 units, 20 others typing five keystrokes a second: from key press to painted letter, beside an empty CodeMirror page',
  servers: ['weft'],
  headline: 'paintedAbove',
  needsPages: true,
  run: runBrowser,
};

async function runBrowser(cell: Cell): Promise<Metrics> {
  const keys = cell.isQuick ? QUICK_KEYS : KEYS;
  const server = await cell.start();
  if (!(server instanceof RunningWeft)) throw new Error('Only the product has pages');
  const address = `${server.process.url}/d/${await server.createDocument(longText(LENGTH))}`;
  const probe = await bundlePageScript('probe');
  const crowd = await Crowd.join(address, OTHERS);
  crowd.start();
  const chromiumBrowser = await launchBrowser();
  try {
    cell.report('an empty CodeMirror');
    const empty = await cell.settle(typeInEmptyPage(chromiumBrowser, probe, keys));
    cell.report('the document');
    const page = await MeasuredPage.open(chromiumBrowser, probe);
    const { loading, firstLoad, firstText } = await cell.settle(openDocument(page, address));
    await cell.settle(goToMiddle(page, crowd));
    const typing = await cell.settle(page.type(keys));
    await cell.settle(verify(page, server, crowd, keys));
    return {
      ...paintedTimes(typing, empty),
      longestTask: longest(typing.longTasks),
      longestLoadTask: longest(loading),
      pageShare: typing.mainThreadShare,
      emptyPageShare: empty.mainThreadShare,
      firstLoad,
      firstText,
    };
  } finally {
    await Promise.all([chromiumBrowser.close(), crowd.leave()]);
  }
}

async function typeInEmptyPage(chromiumBrowser: Browser, probe: string, keys: number): Promise<TypingReport> {
  const measured = await MeasuredPage.open(chromiumBrowser, probe);
  const { page } = measured;
  const script = await bundlePageScript('empty-editor');
  await page.route(`${EMPTY_PAGE}editor.js`, (route) =>
    route.fulfill({ contentType: 'text/javascript; charset=utf-8', body: script }),
  );
  const body = '<!doctype html><meta charset="utf-8"><body><script src="editor.js"></script>';
  await page.route(EMPTY_PAGE, (route) => route.fulfill({ contentType: 'text/html', body }));
  await page.goto(EMPTY_PAGE);
  await page.locator('.cm-content').focus();
  const report = await measured.type(keys);
  await measured.close();
  return report;
}

/** Opens the document as somebody who was never here, while the others type; resolves once it can be edited. */
async function openDocument(
  measured: MeasuredPage,
  address: string,
): Promise<{ loading: readonly LongTask[]; firstLoad: number; firstText: number }> {
  await measured.page.goto(`${address}?debug`);
  await measured.page.getByTestId('editor').waitFor({ timeout: PATIENCE });
  // Until the words are counted there is work that belongs to the opening.
  await measured.page.getByTestId('word-count').getByText('words').waitFor({ timeout: PATIENCE });
  const { longTasks, firstText } = await measured.report();
  if (firstText === undefined) throw new Error('The page never showed the text');
  return { loading: longTasks, firstLoad: (await measured.scriptBytes()) / 1024, firstText };
}

/** Scrolls to the middle of the text and clicks there; half of the others follow. */
async function goToMiddle({ page }: MeasuredPage, crowd: Crowd): Promise<void> {
  const caret = 'weft.session.collaborators[0].cursor?.ranges[0].head';
  const scroller = 'document.querySelector(".cm-scroller")';
  await page.evaluate(`${scroller}.scrollTop = ${scroller}.scrollHeight / 2`);
  // The editor shows the lines there a frame later, between what it leaves out above and below; a click before lands elsewhere.
  await until(page, 'document.querySelectorAll(".cm-gap").length > 1');
  await page.mouse.click(640, 450);
  await page.locator('.cm-content').focus();
  await until(page, `${caret} > ${LENGTH / 4}`);
  crowd.surround(await page.evaluate<number>(caret));
  // Their carets are on the screen.
  await page.getByTestId('remote-caret').first().waitFor({ timeout: PATIENCE });
}

/** Throws unless server, page and the others have the same text, with every letter that was typed. */
async function verify({ page }: MeasuredPage, server: RunningWeft, crowd: Crowd, keys: number): Promise<void> {
  await crowd.settle();
  const length = LENGTH + crowd.typed + keys;
  await until(page, `weft.session.unsaved === 0 && weft.session.text.length === ${length}`);
  const documentId = new URL(page.url()).pathname.split('/').at(-1)!;
  const { text } = await server.read(documentId);
  const shown = await page.evaluate<string>('weft.session.text.toString()');
  if (text !== shown) throw new Error('Page and server ended with different texts');
}

/** Resolves once an expression is true in the page. Its security policy forbids what Playwright would use. */
async function until(page: Page, expression: string): Promise<void> {
  for (const end = performance.now() + PATIENCE; !(await page.evaluate<boolean>(expression)); await setTimeout(POLL)) {
    if (performance.now() > end) throw new Error(`The page never came to ${expression}`);
  }
}

function paintedTimes(typing: TypingReport, empty: TypingReport): Metrics {
  const painted = quantile(typing.painted, 0.95);
  const paintedEmpty = quantile(empty.painted, 0.95);
  return {
    paintedP50: quantile(typing.painted, 0.5),
    paintedP95: painted,
    paintedEmptyP95: paintedEmpty,
    paintedAbove: painted - paintedEmpty,
  };
}

/** Milliseconds; 0 where no task was longer than the 50 ms from which on browsers tell. */
function longest(tasks: readonly LongTask[]): number {
  return Math.max(0, ...tasks.map(({ duration }) => duration));
}
