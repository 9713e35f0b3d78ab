import { expect } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import type { Person } from '../sdk/testing.ts';
import { test } from './fixtures/test.ts';

const WORDS = 'some words that go on and on over the end of the row '.repeat(3).trim();
const LINES = [
  '# Heading',
  '',
  WORDS,
  '',
  `- ${WORDS}`,
  `  - ${WORDS}`,
  `\t- ${WORDS}`,
  `- [ ] ${WORDS}`,
  `10. ${WORDS}`,
  `- ${'단어가 계속 이어집니다 '.repeat(12).trim()}`,
  '',
  `> ${WORDS}`,
  '',
  `- ${'מילים שנמשכות עוד ועוד אל סוף השורה '.repeat(5).trim()}`,
  '',
  '```',
  'code',
  '```',
  '',
  `> - ${WORDS}`,
  `> 1. ${WORDS}`,
  `> - [ ] ${WORDS}`,
  `> > ${WORDS}`,
  '',
  `- > ${WORDS}`,
  `  > ${WORDS}`,
];

/** Where each row of a drawn line begins (in a line from the right: how far from the right), and where its text does. Pixels. */
async function rowsOf(person: Person, line: number): Promise<{ textStart: number; rows: number[] }> {
  return person.evaluate((wanted) => {
    const element = document.querySelectorAll('[data-testid="editor"] .cm-line')[wanted]!;
    const isRight = getComputedStyle(element).direction === 'rtl';
    const sideOf = ({ left, right }: DOMRect): number => (isRight ? innerWidth - right : left);
    const rows = new Map<number, number>();
    let textStart: number | undefined;
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const { data } = node as Text;
      for (let at = 0; at < data.length; at += 1) {
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const box = range.getBoundingClientRect();
        const isLetter = /\p{L}/u.test(data[at]!);
        if (isLetter) textStart ??= sideOf(box);
        if (box.width === 0 || data[at]! === ' ') continue;
        const row = [...rows.keys()].find((top) => Math.abs(top - box.bottom) < 8) ?? box.bottom;
        rows.set(row, Math.min(rows.get(row) ?? Infinity, sideOf(box)));
      }
    }
    return { textStart: textStart ?? 0, rows: [...rows.values()] };
  }, line);
}

test('further rows of items and quotes begin under the first letter of their text', async ({ join, openDocument }) => {
  await openDocument(LINES.join('\n'));
  const mina = await join('Mina', { viewport: { width: 1280, height: 2400 } });
  await expect(mina.editor.locator('.weft-code')).toHaveCount(3);
  for (const line of [4, 5, 6, 7, 8, 9, 11, 13, 19, 20, 21, 22, 24, 25]) {
    const { textStart, rows } = await rowsOf(mina, line);
    expect(rows.length, LINES[line]).toBeGreaterThan(1);
    for (const row of rows.slice(1)) expect(Math.abs(row - textStart), LINES[line]).toBeLessThanOrEqual(0.5);
  }
  // Deeper items stand further in, also those that are indented by a tab.
  const [outer, inner, tabbed] = [await rowsOf(mina, 4), await rowsOf(mina, 5), await rowsOf(mina, 6)];
  expect(inner.textStart).toBeGreaterThan(outer.textStart + 4);
  expect(tabbed.textStart).toBeGreaterThan(outer.textStart + 4);
});

test('marks of headings hang in the margin where there is room, and else stand before the heading', async ({
  join,
  openDocument,
}) => {
  await openDocument(LINES.join('\n'));
  const mina = await join('Mina', { viewport: { width: 1280, height: 900 } });
  const startOf = async (line: number): Promise<number> => (await rowsOf(mina, line)).textStart;
  const isHanging = async (): Promise<boolean> => Math.abs((await startOf(0)) - (await startOf(2))) < 1.5;
  for (const width of [1280, 960]) {
    await mina.page.setViewportSize({ width, height: 900 });
    await expect.poll(isHanging, `${width}`).toBe(true);
  }
  for (const width of [720, 390]) {
    await mina.page.setViewportSize({ width, height: 900 });
    await expect.poll(isHanging, `${width}`).toBe(false);
    const { rows } = await rowsOf(mina, 0);
    expect(rows[0]!).toBeGreaterThanOrEqual(0);
  }
});

