import { expect } from '@playwright/test';
import { ServerProcess } from '../testing/server-process.ts';
import { expectConverged } from './fixtures/converged.ts';
import { NETWORK_ERRORS, type Person, readStored, STOPPING_SERVER } from '../sdk/testing.ts';
import { test } from './fixtures/test.ts';

/** Types, and is gone before the server's answer arrives. */
async function typeAndClose(person: Person, text: string): Promise<void> {
  const url = person.page.url();
  const before = (await readStored(person, url)).version;
  const keptBefore = await person.kept();
  person.network.holdAnswers();
  await person.type(text);
  await expect.poll(async () => (await readStored(person, url)).version).toBeGreaterThan(before);
  await expect.poll(() => person.kept()).toBe(keptBefore + text.length);
  await person.page.close();
  person.network.forget();
}

test('a tab is closed before the answer and the cookies are deleted: what was typed is there once (G8, FO19)', async ({
  join,
  openDocument,
}) => {
  const url = await openDocument('start');
  const mina = await join('Mina');
  await mina.press('Control+Home');
  await typeAndClose(mina, 'ONCE');
  await mina.context.clearCookies();

  const again = await mina.newTab(url);
  await expectConverged([again], url, { text: 'ONCEstart' });
  await expect.poll(() => again.kept(), 'nothing is left behind').toBe(0);
  await again.page.reload();
  await expectConverged([again], url, { text: 'ONCEstart' });
});

test('two tabs are closed before the answer and the cookies are deleted: both are there once (G8, FO19)', async ({
  join,
  openDocument,
}) => {
  const url = await openDocument('|');
  const mina = await join('Mina');
  const second = await mina.newTab(url);
  await second.press('Control+End');
  await mina.press('Control+Home');
  await typeAndClose(second, 'right');
  await typeAndClose(mina, 'left');
  await mina.context.clearCookies();

  const again = await mina.newTab(url);
  await expectConverged([again], url, { text: 'left|right' });
  await expect.poll(() => again.kept(), 'nothing is left behind').toBe(0);
});

test.describe('with a server of its own', () => {
  test.use({ ownServer: true });

  test('the server comes back with another secret before the answer: what was typed is there once (G8, FO19)', async ({
    join,
    openDocument,
    weft,
  }) => {
    const url = await openDocument('start');
    const mina = await join('Mina');
    mina.log.allow(NETWORK_ERRORS, STOPPING_SERVER, /401/);
    await mina.press('Control+Home');
    mina.network.holdAnswers();
    await mina.type('ONCE');
    await expect.poll(async () => (await readStored(mina, url)).version).toBe(2);
    await mina.network.cut();
    await weft.stop();
    const { dataFolder } = weft;
    const env = { WEFT_SECRET: 'another secret of more than thirty-two bytes' };
    const other = await ServerProcess.start({ dataFolder, port: Number(new URL(url).port), env });
    try {
      await mina.network.heal();
      await mina.page.reload();
      await expectConverged([mina], url, { text: 'ONCEstart' });
    } finally {
      await other.dispose();
    }
  });
});
