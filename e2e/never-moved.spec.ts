import { expect } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import { ownDocument, setLinkAccess } from './fixtures/sharing.ts';
import { firstVisibleLine, scrollTo, shownBoxes } from './fixtures/shown.ts';
import { caretHeight, lineHeightOf, surround } from './fixtures/surroundings.ts';
import { test } from './fixtures/test.ts';

const WORDS = 'words of a paragraph that goes over some rows, '.repeat(9);
const LINES = Array.from({ length: 120 }, (_, index) => `${index + 1}. ${index % 4 === 3 ? WORDS : 'A short line.'}`);
const CONTENT = LINES.join('\n');
const WIDTHS = [1600, 1280, 820, 390];
/** The height of a band, in pixels. */
const BAND = 40;
/** The width of a panel, in pixels. */
const PANEL = 360;

for (const width of WIDTHS) {
  test(`my line stays where it is while bands and panels come and go, ${width} px`, async ({ join, openDocument }) => {
    const url = await openDocument(CONTENT);
    const mina = await join('Mina', { viewport: { width, height: 800 } });
    await scrollTo(mina, 700);
    await mina.mouse.click(width / 2, 500);
    const before = await caretHeight(mina);
    const sizes = [
      { band: BAND },
      { band: 0 },
      { side: width < 700 ? 0 : PANEL },
      { band: BAND },
      { side: 0 },
      { below: 200 },
      { band: 0, below: 0 },
    ];
    for (const size of sizes) {
      expect(Math.abs((await surround(mina, size)) - before), JSON.stringify(size)).toBeLessThanOrEqual(1);
      expect(Math.abs((await caretHeight(mina)) - before), JSON.stringify(size)).toBeLessThanOrEqual(1);
    }
    await expectConverged([mina], url, { text: CONTENT });
  });

  test(`at either end of the text, and in a short one, it stays too, ${width} px`, async ({ join, openDocument }) => {
    for (const [content, key] of [
      [CONTENT, 'Control+Home'],
      [CONTENT, 'Control+End'],
      ['One line.\nAnother one.', 'Control+End'],
    ] as const) {
      const url = await openDocument(content);
      const mina = await join('Mina', { url, viewport: { width, height: 800 } });
      // It is there when the page opens, and goes first.
      await surround(mina, { band: BAND });
      await mina.press(key);
      if (key === 'Control+End') await scrollTo(mina, 1_000_000);
      const before = await caretHeight(mina);
      for (const size of [{ band: 0 }, { band: BAND }, { below: 100 }, { band: 0 }, { below: 0 }])
        expect(Math.abs((await surround(mina, size)) - before), JSON.stringify([key, size])).toBeLessThanOrEqual(1);
      await expectConverged([mina], url, { text: content });
      await mina.leave();
    }
  });

  test(`what I read stays when my caret is out of sight, ${width} px`, async ({ join, openDocument }) => {
    const url = await openDocument(CONTENT);
    const mina = await join('Mina', { viewport: { width, height: 800 } });
    await mina.press('Control+Home');
    // The caret is scrolled to in the next frame.
    await caretHeight(mina);
    await scrollTo(mina, 2000);
    const { text } = await firstVisibleLine(mina);
    const before = await lineHeightOf(mina, text);
    for (const size of [{ band: BAND }, { band: 0 }, { below: 200 }, { below: 0 }]) {
      await surround(mina, size);
      expect(Math.abs((await lineHeightOf(mina, text)) - before), JSON.stringify(size)).toBeLessThanOrEqual(1);
    }
    await expectConverged([mina], url, { text: CONTENT });
  });

  test(`my line stays while somebody writes above it on my screen, ${width} px`, async ({ join, openDocument }) => {
    const url = await openDocument(CONTENT);
    const [mina, joon] = [await join('Mina', { viewport: { width, height: 800 } }), await join('Joon')];
    await mina.press('Control+Home');
    for (let count = 0; count < 8; count += 1) await mina.press('ArrowDown');
    const before = await caretHeight(mina);
    await joon.caretTo(1, 0);
    await joon.paste('New lines\n'.repeat(5));
    const [first, ...more] = LINES;
    await expectConverged([mina, joon], url, { text: [first, ...Array(5).fill('New lines'), ...more].join('\n') });
    expect(Math.abs((await caretHeight(mina)) - before)).toBeLessThanOrEqual(1);
  });
}

