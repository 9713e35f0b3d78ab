import { expect } from '@playwright/test';
import { expectConverged } from '../fixtures/converged.ts';
import { addressOf, makeLink, openLinks, ownDocument } from '../fixtures/sharing.ts';
import { NETWORK_ERRORS, STOPPING_SERVER, type Person } from '../../sdk/testing.ts';
import { test } from './older.ts';

/** The files that a person's page has loaded. */
function scriptsOf(person: Person): Promise<string[]> {
  return person.evaluate(() => [...document.querySelectorAll<HTMLScriptElement>('script[src]')].map(({ src }) => src));
}

for (const how of ['kill', 'stop'] as const) {
  test(`pages of the older server type on against the new one (${how}): nothing is lost, undone is what was typed before`, async ({
    join,
    server,
    upgrade,
    visit,
  }) => {
    const [mina, joon] = [await join('Mina'), await join('Joon')];
    const url = mina.documentUrl;
    for (const person of [mina, joon]) person.log.allow(NETWORK_ERRORS, STOPPING_SERVER);
    const older = await scriptsOf(mina);
    await joon.type('|');
    await expectConverged([mina, joon], url, { text: '|' });
    await mina.press('Control+Home');
    await mina.paste('Before. ');
    await expectConverged([mina, joon], url, { text: 'Before. |' });

    await server[how]();
    await expect.poll(() => mina.state()).toMatch(/reconnecting|offline/);
    await mina.type('offline 하나 ');
    await joon.press('Control+End');
    await joon.type(' 🦋 offline');
    expect([await mina.unsaved(), await joon.unsaved()].every((count) => count > 0)).toBe(true);
    await upgrade(how);
    await Promise.all([mina.wake(), joon.wake()]);
    await expectConverged([mina, joon], url, { text: 'Before. offline 하나 | 🦋 offline', timeout: 40_000 });

    await Promise.all([mina.type('after ', { delay: 20 }), joon.type(' after', { delay: 20 })]);
    await expectConverged([mina, joon], url, { text: 'Before. offline 하나 after | 🦋 offline after' });
    expect(await scriptsOf(mina), 'it is still the older page').toEqual(older);

    const newcomer = await visit('New');
    await newcomer.open(url);
    expect(await scriptsOf(newcomer), 'the newcomer has the new page').not.toEqual(older);
    await newcomer.press('Control+End');
    await newcomer.type('!');
    const text = 'Before. offline 하나 after | 🦋 offline after!';
    await expectConverged([mina, joon, newcomer], url, { text });
    await expect.poll(() => mina.caretNames()).toEqual(['Joon', 'New']);
    await expect.poll(() => newcomer.caretNames()).toEqual(['Joon', 'Mina']);
    for (const person of [mina, joon, newcomer]) await expect.poll(() => person.statusText()).toMatch(/saved/i);

    // Undo reaches back beyond the upgrade, to Mina's own edits alone.
    await expect(async () => {
      await mina.press('Control+z');
      expect(await mina.text()).toBe('| 🦋 offline after!');
    }).toPass({ intervals: [20] });
    await expectConverged([mina, joon, newcomer], url, { text: '| 🦋 offline after!' });
  });
}

test('what an older page left unsent on the device, the new page sends once', async ({ join, server, upgrade }) => {
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  const url = mina.page.url();
  for (const person of [mina, joon]) person.log.allow(NETWORK_ERRORS, STOPPING_SERVER);
  await mina.type('Safe. ');
  await expectConverged([mina, joon], url, { text: 'Safe. ' });
  await server.kill();
  await mina.type('Not sent.');
  await expect.poll(() => mina.kept(), 'edits on this device').toBe('Not sent.'.length);
  await mina.crash();
  await upgrade();
  const again = await mina.newTab(url);
  await joon.wake();
  await expectConverged([again, joon], url, { text: 'Safe. Not sent.', timeout: 40_000 });
  await again.press('Control+End');
  await again.type(' Sent.');
  await expectConverged([again, joon], url, { text: 'Safe. Not sent. Sent.' });
});

test('an older page that is reloaded is the new page, signed in as before, and links of before let in', async ({
  upgrade,
  visit,
}) => {
  const [ada, lin] = [await visit('Ada'), await visit('Lin')];
  for (const person of [ada, lin]) person.log.allow(NETWORK_ERRORS, STOPPING_SERVER);
  // The link is tried without its password first.
  lin.log.allow(/status of 403/);
  const url = await ownDocument(ada, { title: 'Plans', content: 'Sea.', linkAccess: 'none' });
  const link = await makeLink(ada, url, { role: 'editor', name: 'Class 7b', password: 'sesame' });
  await ada.open(url);
  await upgrade('stop');
  await ada.wake();
  await expect.poll(() => ada.state()).toMatch(/live|saved/);
  await ada.press('Control+End');
  await ada.type(' Air.');
  await expectConverged([ada], url, { text: 'Sea. Air.' });
  await ada.reload();
  await ada.whenReady();
  await openLinks(ada);
  await expect(ada.page.locator('[data-testid="share-link"][data-name="Class 7b"]')).toBeVisible();

  // The link of before, opened in the new page.
  await lin.goto(addressOf(url, link).replace('#', '?debug#'));
  await lin.page.getByLabel('Password').fill('sesame');
  await lin.page.keyboard.press('Enter');
  await lin.whenReady();
  await lin.press('Control+End');
  await lin.type(' By link.');
  await expectConverged([ada, lin], url, { text: 'Sea. Air. By link.' });
});
