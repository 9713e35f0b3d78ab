import { expect } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import { isInView, ownSelection } from './fixtures/shown.ts';
import { test } from './fixtures/core.ts';

test('undo takes back only what I did, redo brings it back, beside what the other writes', async ({ join }) => {
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  const url = mina.documentUrl;
  await mina.paste('Minas words.');
  await expectConverged([mina, joon], url, { text: 'Minas words.' });
  await joon.press('Control+End');
  await joon.paste(' Joons words.');
  await expectConverged([mina, joon], url, { text: 'Minas words. Joons words.' });

  await mina.press('Control+z');
  await expectConverged([mina, joon], url, { text: ' Joons words.' });
  await joon.press('Control+z');
  await expectConverged([mina, joon], url, { text: '' });
  await mina.press('Control+y');
  await expectConverged([mina, joon], url, { text: 'Minas words.' });
  await joon.press('Control+Shift+z');
  await expectConverged([mina, joon], url, { text: 'Minas words. Joons words.' });
});

test('undo leaves alone what the other wrote into the middle of mine', async ({ join }) => {
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  const url = mina.documentUrl;
  await mina.paste('beginning end');
  await expectConverged([mina, joon], url, { text: 'beginning end' });
  await joon.caretTo(0, 'beginning'.length);
  await joon.type(' middle');
  await expectConverged([mina, joon], url, { text: 'beginning middle end' });

  await mina.press('Control+z');
  await expectConverged([mina, joon], url, { text: ' middle' });
  await mina.press('Control+Shift+z');
  await expectConverged([mina, joon], url, { text: 'beginning middle end' });
});

test('edits of others never enter my history: with nothing of mine to undo, nothing happens', async ({ join }) => {
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  const url = mina.documentUrl;
  await joon.type('Joons words.');
  const { version } = await expectConverged([mina, joon], url, { text: 'Joons words.' });
  await mina.press('Control+z');
  await mina.press('Control+Shift+z');
  // Something that is certainly sent after it.
  await mina.press('Control+End');
  await mina.type('!');
  const after = await expectConverged([mina, joon], url, { text: 'Joons words.!' });
  expect(after.version).toBe(version + 1);
});

test('undo and redo lead the caret and the view to the change', async ({ join, openDocument }) => {
  const content = Array.from({ length: 200 }, (_, index) => `Line ${index + 1}`).join('\n');
  const url = await openDocument(content);
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  await mina.press('Control+Home');
  await mina.press('End');
  await mina.paste(' is mine');
  await joon.press('Control+Home');
  await joon.type('New first line\n');
  await expectConverged([mina, joon], url);
  await mina.press('Control+End');
  await expect.poll(() => isInView(mina, 'Line 200')).toBe(true);

  await mina.press('Control+z');
  await expect.poll(() => isInView(mina, 'Line 1')).toBe(true);
  expect(await ownSelection(mina)).toMatchObject({ line: 1, column: 'Line 1'.length, text: '' });

  await mina.press('Control+End');
  await mina.press('Control+Shift+z');
  await expect.poll(() => isInView(mina, 'Line 1 is mine')).toBe(true);
  expect(await ownSelection(mina)).toMatchObject({ line: 1, text: '' });
  await expectConverged([mina, joon], url);
});

test('undo works without a network, and what it undid stays undone', async ({ join }) => {
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  const url = mina.documentUrl;
  await mina.type('Kept.');
  await expectConverged([mina, joon], url, { text: 'Kept.' });
  await mina.press('ArrowLeft');
  await mina.press('ArrowRight');
  await mina.network.cut();
  await mina.paste(' Undone.');
  await joon.press('Control+Home');
  await joon.type('Joon: ');
  await mina.press('Control+z');
  expect(await mina.shownText()).toBe('Kept.');
  await mina.network.heal();
  await mina.wake();
  await expectConverged([mina, joon], url, { text: 'Joon: Kept.' });
});