for (const width of WIDTHS) {
  test(`my line stays while the panel or sheet, the band and others of the page come and go, ${width} px`, async ({
    visit,
  }) => {
    const [ada, mina] = [await visit('Ada'), await visit('Mina', { viewport: { width, height: 800 } })];
    const url = await ownDocument(ada, { content: CONTENT, linkAccess: 'edit' });
    await mina.open(url);
    await scrollTo(mina, 700);
    // Above where a sheet begins.
    await mina.mouse.click(width / 2, 220);
    const before = await caretHeight(mina);
    const expectHeld = async (what: string): Promise<void> =>
      expect(Math.abs((await caretHeight(mina)) - before), what).toBeLessThanOrEqual(1);

    await mina.page.keyboard.press('Control+Alt+Shift+p');
    await expect(mina.page.getByTestId('side')).toBeVisible();
    await expectHeld('with the panel');
    const joon = await visit('Joon');
    await joon.open(url);
    await expect(mina.page.getByTestId('presence')).toHaveAttribute('data-count', '2');
    await expectHeld('with somebody else');
    await mina.page.keyboard.press('Control+Alt+Shift+p');
    await expect(mina.page.getByTestId('side')).toBeHidden();
    await expectHeld('without the panel');
    await setLinkAccess(ada, url, 'view');
    await expect(mina.page.getByTestId('read-only')).toBeVisible();
    await expectHeld('with a band');
    await setLinkAccess(ada, url, 'edit');
    await expect(mina.page.getByTestId('read-only')).toBeHidden();
    await expectHeld('without a band');
    await joon.leave();
    await expect(mina.page.getByTestId('presence')).toHaveAttribute('data-count', '1');
    await expectHeld('alone again');
    await expectConverged([mina], url, { text: CONTENT });
  });
}

test('a panel moves the text only as far as it must, and wraps no line anew, from 1100 px', async ({
  join,
  openDocument,
}) => {
  const url = await openDocument(CONTENT);
  const mina = await join('Mina');
  for (const [width, moved] of [
    [1600, 0],
    [1280, 96],
    [1100, 186],
  ] as const) {
    await mina.page.setViewportSize({ width, height: 800 });
    await surround(mina, { side: 0 });
    const before = await shownBoxes(mina);
    await surround(mina, { side: PANEL });
    const after = await shownBoxes(mina);
    expect(after).toEqual(before.map((box) => ({ ...box, left: box.left - moved })));
  }
  // Below, it wraps in what is left.
  await mina.page.setViewportSize({ width: 820, height: 800 });
  await surround(mina, { side: 320 });
  const boxes = await shownBoxes(mina);
  expect(Math.max(...boxes.map(({ left, width }) => left + width))).toBeLessThanOrEqual(820 - 320 - 24);
  expect(Math.min(...boxes.map(({ left }) => left))).toBe(40);
  await expectConverged([mina], url, { text: CONTENT });
});

test('my line stays when the window changes its size, and is not covered by a keyboard on the screen', async ({
  join,
  openDocument,
}) => {
  const url = await openDocument(CONTENT);
  const mina = await join('Mina', { viewport: { width: 1280, height: 800 } });
  await scrollTo(mina, 700);
  await mina.mouse.click(600, 400);
  const before = await caretHeight(mina);
  for (const size of [
    { width: 1280, height: 700 },
    { width: 800, height: 700 },
    { width: 1600, height: 900 },
    { width: 1280, height: 800 },
  ]) {
    await mina.page.setViewportSize(size);
    await expect.poll(() => mina.evaluate(() => innerWidth)).toBe(size.width);
    expect(Math.abs((await caretHeight(mina)) - before), JSON.stringify(size)).toBeLessThanOrEqual(1);
  }

  await surround(mina, { below: 450 });
  const height = await caretHeight(mina);
  const bottom = await mina.evaluate(() => document.querySelector('.cm-scroller')!.getBoundingClientRect().bottom);
  expect(height).toBeLessThan(before);
  expect(height).toBeGreaterThan(bottom - 60);
  await mina.type('here ');
  expect(await caretHeight(mina)).toBe(height);
  await expectConverged([mina], url);
});

