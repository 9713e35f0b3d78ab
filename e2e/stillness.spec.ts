import { expect } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import { firstVisibleLine, ownSelection, scrollTo, shownPlace } from './fixtures/shown.ts';
import { test } from './fixtures/core.ts';

const LINES = Array.from({ length: 300 }, (_, index) => `Line ${index + 1}`);
const CONTENT = LINES.join('\n');
const FIFTY = Array.from(
  { length: 50 },
  (_, index) => `A new line ${index + 1}, which is ${'long '.repeat(index)}.\n`,
).join('');

test('fifty lines inserted and deleted above leave what I read where it is', async ({ join, openDocument }) => {
  const url = await openDocument(CONTENT);
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  await scrollTo(mina, 3000);
  const before = await firstVisibleLine(mina);

  await joon.press('Control+Home');
  await joon.paste(FIFTY);
  await expectConverged([mina, joon], url, { text: FIFTY + CONTENT });
  const inserted = await firstVisibleLine(mina);
  expect(inserted.text).toBe(before.text);
  expect(Math.abs(inserted.top - before.top)).toBeLessThanOrEqual(1);

  await joon.press('Control+z');
  await expectConverged([mina, joon], url, { text: CONTENT });
  const deleted = await firstVisibleLine(mina);
  expect(deleted.text).toBe(before.text);
  expect(Math.abs(deleted.top - before.top)).toBeLessThanOrEqual(1);
});

test('sixty lines added above one by one do not move what I read by and by', async ({ join, openDocument }) => {
  const url = await openDocument(CONTENT);
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  await scrollTo(mina, 3000);
  const before = await firstVisibleLine(mina);
  await joon.press('Control+Home');
  for (let count = 0; count < 60; count += 1) await joon.press('Enter');
  await expectConverged([mina, joon], url, { text: '\n'.repeat(60) + CONTENT });
  const after = await firstVisibleLine(mina);
  expect(after.text).toBe(before.text);
  expect(Math.abs(after.top - before.top)).toBeLessThanOrEqual(1);
});

test('at the very bottom, lines that others add above or below do not move mine either', async ({
  join,
  openDocument,
}) => {
  const url = await openDocument(CONTENT);
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  await mina.press('Control+End');
  await scrollTo(mina, 1_000_000);
  const before = await firstVisibleLine(mina);
  await joon.press('Control+Home');
  await joon.paste(FIFTY);
  await expectConverged([mina, joon], url, { text: FIFTY + CONTENT });
  const above = await firstVisibleLine(mina);
  expect(above.text).toBe(before.text);
  expect(Math.abs(above.top - before.top)).toBeLessThanOrEqual(1);

  await scrollTo(mina, 1_000_000);
  const again = await firstVisibleLine(mina);
  await joon.press('Control+End');
  await joon.paste(`\n${FIFTY}`);
  await expectConverged([mina, joon], url, { text: `${FIFTY}${CONTENT}\n${FIFTY}` });
  const below = await firstVisibleLine(mina);
  expect(below.text).toBe(again.text);
  expect(Math.abs(below.top - again.top)).toBeLessThanOrEqual(1);
});

test('a text that just fits on the screen does not jump when another makes it longer', async ({
  join,
  openDocument,
}) => {
  const url = await openDocument('A short text.');
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  const before = await firstVisibleLine(mina);
  await joon.press('Control+End');
  await joon.paste(`\n${FIFTY}`);
  await expectConverged([mina, joon], url, { text: `A short text.\n${FIFTY}` });
  expect(await firstVisibleLine(mina)).toEqual(before);
});

test('my caret stays on its line while others write above it, and I go on writing there', async ({
  join,
  openDocument,
}) => {
  const url = await openDocument(CONTENT);
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  await mina.caretTo(9, 'Line'.length);
  await joon.press('Control+Home');
  await Promise.all([mina.type('(my own)', { delay: 15 }), joon.type('one\ntwo\nthree\n', { delay: 10 })]);
  const expected = ['one', 'two', 'three', ...LINES];
  expected[12] = 'Line(my own) 10';
  await expectConverged([mina, joon], url, { text: expected.join('\n') });
  expect(await ownSelection(mina)).toMatchObject({ line: 12, column: 'Line(my own)'.length, text: '' });
});

test('text that another inserts at my caret stands behind it (V6)', async ({ join, openDocument }) => {
  const url = await openDocument('[]');
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  await mina.caretTo(0, 1);
  await joon.caretTo(0, 1);
  await joon.type('Joon');
  await expectConverged([mina, joon], url, { text: '[Joon]' });
  await mina.type('Mina');
  await expectConverged([mina, joon], url, { text: '[MinaJoon]' });
});

test('my selection keeps its words while others write before, after and inside it', async ({ join, openDocument }) => {
  const url = await openDocument('before chosen words after');
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  await mina.caretTo(0, 'before '.length);
  for (let count = 0; count < 'chosen words'.length; count += 1) await mina.press('Shift+ArrowRight');
  expect(await ownSelection(mina)).toMatchObject({ text: 'chosen words' });

  await joon.press('Control+Home');
  await joon.type('Just ');
  await joon.press('Control+End');
  await joon.type(' all');
  await expectConverged([mina, joon], url, { text: 'Just before chosen words after all' });
  expect(await ownSelection(mina)).toMatchObject({ text: 'chosen words' });

  await joon.caretTo(0, 'Just before chosen'.length);
  await joon.type(' few');
  await expectConverged([mina, joon], url, { text: 'Just before chosen few words after all' });
  expect(await ownSelection(mina)).toMatchObject({ text: 'chosen few words' });

  await mina.type('X');
  await expectConverged([mina, joon], url, { text: 'Just before X after all' });
});

test('a selection made with the mouse goes on while others write above it', async ({ join, openDocument }) => {
  const url = await openDocument(CONTENT);
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  const from = await shownPlace(mina, 4, 0);
  const to = await shownPlace(mina, 4, 'Line 5'.length);
  const middle = from.top + from.height / 2;
  await mina.mouse.move(from.left + 1, middle);
  await mina.mouse.down();
  await mina.mouse.move(from.left + 20, middle, { steps: 4 });

  await joon.press('Control+Home');
  await joon.press('End');
  await joon.type(' has more words');
  await expectConverged([mina, joon], url);
  await mina.mouse.move(to.left + 100, middle, { steps: 4 });
  await mina.mouse.up();
  expect(await ownSelection(mina)).toMatchObject({ line: 4, text: 'Line 5' });
  await expectConverged([mina, joon], url, { text: CONTENT.replace('Line 1', 'Line 1 has more words') });
});
