import { expect } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import { ownSelection, shownPlace } from './fixtures/shown.ts';
import { ownDocument } from './fixtures/sharing.ts';
import { test } from './fixtures/test.ts';

test('Ctrl+B, I and K format what is selected, each undone in one step, whatever the others write', async ({
  join,
  openDocument,
}) => {
  const url = await openDocument('one two three');
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  await mina.editor.getByText('one two three').dblclick({ position: { x: 4, y: 8 } });
  expect((await ownSelection(mina)).text.trim()).toBe('one');
  await mina.page.keyboard.press('Control+b');
  await expectConverged([mina, joon], url, { text: '**one** two three' });
  await expect(mina.editor.getByText('one', { exact: true })).toHaveCSS('font-weight', '600');
  await mina.page.keyboard.press('Control+i');
  await expectConverged([mina, joon], url, { text: '***one*** two three' });
  await joon.press('Control+Home');
  await joon.type('Zero ');
  await expectConverged([mina, joon], url, { text: 'Zero ***one*** two three' });
  await mina.page.keyboard.press('Control+b');
  await expectConverged([mina, joon], url, { text: 'Zero *one* two three' });
  await mina.page.keyboard.press('Control+z');
  await mina.page.keyboard.press('Control+z');
  await expectConverged([mina, joon], url, { text: 'Zero **one** two three' });
  await mina.page.keyboard.press('Control+z');
  await expectConverged([mina, joon], url, { text: 'Zero one two three' });
  await mina.press('Control+End');
  await mina.page.keyboard.press('Control+k');
  await mina.page.keyboard.type('/there');
  await expectConverged([mina, joon], url, { text: 'Zero one two [three](/there)' });
});

test('marks are upright and not struck through, and code in a heading is as large as the heading', async ({
  join,
  openDocument,
}) => {
  await openDocument('# One `code`\n\n_two_ ~~three~~ **four**\n\n> quoted');
  const mina = await join('Mina');
  const piece = (text: string) => mina.editor.getByText(text, { exact: true });
  await expect(piece('two')).toHaveCSS('font-style', 'italic');
  await expect(piece('three')).toHaveCSS('text-decoration-line', 'line-through');
  await expect(piece('quoted')).toHaveCSS('font-style', 'italic');
  for (const mark of ['_', '~~', '**', '>']) {
    await expect(piece(mark).first()).toHaveCSS('font-style', 'normal');
    await expect(piece(mark).first()).toHaveCSS('text-decoration-line', 'none');
    await expect(piece(mark).first()).toHaveCSS('font-weight', '400');
  }
  const sizeOf = (text: string) => piece(text).evaluate((span) => parseFloat(getComputedStyle(span).fontSize));
  expect(await sizeOf('code')).toBeCloseTo((await sizeOf('One')) * 0.88, 1);
});

test('an address pasted over words makes a link of them', async ({ join, openDocument }) => {
  const url = await openDocument('see notes');
  const mina = await join('Mina');
  await mina.press('Control+End');
  await mina.press('Control+Shift+ArrowLeft');
  await mina.paste('https://weft.example/notes');
  await expectConverged([mina], url, { text: 'see [notes](https://weft.example/notes)' });
  await mina.press('Control+z');
  await expectConverged([mina], url, { text: 'see notes' });
});

test('two people tick tasks at once, while a third line is written; the caret stays', async ({
  join,
  openDocument,
}) => {
  const url = await openDocument('- [ ] one\n- [ ] two\n- [x] three\n');
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  const boxOf = (who: typeof mina, line: number) => who.editor.locator('.cm-line').nth(line).locator('.weft-task');
  await mina.press('Control+End');
  await expect(boxOf(mina, 2)).toHaveClass(/is-done/);
  await Promise.all([boxOf(mina, 0).click(), boxOf(joon, 1).click(), boxOf(joon, 0).hover()]);
  await expectConverged([mina, joon], url, { text: '- [x] one\n- [x] two\n- [x] three\n' });
  await mina.page.keyboard.type('here');
  await boxOf(mina, 2).click();
  await mina.page.keyboard.type('!');
  await expectConverged([mina, joon], url, { text: '- [x] one\n- [x] two\n- [ ] three\nhere!' });
  await mina.press('Control+z');
  await mina.press('Control+z');
  await expectConverged([mina, joon], url, { text: '- [x] one\n- [x] two\n- [x] three\nhere' });
});

