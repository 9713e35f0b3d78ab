import { expect } from '@playwright/test';
import { test } from './fixtures/core.ts';
import { expectConverged } from './fixtures/converged.ts';
import type { Writer } from './fixtures/writer.ts';

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
    await mina.net.cut();
    await mina.press('Control+End');
    await mina.type(`Unsent ${round}. `);
    await mina.goto('/');
    await mina.net.heal();
    await mina.open(url);
    const text = Array.from({ length: round }, (_, index) => `Unsent ${index + 1}. `).join('');
    await expectConverged([mina], url, { text });
    expect(await saysNotKept(mina)).toBe(false);
  }
});

test('documents are opened one after another by address, with typing in each: none is "not kept on this device"', async ({
  visit,
  newDocument,
}) => {
  const mina = await visit('Mina');
  for (let round = 0; round < 6; round += 1) {
    const url = await newDocument({ content: `Document ${round}.` });
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
  await mina.net.cut();
  await mina.type('New.');
  await mina.reload();
  await expect.poll(() => mina.shownText()).toBe('Known. New.');
  await mina.net.heal();
  await mina.wake();
  await expectConverged([mina, joon], url, { text: 'Known. New.' });
});