test('a line that a sheet would cover comes back when that closes, unless I scrolled meanwhile', async ({
  join,
  openDocument,
}) => {
  const url = await openDocument(CONTENT);
  const mina = await join('Mina', { viewport: { width: 390, height: 800 } });
  await scrollTo(mina, 700);
  await mina.mouse.click(195, 600);
  const before = await caretHeight(mina);
  const side = mina.page.getByTestId('side');
  await mina.page.getByTestId('phone-row').getByRole('button').first().click();
  await expect(side).toBeVisible();
  await expect.poll(() => caretHeight(mina)).toBeLessThan(before - 100);
  await side.getByRole('button', { name: 'Close' }).click();
  await expect(side).toBeHidden();
  await expect.poll(async () => Math.abs((await caretHeight(mina)) - before)).toBeLessThanOrEqual(1);
  // So it does with what covers it in two steps.
  for (const below of [450, 300, 450, 0]) await surround(mina, { below });
  await expect.poll(async () => Math.abs((await caretHeight(mina)) - before)).toBeLessThanOrEqual(1);

  await surround(mina, { below: 450 });
  const pushed = await caretHeight(mina);
  await mina.page.locator('.cm-scroller').evaluate((scroller) => void (scroller.scrollTop += 60));
  await expect.poll(() => caretHeight(mina)).toBeCloseTo(pushed - 60, 0);
  await surround(mina, { below: 0 });
  expect(await caretHeight(mina)).toBeCloseTo(pushed - 60, 0);
  await expectConverged([mina], url, { text: CONTENT });
});

test('my line stays when lines above it are taken away, though the text has no room left, and scrolling takes that room back', async ({
  join,
  openDocument,
}) => {
  const url = await openDocument(CONTENT);
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  for (let count = 0; count < 8; count += 1) await mina.press('ArrowDown');
  const before = await caretHeight(mina);
  await joon.press('Control+Home');
  for (let count = 0; count < 3; count += 1) await joon.press('Shift+ArrowDown');
  await joon.press('Delete');
  await expectConverged([mina, joon], url, { text: LINES.slice(3).join('\n') });
  expect(Math.abs((await caretHeight(mina)) - before)).toBeLessThanOrEqual(1);

  const start = await lineHeightOf(mina, LINES[3]!);
  await mina.mouse.move(600, 400);
  await mina.page.mouse.wheel(0, 500);
  await expect.poll(() => lineHeightOf(mina, LINES[3]!)).toBeLessThan(start - 400);
  await mina.page.mouse.wheel(0, -2000);
  await expect.poll(() => lineHeightOf(mina, LINES[3]!)).toBeLessThan(start - 60);
  await expectConverged([mina, joon], url);
});

test('my line stays when a key that I press takes a band away, when letters change their size, and when the text was hidden', async ({
  join,
  openDocument,
}) => {
  const url = await openDocument(CONTENT);
  const mina = await join('Mina');
  await scrollTo(mina, 700);
  await mina.mouse.click(600, 400);
  await surround(mina, { band: BAND });
  const before = await caretHeight(mina);
  await mina.evaluate(() => {
    const surface = document.querySelector<HTMLElement>('#text')!;
    const take = (): void => void (surface.style.marginBlockStart = '');
    surface.addEventListener('keydown', take, { once: true, capture: true });
  });
  await mina.keyboard.press('x');
  expect(Math.abs((await caretHeight(mina)) - before)).toBeLessThanOrEqual(1);

  const scroller = mina.page.locator('.cm-scroller');
  await scroller.evaluate((element) => {
    element.style.fontSize = '24px';
    dispatchEvent(new Event('resize'));
  });
  await expect.poll(async () => Math.abs((await caretHeight(mina)) - before)).toBeLessThanOrEqual(1);

  await scroller.evaluate((element) => void (element.style.display = 'none'));
  await caretHeight(mina);
  await scroller.evaluate((element) => void (element.style.display = ''));
  expect(Math.abs((await caretHeight(mina)) - before)).toBeLessThanOrEqual(1);
  await expectConverged([mina], url);
});

test('who scrolls far away is not thrown back while others type', async ({ join, openDocument }) => {
  // A short line of plain letters, by which a view measures the height of rows, comes into sight only further down.
  const lines = Array.from({ length: 3000 }, (_, index) => (index < 500 ? WORDS : index % 9 === 0 ? 'Short.' : WORDS));
  const content = lines.join('\n');
  const url = await openDocument(content);
  const [mina, joon] = [await join('Mina', { viewport: { width: 1280, height: 800 } }), await join('Joon')];
  await joon.press('Control+End');
  const typing = joon.type('while somebody scrolls, letter by letter');
  for (const part of [0.5, 0.25, 0.75]) {
    const went = await mina.evaluate(async (share) => {
      const scroller = document.querySelector('.cm-scroller')!;
      scroller.scrollTop = scroller.scrollHeight * share;
      for (let frame = 0; frame < 20; frame += 1) await new Promise(requestAnimationFrame);
      return scroller.scrollTop / scroller.scrollHeight;
    }, part);
    expect(Math.abs(went - part)).toBeLessThan(0.1);
  }
  await typing;
  await expectConverged([mina, joon], url, { text: `${content}while somebody scrolls, letter by letter` });
});
