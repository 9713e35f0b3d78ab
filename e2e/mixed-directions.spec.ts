import { expect } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import { paintedCaret, paintOwnCaret, putCaret } from './fixtures/own-caret.ts';
import type { Person } from '../sdk/testing.ts';
import { ownSelection, shownCarets, shownSelections } from './fixtures/shown.ts';
import { test } from './fixtures/test.ts';

const LINES = [
  'abc שלום def',
  'שלום, Weft 3.0 עובד היטב!',
  'مرحبا 123 abc بكم',
  'abc שלום',
  'שלום abc',
  '123 שלום',
  '(שלום) abc (דג)',
];
const CONTENT = LINES.join('\n');
/** Longer than a row, in either direction. */
const LONG = [`${'abc שלום '.repeat(16)}abc`, `${'שלום, abc 12 '.repeat(14)}שלום`];
/** The browser draws in whole pixels, and at the edges within the text. */
const CARET_ERROR = 2;

test.use({ viewport: { width: 1000, height: 720 } });

async function whereOwn(person: Person): Promise<{ left: number; top: number }> {
  let found: { left: number; top: number } | undefined;
  await expect(async () => expect((found = await paintedCaret(person))).toBeDefined()).toPass({ intervals: [50] });
  return found!;
}

test('the caret of somebody else stands where their own browser draws it, before every letter of mixed lines (FP1)', async ({
  join,
  openDocument,
}) => {
  test.slow();
  const url = await openDocument(CONTENT);
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  await paintOwnCaret(joon);
  for (const [line, text] of LINES.entries()) {
    for (let column = 0; column <= text.length; column += 1) {
      await putCaret(joon, line, column);
      const own = await whereOwn(joon);
      await expect(async () => {
        const [caret] = await shownCarets(mina);
        expect(Math.abs(caret!.left - own.left), `“${text}”, column ${column}`).toBeLessThanOrEqual(CARET_ERROR);
        expect(Math.abs(caret!.top - own.top)).toBeLessThan(15);
      }).toPass({ intervals: [20, 50] });
    }
  }
  await expectConverged([mina, joon], url, { text: CONTENT });
});

/** Of every letter in a drawn line, the place of its middle. */
async function middles(person: Person, line: number): Promise<{ x: number; y: number }[]> {
  return person.evaluate((index) => {
    const element = document.querySelectorAll('[data-testid="editor"] .cm-line')[index]!;
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const found: { x: number; y: number }[] = [];
    while (walker.nextNode() !== null) {
      const node = walker.currentNode as Text;
      for (let at = 0; at < node.length; at += 1) {
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const box = range.getBoundingClientRect();
        found.push({ x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 });
      }
    }
    return found;
  }, line);
}

test('what somebody else has selected in mixed lines is drawn behind these letters and no others (FP1)', async ({
  join,
  openDocument,
}) => {
  test.slow();
  const lines = [...LINES, ...LONG];
  const content = lines.join('\n');
  const url = await openDocument(content);
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  const places = await Promise.all(lines.map((_, line) => middles(mina, line)));
  const ranges = lines.flatMap((text, line) => {
    const step = text.length > 40 ? 23 : 3;
    const starts = Array.from({ length: Math.ceil(text.length / step) }, (_, index) => index * step);
    return starts.flatMap((from) =>
      [from + 4, text.length].map((to) => ({ line, from, to: Math.min(to, text.length) })),
    );
  });
  for (const { line, from, to } of ranges) {
    await putCaret(joon, line, from, to);
    await expect(async () => {
      const boxes = await shownSelections(mina);
      const isCovered = ({ x, y }: { x: number; y: number }): boolean =>
        boxes.some(({ left, top, width, height }) => left <= x && x <= left + width && top <= y && y <= top + height);
      const covered = places.map((letters) => letters.map((place) => (isCovered(place) ? '#' : '.')).join(''));
      const wanted = lines.map((text, index) =>
        index === line
          ? '.'.repeat(from) + '#'.repeat(to - from) + '.'.repeat(text.length - to)
          : '.'.repeat(text.length),
      );
      expect(covered).toEqual(wanted);
    }).toPass({ intervals: [20, 50] });
  }
  await expectConverged([mina, joon], url, { text: content });
});

test('Home and End lead to the first and last letter of mixed lines, arrows go where they point, clicks lead to where they hit (FP1)', async ({
  join,
  openDocument,
}) => {
  test.slow();
  const url = await openDocument(CONTENT);
  const joon = await join('Joon');
  await paintOwnCaret(joon);
  for (const [line, text] of LINES.entries()) {
    const expectAt = async (column: number): Promise<void> =>
      expect.poll(() => ownSelection(joon), text).toMatchObject({ line, column });
    await putCaret(joon, line, 2);
    await joon.press('End');
    await expectAt(text.length);
    const end = await whereOwn(joon);
    await joon.press('Home');
    await expectAt(0);
    const start = await whereOwn(joon);
    const [forward, sign] = start.left < end.left ? ['ArrowRight', 1] : ['ArrowLeft', -1];
    let { left } = start;
    for (let step = 1; step < text.length; step += 1) {
      await joon.press(forward);
      await expect(async () => {
        const next = await whereOwn(joon);
        expect((next.left - left) * sign, `${text}: step ${step}`).toBeGreaterThan(0);
        ({ left } = next);
      }).toPass({ intervals: [20] });
    }
    await joon.press(forward);
    await expectAt(text.length);
    for (const { at, column } of [
      { at: end, column: text.length },
      { at: start, column: 0 },
    ]) {
      await putCaret(joon, line, 2);
      // Beside the text, where the line has nothing.
      await joon.mouse.click(at.left + (column === 0 ? -6 : 6) * sign, at.top + 8);
      await expectAt(column);
    }
  }
  await expectConverged([joon], url, { text: CONTENT });
});

test('Home and End lead to the ends of a row of a long mixed line (FP1)', async ({ join, openDocument }) => {
  const content = LONG.join('\n');
  const url = await openDocument(content);
  const joon = await join('Joon');
  for (const [line, text] of LONG.entries()) {
    const rows = await middles(joon, line);
    const ends = rows.flatMap(({ y }, index) => (index > 0 && y - rows[index - 1]!.y > 10 ? [index] : []));
    expect(ends.length).toBeGreaterThan(0);
    const columnAfter = async (key: string, from: number): Promise<number> => {
      await putCaret(joon, line, from);
      await joon.press(key);
      await expect.poll(async () => (await ownSelection(joon)).column).not.toBe(from);
      return (await ownSelection(joon)).column;
    };
    expect(await columnAfter('End', 5)).toBe(ends[0]);
    expect(await columnAfter('Home', 5)).toBe(0);
    expect(await columnAfter('Home', text.length - 2)).toBe(ends.at(-1));
    expect(await columnAfter('End', text.length - 2)).toBe(text.length);
  }
  await expectConverged([joon], url, { text: content });
});
