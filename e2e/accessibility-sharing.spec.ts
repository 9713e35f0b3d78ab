import { expect, type Locator } from '@playwright/test';
import { expectAccessible, SCREENS } from './fixtures/accessible.ts';
import { expectConverged } from './fixtures/converged.ts';
import { addressOf, makeLink, ownDocument, setLinkAccess, setRole } from './fixtures/sharing.ts';
import { needs } from './fixtures/lacks.ts';
import { test } from './fixtures/test.ts';
import type { JoinOptions } from '../sdk/testing.ts';

const REFUSED = /status of (403|404)/;

for (const [screen, viewport, colorScheme] of SCREENS) {
  const options: JoinOptions = { viewport, colorScheme, reducedMotion: 'reduce' };

  test(`axe finds nothing on sharing, ${colorScheme} on ${screen}`, async ({ visit }) => {
    const [ada, joon] = [await visit('Ada', options), await visit('Joon')];
    const url = await ownDocument(ada, { title: 'Plans', content: 'Sea.' });
    await makeLink(ada, url, { role: 'viewer', name: 'Class 7b', password: 'seaside', expiresAt: Date.now() + 1e8 });
    await setRole(ada, url, joon, 'editor');
    await ada.open(url);
    await joon.open(url);
    ada.log.allow(/status of 409/);
    await ada.page.getByTestId('share-button').click();
    const share = ada.page.getByTestId('share');
    await share.getByTestId('anyone').waitFor();
    await expectAccessible(ada, 'the dialog');
    await share.getByTestId('add-by-id').getByText('More').click();
    await share.getByRole('combobox', { name: 'Add people by name' }).fill('Nobody of that name');
    await expect(share.getByTestId('add-person').getByRole('status')).toContainText('Nobody called');
    await share.getByLabel('Role of Joon').selectOption('Remove…');
    await expectAccessible(ada, 'a question');
    await ada.page.keyboard.press('Escape');
    await share.getByTestId('leave').click();
    await share.getByTestId('leave-confirm').click();
    await share.getByRole('alert').waitFor();
    await expectAccessible(ada, 'a refusal');
    await share.getByRole('tab', { name: /^Links/ }).click();
    await share.getByRole('button', { name: /^QR code/ }).click();
    await share.getByTestId('new-link').click();
    await share.getByRole('form', { name: 'New invite link' }).getByLabel('Ends').selectOption('chosen');
    await expectAccessible(ada, 'a QR code and a new link');
    const overhang = () => share.evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth);
    expect(await overhang()).toBeLessThanOrEqual(0);
    await expectConverged([ada, joon], url, { text: 'Sea.' });
  });

  test(`axe finds nothing where somebody may not write, ${colorScheme} on ${screen}`, async ({ visit }) => {
    const [ada, joon] = [await visit('Ada'), await visit('Joon', options)];
    const url = await ownDocument(ada, { title: 'Plans', content: 'Sea.' });
    const link = await makeLink(ada, url, { role: 'viewer', password: 'seaside' });
    await joon.open(url);
    joon.log.allow(REFUSED);
    await setLinkAccess(ada, url, 'view');
    await joon.page.getByTestId('read-only').waitFor();
    await expectAccessible(joon, 'a reader');
    await joon.page.getByTestId('share-button').click();
    await joon.page.getByTestId('leave').waitFor();
    await expectAccessible(joon, 'the dialog of somebody who is no owner');
    await joon.page.keyboard.press('Escape');
    await setLinkAccess(ada, url, 'none');
    const refused = joon.page.getByTestId('refused');
    await refused.getByRole('button', { name: 'Details', exact: true }).click();
    await refused.getByText('Details for support').click();
    await expectAccessible(joon, 'access that ended');
    await joon.page.goto(addressOf(url, link));
    await joon.page.getByLabel('Password').fill('mountains');
    await joon.page.keyboard.press('Enter');
    await joon.page.getByText('That is not the password').waitFor();
    await expectAccessible(joon, 'a password');
    await joon.page.goto('about:blank');
    await joon.page.goto(addressOf(url, { secret: 'A'.repeat(43) }));
    await joon.page.getByTestId('link-ended').waitFor();
    await expectAccessible(joon, 'a link that ended');
  });
}

test('on a phone everything in the share dialog is large enough to be pressed', needs('touch'), async ({ visit }) => {
  const phone = { viewport: { width: 360, height: 740 }, context: { hasTouch: true, isMobile: true } };
  const ada = await visit('Ada', phone);
  const url = await ownDocument(ada, { title: 'Plans' });
  await makeLink(ada, url, { role: 'viewer', name: 'Class 7b' });
  await ada.open(url);
  await ada.page.getByTestId('share-button').tap();
  const share = ada.page.getByTestId('share');
  await share.getByTestId('anyone').waitFor();
  await expectLarge(share, 6);
  await share.getByRole('tab', { name: /^Links/ }).tap();
  await share.getByRole('button', { name: /^QR code/ }).tap();
  await share.getByTestId('new-link').tap();
  await expectLarge(share, 10);
});

/** Everything that can be pressed is large enough for a finger, and on the screen. */
async function expectLarge(share: Locator, atLeast: number): Promise<void> {
  const boxes = await share
    .locator('button:visible, select:visible, input:not([type=radio]):visible, label:has([type=radio])')
    .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON() as DOMRect));
  expect(boxes.length).toBeGreaterThan(atLeast);
  for (const box of boxes) {
    expect(box.height).toBeGreaterThanOrEqual(44);
    expect(box.left).toBeGreaterThanOrEqual(0);
    expect(box.right).toBeLessThanOrEqual(360);
  }
}
