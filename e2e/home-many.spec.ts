import { expect, type Page } from '@playwright/test';
import type { Person } from '../sdk/testing.ts';
import { test } from './fixtures/test.ts';

/** Documents of one person. `WEFT_MANY=10000` is what the list is built for; the figures stand in the annotations of the report. */
const MANY = Number(process.env['WEFT_MANY'] ?? 600);
/** Requests under way while they are made. */
const AT_ONCE = 16;
const WORDS = ['harbour', 'lantern', '회의록', 'granite', 'orchard', '바다', 'copper', 'meadow'];

test.use({ ownServer: true, settings: { WEFT_DOCUMENTS_PER_MINUTE: '1000000' } });

async function makeMany(person: Person): Promise<void> {
  let next = 0;
  const make = async (): Promise<void> => {
    while (next < MANY) {
      const index = next++;
      const [title, word] = [`Document ${index}`, WORDS[index % WORDS.length]!];
      const content = `# ${title}\n\nAbout ${word} and number ${index}. ${'Some more words of a text. '.repeat(20)}`;
      const answer = await person.context.request.post('/api/documents', { data: { title, content } });
      expect(answer.status()).toBe(201);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, make));
}

/** Scrolls as a fast wheel does until the page grows no more. Milliseconds per frame, and frames whose middle had no row. */
function scrollToEnd(page: Page): Promise<{ frames: number[]; empty: number }> {
  return page.evaluate(async () => {
    const frames: number[] = [];
    let empty = 0;
    let still = 0;
    const start = performance.now();
    let before = start;
    // The end counts once nothing came behind it for some seconds.
    while (still < 240 && performance.now() < start + 120_000) {
      const place = scrollY;
      scrollBy(0, 240);
      still = scrollY === place ? still + 1 : 0;
      await new Promise(requestAnimationFrame);
      const now = performance.now();
      frames.push(now - before);
      before = now;
      const middle = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
      if (middle?.closest('li') === null) empty += 1;
    }
    return { frames, empty };
  });
}

/** Milliseconds from the last letter of a search until its first result is drawn, the pause before it begins included. */
function searchFor(page: Page, words: string): Promise<number> {
  return page.evaluate(async (typed) => {
    const field = document.querySelector<HTMLInputElement>('[data-testid="search"]')!;
    const start = performance.now();
    field.value = typed;
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    const isFound = (): boolean => {
      const mark = document.querySelector('[data-testid="document-row"] mark');
      return mark !== null && typed.toLowerCase().includes(mark.textContent.toLowerCase());
    };
    while (!isFound() && performance.now() < start + 20_000) await new Promise(requestAnimationFrame);
    return performance.now() - start;
  }, words);
}

function share(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]! * 10) / 10;
}

test('thousands of documents are scrolled through without a gap, and searched', async ({ visit }, testInfo) => {
  test.setTimeout(MANY > 1000 ? 900_000 : 240_000);
  const mina = await visit('Mina');
  await makeMany(mina);
  const opened = Date.now();
  await mina.page.goto('/');
  await expect(mina.page.getByTestId('document-row').first()).toBeVisible();
  const shown = Date.now() - opened;

  const { frames, empty } = await scrollToEnd(mina.page);
  await expect(mina.page.getByRole('listitem').last()).toHaveAttribute('aria-posinset', String(MANY));
  const rows = await mina.page.getByTestId('document-row').count();
  expect(rows).toBeLessThan(60);

  await mina.page.evaluate(() => scrollTo(0, 0));
  const searches: number[] = [];
  // The texts are indexed a moment after they were written.
  await expect
    .poll(async () => (await mina.context.request.get('/api/documents?show=all&q=meadow')).text(), { timeout: 300_000 })
    .toContain('"in":"text"');
  for (const words of [`Document ${MANY - 1}`, ...WORDS, 'number 77', 'harb', '회의']) {
    searches.push(await searchFor(mina.page, words));
  }
  const figures = {
    documents: MANY,
    firstRows: shown,
    rowsInThePage: rows,
    frames: frames.length,
    frame50: share(frames, 0.5),
    frame95: share(frames, 0.95),
    frame99: share(frames, 0.99),
    frameMost: share(frames, 1),
    emptyFrames: empty,
    search50: share(searches, 0.5),
    searchMost: share(searches, 1),
  };
  testInfo.annotations.push({ type: 'figures', description: JSON.stringify(figures) });
});
