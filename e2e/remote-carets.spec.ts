import { expect } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import {
  clickTick,
  isApart,
  isInView,
  namesOffScreen,
  ownSelection,
  shownBoxes,
  shownCarets,
  shownNames,
  shownPlace,
  shownSelections,
  shownTick,
} from './fixtures/shown.ts';
import { test } from './fixtures/core.ts';
import type { Writer } from '../sdk/testing.ts';

const LINES = 'The first line.\nThe second line.\nThe third line.';

/** Waits until one caret of somebody else is drawn before a column of a line, as exactly as the engine tells. */
async function expectCaretAt(person: Writer, line: number, column: number): Promise<void> {
  await expect(async () => {
    const [caret] = await shownCarets(person);
    const place = await shownPlace(person, line, column);
    expect(Math.abs(caret!.left - place.left)).toBeLessThanOrEqual(person.placeError);
    // The caret is as high as the text, and lies on its line.
    expect(Math.abs(caret!.top - place.top)).toBeLessThan(place.height / 2);
  }).toPass({ intervals: [50] });
}

test('a caret shows where somebody is, with their name, which fades and comes back when they move', async ({
  join,
  openDocument,
}) => {
  const url = await openDocument(LINES);
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  await joon.caretTo(1, 'The second'.length);

  await expectCaretAt(mina, 1, 'The second'.length);
  await expect.poll(async () => (await shownCarets(mina))[0]).toMatchObject({ name: 'Joon', isNamed: true });
  await expect.poll(async () => (await shownCarets(mina))[0]!.isNamed, 'the name fades').toBe(false);
  await joon.press('ArrowRight');
  await expect.poll(async () => (await shownCarets(mina))[0]!.isNamed, 'the name is back').toBe(true);
  await expectCaretAt(mina, 1, 'The second '.length);
  await expectConverged([mina, joon], url, { text: LINES });
});

test('a caret follows the edits of its owner and of everybody else', async ({ join, openDocument }) => {
  const url = await openDocument(LINES);
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  await joon.caretTo(1, 'The second'.length);
  await expectCaretAt(mina, 1, 'The second'.length);

  await mina.caretTo(1, 0);
  await mina.type('> ');
  await expectCaretAt(mina, 1, '> The second'.length);

  await mina.press('Control+Home');
  await mina.press('Enter');
  await expectCaretAt(mina, 2, '> The second'.length);

  await joon.type('ary');
  await expectCaretAt(mina, 2, '> The secondary'.length);
  await joon.press('Backspace');
  await expectCaretAt(mina, 2, '> The secondar'.length);

  // Deleted around it, the caret stands where the text was.
  await mina.caretTo(2, '> The'.length);
  await mina.press('Shift+End');
  await mina.press('Delete');
  await expectCaretAt(mina, 2, '> The'.length);

  await expectConverged([mina, joon], url, { text: '\nThe first line.\n> The\nThe third line.' });
});

test('a selection of somebody else is drawn behind the text, and follows edits', async ({ join, openDocument }) => {
  const url = await openDocument(LINES);
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  await joon.caretTo(0, 'The '.length);
  for (let count = 0; count < 'first'.length; count += 1) await joon.press('Shift+ArrowRight');

  const expectSelected = async (column: number, length: number): Promise<void> => {
    await expect(async () => {
      const boxes = await shownSelections(mina);
      const [from, to] = [await shownPlace(mina, 0, column), await shownPlace(mina, 0, column + length)];
      expect(boxes).toHaveLength(1);
      const { left, width } = boxes[0]!;
      expect(Math.abs(left - from.left)).toBeLessThanOrEqual(mina.placeError);
      expect(Math.abs(left + width - to.left)).toBeLessThanOrEqual(mina.placeError);
    }).toPass({ intervals: [50] });
  };
  await expectSelected('The '.length, 'first'.length);

  await mina.press('Control+Home');
  await mina.type('Hm. ');
  await expectSelected('Hm. The '.length, 'first'.length);
  expect(await ownSelection(joon)).toMatchObject({ text: 'first' });

  // Over several lines there is a box for each, at least.
  await joon.press('Shift+ArrowDown');
  await expect.poll(async () => (await shownSelections(mina)).length).toBeGreaterThan(1);
  await joon.press('ArrowLeft');
  await expect.poll(() => shownSelections(mina)).toEqual([]);
  await expectConverged([mina, joon], url, { text: `Hm. ${LINES}` });
});

