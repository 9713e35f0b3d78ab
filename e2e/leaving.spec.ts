import { expect } from '@playwright/test';
import { test } from './fixtures/core.ts';
import { expectConverged } from './fixtures/converged.ts';
import { firstVisibleLine, scrollTo } from './fixtures/shown.ts';
import type { Writer } from '../sdk/testing.ts';

/** Waits until it is known whether edits are kept on this device, and says whether the page says that they are not. */
async function saysNotKept(person: Writer): Promise<boolean> {
  const isSafe = async () => (await person.unsaved()) <= (await person.kept());
  await expect.poll(isSafe, 'what was typed is on this device, or sent').toBe(true);
  return (await person.shown('not-kept')) !== '';
}

test('a document is left by address with unsent edits, and opened again: they are shown, kept and sent (FO20)', async ({
  join,
}) => {
  const mina = await join('Mina');
  const url = mina.documentUrl;
  for (let round = 1; round <= 3; round += 1) {
    await mina.network.cut();
    await mina.press('Control+End');
    await mina.type(`Unsent ${round}. `);
    await mina.goto('/');
    await mina.network.heal();
    await mina.open(url);
    const text = Array.from({ length: round }, (_, index) => `Unsent ${index + 1}. `).join('');
    await expectConverged([mina], url, { text });
    expect(await saysNotKept(mina)).toBe(false);
  }
});

test('documents are opened one after another by address, with typing in each: none is "not kept on this device"', async ({
  visit,
  openDocument,
}) => {
  const mina = await visit('Mina');
  for (let round = 0; round < 6; round += 1) {
    const url = await openDocument({ content: `Document ${round}.` });
    await mina.open(url);
    await mina.type('Words. ');
    expect(await saysNotKept(mina), `round ${round}`).toBe(false);
    expect(await mina.shownText()).toBe(`Words. Document ${round}.`);
  }
});

test('a page is reloaded with unsent edits: they are shown at once, and sent', async ({ join }) => {
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  const url = mina.documentUrl;
  await mina.type('Known. ');
  await expectConverged([mina, joon], url, { text: 'Known. ' });
  await mina.network.cut();
  await mina.type('New.');
  await mina.reload();
  // The editor's code may come after the page's.
  await expect(async () => expect(await mina.shownText()).toBe('Known. New.')).toPass({ intervals: [50, 100] });
  await mina.network.heal();
  await mina.wake();
  await expectConverged([mina, joon], url, { text: 'Known. New.' });
});

test('a page that is left and shown again from memory has its caret and its place in the text, and goes on (FO20)', async ({
  join,
  openDocument,
}) => {
  const content = Array.from({ length: 300 }, (_, index) => `Line ${index + 1}`).join('\n');
  const url = await openDocument(content);
  const mina = await join('Mina');
  await mina.press('Control+End');
  await mina.press('ArrowUp');
  await scrollTo(mina, 2000);
  const before = await firstVisibleLine(mina);
  // Browsers keep pages in memory as they like, so the page is told what it hears then.
  const tell = (type: 'pagehide' | 'pageshow'): Promise<void> =>
    mina.evaluate((name) => void window.dispatchEvent(new PageTransitionEvent(name, { persisted: true })), type);
  await tell('pagehide');
  await expect.poll(() => mina.state()).toBe('left');
  await tell('pageshow');
  await mina.whenReady();
  await expect.poll(() => firstVisibleLine(mina)).toEqual(before);
  await mina.keyboard.type('!');
  await expectConverged([mina], url, { text: content.replace('\nLine 300', '!\nLine 300') });
});
