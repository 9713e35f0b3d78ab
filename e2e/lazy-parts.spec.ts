import { expect } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import { chooseInMore } from './fixtures/menus.ts';
import type { Person } from '../sdk/testing.ts';
import { test } from './fixtures/test.ts';

const PARTS = [
  ['Share', 'share', (mina: Person) => mina.page.getByTestId('share-button').click()],
  ['Commands', 'commands', (mina: Person) => chooseInMore(mina, 'commands')],
] as const;

test('asked for offline for the first time, a part of the page says that it did not come, and comes at the next click', async ({
  join,
}) => {
  const mina = await join('Mina');
  mina.log.allow(/Failed to load resource/);
  await mina.network.goOffline();
  for (const [what, , ask] of PARTS) {
    await ask(mina);
    await expect(mina.page.getByTestId('toasts')).toContainText(
      `${what} could not be loaded because the server cannot be reached`,
    );
  }
  await mina.press('Control+f');
  await expect(mina.page.getByTestId('toasts')).toContainText('The search could not be loaded because the server');
  await expect(mina.editor).toBeFocused();
  await mina.network.heal();
  for (const [, dialog, ask] of PARTS) {
    await ask(mina);
    await expect(mina.page.getByTestId(dialog)).toBeVisible();
    await mina.page.keyboard.press('Escape');
    await expect(mina.page.getByTestId(dialog)).toBeHidden();
  }
  await mina.press('Control+f');
  await expect(mina.page.getByTestId('find')).toBeVisible();
});

test('the page says itself what a document begins with, and the browser asks for it once', async ({ join }) => {
  const mina = await join('Mina');
  // What comes later names what it needs in the same way, and is told of once it is there.
  await expect(async () => {
    const { named, asked } = await mina.page.evaluate(() => ({
      named: [...document.querySelectorAll<HTMLLinkElement>('link[rel="modulepreload"]')].map(({ href }) => href),
      asked: performance.getEntriesByType('resource').map(({ name }) => name),
    }));
    expect(named).toContainEqual(expect.stringMatching(/\/assets\/document-/));
    for (const href of named) expect(asked.filter((name) => name === href)).toHaveLength(1);
  }).toPass();
});

test('asked for offline for the first time, the details of what is not saved are there', async ({ join }) => {
  const mina = await join('Mina');
  mina.log.allow(/Failed to load resource/);
  await mina.page.waitForLoadState('networkidle');
  await mina.network.goOffline();
  await mina.type('unsent');
  await mina.page.getByTestId('status-button').click();
  const details = mina.page.getByTestId('status-details');
  await expect(details.getByRole('heading')).toHaveText('Saving and connection');
  await expect(details).toContainText('None at the moment');
  await expect(details).toContainText('Kept on this device 6 changes');
  await expect(mina.page.getByTestId('toasts')).toBeEmpty();
});

test('after an update of the server, a part whose file is gone offers to load the page anew, and what is unsent stays', async ({
  join,
}) => {
  const mina = await join('Mina');
  const url = mina.page.url();
  mina.log.allow(/status of 404/);
  await mina.page.route(/assets\/(ShareDialog|CommandDialog|search)-/, (route) => route.fulfill({ status: 404 }));
  await mina.network.cut();
  await mina.type('unsent');
  await expect.poll(() => mina.kept()).toBeGreaterThan(0);
  const toasts = mina.page.getByTestId('toasts');
  for (const [what, , ask] of PARTS) {
    await ask(mina);
    await expect(toasts).toContainText(`${what} could not be loaded. Weft may have been updated; what you wrote is`);
  }
  await mina.page.unroute(/assets\/(ShareDialog|CommandDialog|search)-/);
  await mina.network.heal();
  await toasts.getByRole('button', { name: 'Reload' }).first().click();
  await mina.page.locator('[data-collab-state="live"], [data-collab-state="saved"]').first().waitFor();
  await expectConverged([mina], url, { text: 'unsent' });
  await mina.page.getByTestId('share-button').click();
  await expect(mina.page.getByTestId('share')).toBeVisible();
});

test('a page that does not come says so and comes by itself once it can', async ({ join }) => {
  const mina = await join('Mina');
  mina.log.allow(/Failed to load resource/);
  await mina.page.clock.install();
  await mina.network.goOffline();
  await mina.page.getByRole('link', { name: 'All documents' }).click();
  await expect(mina.page.getByTestId('unloaded')).toContainText('What you wrote is not affected');
  await mina.page.getByRole('button', { name: 'Load it again' }).click();
  await expect(mina.page.getByTestId('unloaded')).toBeVisible();
  await mina.network.heal();
  await mina.page.clock.runFor(6000);
  await expect(mina.page.getByTestId('home')).toBeVisible();
});