test('carets and names never shift the text, and go when their owner leaves', async ({ join, openDocument }) => {
  const url = await openDocument(LINES);
  const mina = await join('Mina');
  const before = await shownBoxes(mina);

  const [joon, ida] = [await join('Joon'), await join('Ida')];
  await joon.caretTo(0, 'The'.length);
  await ida.caretTo(0, 'The f'.length);
  await ida.press('Shift+ArrowDown');
  await expect.poll(() => mina.caretNames()).toEqual(['Ida', 'Joon']);
  await expect.poll(async () => (await shownSelections(mina)).length).toBeGreaterThan(0);
  expect(await shownBoxes(mina)).toEqual(before);

  await ida.leave();
  await expect.poll(() => mina.caretNames()).toEqual(['Joon']);
  await expect.poll(() => shownSelections(mina)).toEqual([]);
  await joon.goto('about:blank');
  await expect.poll(() => mina.caretNames()).toEqual([]);
  expect(await shownBoxes(mina)).toEqual(before);
  await expectConverged([mina], url, { text: LINES });
});

test('names of carets that stand close to each other do not cover each other', async ({ join, openDocument }) => {
  const url = await openDocument({ content: `\n\n${LINES}` });
  const [mina, joon, ida] = [await join('Mina'), await join('Joon'), await join('Ida')];
  await joon.caretTo(2, 'The first'.length);
  await ida.caretTo(2, 'The fir'.length);

  await expect(async () => {
    const names = await shownNames(mina);
    expect(names.map(({ name }) => name).sort()).toEqual(['Ida', 'Joon']);
    expect(isApart(names[0]!, names[1]!), JSON.stringify(names)).toBe(true);
  }).toPass({ intervals: [50] });
  await expectConverged([mina, joon, ida], url, { text: `\n\n${LINES}` });
});

test('who is off the screen has a tick beside the scrollbar, at the height of their caret, that leads there', async ({
  join,
  openDocument,
}) => {
  const content = Array.from({ length: 200 }, (_, index) => `Line ${index + 1}`).join('\n');
  const url = await openDocument(content);
  const [mina, joon, ida] = [await join('Mina'), await join('Joon'), await join('Ida')];
  await mina.press('Control+Home');
  await joon.press('Control+End');
  await ida.press('Control+Home');

  await expect.poll(() => namesOffScreen(mina)).toEqual(['Joon']);
  expect(await shownTick(mina, 'Joon')).toMatchObject({ title: 'Joon' });
  const { middle } = await shownTick(mina, 'Joon');
  expect(middle).toBeGreaterThan(0.7);
  expect(middle).toBeLessThan(1);
  await clickTick(mina, 'Joon');
  await expect.poll(() => isInView(mina, 'Line 200')).toBe(true);
  await expect.poll(() => namesOffScreen(mina)).toEqual(['Ida']);
  expect((await shownTick(mina, 'Ida')).middle).toBeLessThan(0.1);

  await joon.press('Control+Home');
  await joon.press('ArrowDown');
  await expect.poll(() => namesOffScreen(mina)).toEqual(['Ida', 'Joon']);
  await clickTick(mina, 'Joon');
  await expect.poll(() => isInView(mina, 'Line 1')).toBe(true);
  await expect.poll(() => namesOffScreen(mina)).toEqual([]);
  // The text has kept the focus.
  await mina.keyboard.type('My ');
  await expectConverged([mina, joon, ida], url, { text: `My ${content}` });
});
