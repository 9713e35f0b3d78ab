import { expect } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import { insertByScript, selectIn } from './fixtures/host-views.ts';
import { test } from './fixtures/hosts.ts';
import { ownSelection, shownCarets, shownPlace } from './fixtures/shown.ts';

const LINES = 'The first line.\nThe second line.\nThe third line.';
const UNPAINTED = 'rgba(0, 0, 0, 0)';

test('a CodeMirror of another page draws carets, selections and names, with colours of its own', async ({
  join,
  visitHost,
  openDocument,
}) => {
  await openDocument({ content: LINES });
  const mina = await join('Mina');
  const joon = await visitHost('Joon', 'codemirror');
  await mina.caretTo(1, 'The second'.length);
  await expect(async () => {
    const [caret] = await shownCarets(joon);
    const place = await shownPlace(joon, 1, 'The second'.length);
    expect(caret).toMatchObject({ name: 'Mina', isNamed: true });
    expect(caret!.color).not.toBe(UNPAINTED);
    expect(Math.abs(caret!.left - place.left)).toBeLessThanOrEqual(1);
    // In the middle of a line the name stands over the row above the caret.
    const name = (await joon.page.getByTestId('caret-name').boundingBox())!;
    expect(name.y + name.height).toBeLessThanOrEqual(place.top + 2);
    expect(name.y).toBeGreaterThan(place.top - 1.5 * place.height);
  }).toPass({ intervals: [50] });
  await expect.poll(async () => (await shownCarets(joon))[0]!.isNamed, 'the name fades').toBe(false);

  await mina.press('Shift+End');
  const selection = joon.page.locator('.weft-selection');
  await expect(selection).toHaveCount(1);
  expect(await selection.evaluate((element) => getComputedStyle(element).backgroundColor)).not.toBe(UNPAINTED);
});

test('names, and all of the others, are not drawn if the page does not want them', async ({
  join,
  visitHost,
  openDocument,
}) => {
  const url = await openDocument({ content: LINES });
  const mina = await join('Mina');
  const joon = await visitHost('Joon', 'codemirror', { with: ['no-names'] });
  const ada = await visitHost('Ada', 'codemirror', { with: ['no-carets'] });
  await mina.press('Control+End');
  await mina.type('!');
  await expectConverged([mina, joon, ada], url, { text: `${LINES}!` });
  await expect.poll(() => joon.caretNames()).toEqual(['Ada', 'Mina']);
  await expect(joon.page.getByTestId('caret-name')).toHaveCount(0);
  expect(await ada.caretNames()).toEqual([]);
});

test('works in a shadow root: typing, composing, undo and carets', async ({ join, visitHost, openDocument }) => {
  const url = await openDocument({ content: 'a ' });
  const mina = await join('Mina');
  const joon = await visitHost('Joon', 'codemirror', { with: ['shadow'], unready: true });
  await expect.poll(() => joon.page.locator('.cm-content').textContent()).toBe('a ');
  await selectIn(joon, 2);
  await joon.type('b ');
  await joon.compose(['ㅎ', '하', '한']);
  await expectConverged([mina, joon], url, { text: 'a b 한' });
  await mina.press('Control+Home');
  await mina.type('Minas ');
  await expectConverged([mina, joon], url, { text: 'Minas a b 한' });
  await expect(joon.page.getByTestId('remote-caret')).toHaveAttribute('data-name', 'Mina');
  await expect(async () => {
    await joon.press('Control+z');
    expect(await joon.text()).toBe('Minas a ');
  }).toPass({ intervals: [0] });
  await expectConverged([mina, joon], url, { text: 'Minas a ' });
});

test('what the session refuses is taken back, and what follows is not lost', async ({
  join,
  visitHost,
  openDocument,
}) => {
  const url = await openDocument({ content: 'Kept.' });
  const mina = await join('Mina');
  const joon = await visitHost('Joon', 'codemirror');
  await selectIn(joon, 5);
  await insertByScript(joon, 'no\0thing');
  await expect.poll(() => joon.texts()).toEqual({ session: 'Kept.', editor: 'Kept.' });
  await joon.press('Control+End');
  await joon.type(' More.');
  await expectConverged([mina, joon], url, { text: 'Kept. More.' });
});

test('the history of basicSetup takes back nothing of others either', async ({ join, visitHost, openDocument }) => {
  const url = await openDocument();
  const mina = await join('Mina');
  const joon = await visitHost('Joon', 'codemirror');
  await joon.type('own');
  await expectConverged([mina, joon], url, { text: 'own' });
  await mina.press('Control+End');
  await mina.type(' others');
  await expectConverged([mina, joon], url, { text: 'own others' });
  await joon.evaluate(() => {
    const { weft } = window as unknown as { weft: { hostUndo(): boolean } };
    while (weft.hostUndo());
  });
  await expectConverged([mina, joon], url, { text: ' others' });
});

test('the line of the caret stays at its height while others write above it', async ({
  join,
  visitHost,
  openDocument,
}) => {
  const lines = Array.from({ length: 100 }, (_, index) => `Line ${index}`);
  const url = await openDocument({ content: lines.join('\n') });
  const mina = await join('Mina');
  const joon = await visitHost('Joon', 'codemirror');
  await selectIn(joon, lines.slice(0, 60).join('\n').length);
  await joon.press('ArrowDown');
  const line = joon.page.locator('.cm-activeLine');
  await expect(line).toHaveText('Line 60');
  const before = (await line.boundingBox())!.y;
  await mina.press('Control+Home');
  await mina.paste('one\ntwo\nthree\n');
  await expectConverged([mina, joon], url);
  expect(Math.abs((await line.boundingBox())!.y - before)).toBeLessThanOrEqual(1);
  expect((await ownSelection(joon)).line).toBeGreaterThan(0);
});