const TASKS = [
  '- [ ] 할 일',
  '- [ ] משימה',
  '> - [ ] quoted',
  '- item',
  '  1. [ ] nested',
  '\t- [ ] tabbed',
  'plain',
  '- [ ] last',
];
const PHONE = { viewport: { width: 390, height: 844 }, context: { hasTouch: true, isMobile: true } };

for (const hand of ['mouse', 'finger'] as const)
  test(`a ${hand} ticks a task wherever it stands, and nothing else`, async ({ join, openDocument }) => {
    const url = await openDocument(TASKS.join('\n'));
    const mina = await join('Mina', hand === 'finger' ? PHONE : {});
    await mina.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    const boxes = mina.editor.locator('.weft-task');
    await expect(boxes).toHaveCount(6);
    for (const box of await boxes.all()) {
      const { x, y, width, height } = (await box.boundingBox())!;
      const at = [x + width / 2, y + height / 2] as const;
      await (hand === 'finger' ? mina.page.touchscreen.tap(...at) : mina.page.mouse.click(...at));
    }
    const ticked = TASKS.map((line) => line.replace('[ ]', '[x]')).join('\n');
    await expectConverged([mina], url, { text: ticked });
    // No keyboard comes up.
    await expect(mina.editor).not.toBeFocused();

    // The foot of a row belongs to that row, though what a finger can hit of the next one is larger than its box.
    const foot = await shownPlace(mina, 6, 2);
    const row = (await mina.editor.locator('.cm-line').nth(6).boundingBox())!;
    const at = [foot.left, row.y + row.height - 2] as const;
    await (hand === 'finger' ? mina.page.touchscreen.tap(...at) : mina.page.mouse.click(...at));
    await expect(mina.editor).toBeFocused();
    expect((await ownSelection(mina)).line).toBe(6);
    await expectConverged([mina], url, { text: ticked });
  });

for (const [where, index] of [
  ['its own line', 0],
  ['another line', 1],
] as const)
  test(`a syllable that is still open in ${where} is ended by a tick, and the caret stays behind it`, async ({
    join,
    openDocument,
  }) => {
    const url = await openDocument('- [ ] 할 \n- [ ] two');
    const mina = await join('Mina');
    await mina.press('Control+Home');
    await mina.press('End');
    for (const step of ['ㅇ', '이', '일']) await mina.composeStep(step);
    await mina.editor.locator('.weft-task').nth(index).click();
    const text = ['- [ ] 할 일', '- [ ] two'].map((line, at) => (at === index ? line.replace('[ ]', '[x]') : line));
    await expectConverged([mina], url, { text: text.join('\n') });
    await mina.page.keyboard.type('!');
    await expectConverged([mina], url, { text: text.join('\n').replace('일', '일!') });
  });

test('whoever may only read ticks nothing and formats nothing', async ({ visit }) => {
  const mina = await visit('Mina');
  const url = await ownDocument(mina, { content: '- [ ] one', linkAccess: 'view' });
  const joon = await visit('Joon');
  await joon.open(url);
  await joon.editor.locator('.weft-task').click();
  await joon.press('Control+a');
  await joon.page.keyboard.press('Control+b');
  await expectConverged([joon], url, { text: '- [ ] one' });
});

test('Tab nests an item beneath the one above, also while somebody writes in it; Shift-Tab and undo take it back', async ({
  join,
  openDocument,
}) => {
  const url = await openDocument('1. one\n2. two\n   more');
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  await expect(mina.editor.locator('.weft-hanging')).toHaveCount(3);
  await mina.caretTo(1, 3);
  await joon.press('Control+End');
  await joon.type('!');
  await mina.press('Tab');
  await expectConverged([mina, joon], url, { text: '1. one\n   1. two\n      more!' });
  await joon.type('!');
  await mina.press('Shift+Tab');
  await expectConverged([mina, joon], url, { text: '1. one\n2. two\n   more!!' });
  await mina.press('Tab');
  await mina.press('Control+z');
  await expectConverged([mina, joon], url, { text: '1. one\n2. two\n   more!!' });
  // Behind its text it is a tab.
  await mina.press('End');
  await mina.press('Tab');
  await expectConverged([mina, joon], url, { text: '1. one\n2. two\t\n   more!!' });
  await expect(mina.editor).toBeFocused();
});
