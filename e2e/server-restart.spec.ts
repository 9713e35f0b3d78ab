import { expect } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import { NETWORK_ERRORS, readStored, STOPPING_SERVER, type Writer } from '../sdk/testing.ts';
import { test } from './fixtures/core.ts';

test.use({ ownServer: true });

const WORDS = Array.from({ length: 30 }, (_, index) => index + 1);

/** Types numbered words one by one; `said` grows with every word that was typed. */
async function typeWords(person: Writer, mark: string, said: string[]): Promise<void> {
  for (const number of WORDS) {
    const word = `${mark}${number} `;
    await person.type(word, { delay: 5 });
    said.push(word);
  }
}

for (const [ending, how] of [
  ['is restarted (SIGTERM)', 'stop'],
  ['is killed (SIGKILL) and started again', 'kill'],
] as const) {
  test(`two people type on while the server ${ending}: all is there, once, in order`, async ({ join, weft }) => {
    const [mina, joon] = [await join('Mina'), await join('Joon')];
    const url = mina.documentUrl;
    for (const person of [mina, joon]) person.log.allow(NETWORK_ERRORS, STOPPING_SERVER);
    await joon.type('|');
    await expectConverged([mina, joon], url, { text: '|' });
    await mina.press('Control+Home');

    const [minas, joons]: [string[], string[]] = [[], []];
    const typing = Promise.all([typeWords(mina, 'm', minas), typeWords(joon, 'j', joons)]);
    await expect.poll(() => Math.min(minas.length, joons.length)).toBeGreaterThan(3);
    if (how === 'stop') expect(await weft.stop()).toBe(0);
    else await weft.kill();
    // What either had on screen as confirmed at that moment may never be missing again.
    const confirmed = Math.max(await mina.version(), await joon.version());
    await expect.poll(() => mina.state()).toMatch(/reconnecting|offline/);
    const without = minas.length;
    await expect.poll(() => minas.length, 'typing goes on without a server').toBeGreaterThan(without);
    await weft.start();
    await Promise.all([mina.wake(), joon.wake()]);
    await typing;

    const text = `${minas.join('')}|${joons.join('')}`;
    const stored = await expectConverged([mina, joon], url, { text, timeout: 40_000 });
    expect(stored.version).toBeGreaterThanOrEqual(confirmed);
    expect(minas).toHaveLength(WORDS.length);
    for (const person of [mina, joon]) await expect.poll(() => person.statusText()).toMatch(/saved/i);
  });
}

test('what says "Saved" outlives a killed server, also where the page does not', async ({ join, weft, visit }) => {
  const mina = await join('Mina');
  const url = mina.documentUrl;
  await mina.type('This is safe.');
  await expect.poll(() => mina.unsaved()).toBe(0);
  await expect.poll(() => mina.statusText()).toContain('Saved');
  mina.log.allow(NETWORK_ERRORS);
  await weft.kill();
  await mina.leave();
  await weft.start();

  const joon = await visit('Joon');
  await joon.open(url);
  expect(await readStored(joon, url)).toMatchObject({ text: 'This is safe.' });
  await expectConverged([joon], url, { text: 'This is safe.' });
});