test('a block of code is one block, as wide as the text, with round ends', async ({ join, openDocument }) => {
  await openDocument(LINES.join('\n'));
  const mina = await join('Mina', { viewport: { width: 1280, height: 1600 } });
  const code = mina.editor.locator('.weft-code');
  await expect(code).toHaveCount(3);
  const boxes = await code.evaluateAll((lines) =>
    lines.map((line) => line.getBoundingClientRect().toJSON() as DOMRect),
  );
  expect(boxes[0]!.bottom).toBeCloseTo(boxes[1]!.top, 0);
  expect(boxes[1]!.bottom).toBeCloseTo(boxes[2]!.top, 0);
  expect(new Set(boxes.map(({ left, width }) => `${left} ${width}`)).size).toBe(1);
  expect(boxes[0]!.width).toBeCloseTo(42 * 16, 0);
  await expect(code.first()).toHaveCSS('border-top-left-radius', '10px');
  await expect(code.nth(1)).toHaveCSS('border-top-left-radius', '0px');
  await expect(code.last()).toHaveCSS('border-bottom-right-radius', '10px');
});

const NESTED = [
  '- [ ] Read the meters',
  '  1. Water',
  '  - [ ] Power',
  '    - Day',
  '',
  '1. First',
  '   - Beneath it',
  '',
  '- One',
  '    - Far in',
  '',
  '- [ ] Two',
  '',
  '  more of it',
  '',
  `- ${'- '.repeat(12)}deep`,
  ...Array.from({ length: 15 }, (_, index) => `${'  '.repeat(index)}- [ ] level`),
  '',
  'plain',
  '  plain with spaces',
];

/** Where the mark of a drawn line begins, and its text, in pixels from the left. */
async function placesOf(person: Person, line: number): Promise<{ mark: number; text: number }> {
  return person.evaluate((wanted) => {
    const element = document.querySelectorAll('[data-testid="editor"] .cm-line')[wanted]!;
    const letters: { letter: string; left: number }[] = [];
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      for (let at = 0; at < (node as Text).data.length; at += 1) {
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        letters.push({ letter: (node as Text).data[at]!, left: range.getBoundingClientRect().left });
      }
    }
    const leftOf = (kind: RegExp): number => letters.find(({ letter }) => kind.test(letter))!.left;
    return { mark: leftOf(/\S/), text: leftOf(/\p{L}/u) };
  }, line);
}

test('what lies beneath an item begins where its text does, whatever spaces are there, which stay letters', async ({
  join,
  openDocument,
}) => {
  const url = await openDocument(NESTED.join('\n'));
  for (const width of [1280, 390]) {
    const mina = await join('Mina', { viewport: { width, height: 1600 } });
    await expect(mina.editor.locator('.weft-task')).not.toHaveCount(0);
    const places: (Awaited<ReturnType<typeof placesOf>> | undefined)[] = [];
    for (const [index, line] of NESTED.entries()) places.push(line === '' ? undefined : await placesOf(mina, index));
    for (const [inner, outer] of [
      [1, 0],
      [2, 0],
      [3, 2],
      [6, 5],
      [13, 11],
    ] as const)
      expect(Math.abs(places[inner]!.mark - places[outer]!.text), NESTED[inner]).toBeLessThanOrEqual(0.5);
    expect(places[9]!.mark).toBeGreaterThan(places[8]!.text);
    // Deep ones leave room for words.
    for (const place of places.slice(15, 31)) expect(place!.text).toBeLessThan(width * 0.75);
    // Without an item above, spaces are what they are.
    expect(places.at(-1)!.mark - places.at(-2)!.mark).toBeLessThan(12);

    // One press is one space.
    await mina.caretTo(1, 0);
    await mina.press('ArrowRight');
    await mina.press('ArrowRight');
    await mina.press('Shift+ArrowRight');
    await expect.poll(() => mina.evaluate(() => String(getSelection()))).toBe('1');
    await expectConverged([mina], url, { text: NESTED.join('\n') });
    await mina.leave();
  }
});

test('cells of a table that stand in columns of the text do so on the page', async ({ join, openDocument }) => {
  await openDocument('| iii | b |\n|-----|---|\n| mmm | c |\n\nplain');
  const mina = await join('Mina');
  await expect(mina.editor.locator('.weft-table')).toHaveCount(3);
  const [head, row] = [await rowsOf(mina, 0), await rowsOf(mina, 2)];
  const endOf = async (line: number): Promise<number> =>
    await mina.editor
      .locator('.weft-table')
      .nth(line)
      .evaluate((element) => {
        const range = document.createRange();
        range.selectNodeContents(element);
        return range.getBoundingClientRect().right;
      });
  expect(head.textStart).toBeCloseTo(row.textStart, 1);
  expect(await endOf(0)).toBeCloseTo(await endOf(2), 1);
});
