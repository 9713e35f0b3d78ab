import { expect, type Page, type Request } from '@playwright/test';
import { addressOf, makeLink, openLinks, ownDocument } from './fixtures/sharing.ts';
import { test } from './fixtures/test.ts';

/** Keeps requests back; `asked` resolves when the first one comes, `release` lets all of them go. */
async function holdRequests(
  page: Page,
  pattern: RegExp,
): Promise<{ readonly asked: Promise<Request>; readonly release: () => void }> {
  let release!: () => void;
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route(pattern, async (route) => {
    await released;
    await route.continue();
  });
  return { asked: page.waitForRequest(pattern), release };
}

test('a link that is made while somebody types in another field leaves them the field (FP5)', async ({ visit }) => {
  const mina = await visit('Mina');
  await mina.open(await ownDocument(mina, { title: 'Plans' }));
  const share = await openLinks(mina);
  await share.getByTestId('new-link').click();
  const { asked, release } = await holdRequests(mina.page, /\/links$/);
  await share.getByTestId('make-link').click();
  await asked;
  await share.getByRole('tab', { name: 'People' }).click();
  const field = share.getByRole('combobox', { name: 'Add people by name' });
  await field.focus();
  await mina.page.keyboard.type('jo');
  release();
  await expect(mina.page.getByTestId('announcer')).toHaveText(/^The link is ready/);
  await expect(share.getByRole('tab', { name: 'Links 1' })).toBeVisible();
  await mina.page.evaluate(() => new Promise(requestAnimationFrame));
  await mina.page.keyboard.type('on');
  await expect(field).toHaveValue('joon');
});

test('the search that comes while somebody types elsewhere does not take their keys (FP5)', async ({ join }) => {
  const mina = await join('Mina');
  const { asked, release } = await holdRequests(mina.page, /assets\/search-/);
  await mina.press('Control+f');
  const file = (await asked).url();
  const title = mina.page.getByTestId('title');
  await title.fill('Min');
  release();
  // Resolves after all who have waited for the file before.
  await mina.page.evaluate((address) => import(address) as Promise<unknown>, file);
  await mina.page.keyboard.type('utes');
  await expect(title).toHaveValue('Minutes');
  await mina.press('Control+f');
  await expect(mina.page.getByTestId('find')).toBeVisible();
});

test('a password that is corrected while the wrong one is judged stays as it is typed (FP5)', async ({ visit }) => {
  const mina = await visit('Mina');
  const url = await ownDocument(mina, { linkAccess: 'none' });
  const link = await makeLink(mina, url, { role: 'viewer', password: 'lighthouse' });
  const joon = await visit('Joon');
  joon.log.allow(/status of 403/);
  await joon.page.goto(addressOf(url, link));
  const field = joon.page.getByTestId('link-password-field');
  await field.fill('light');
  const { asked, release } = await holdRequests(joon.page, /\/links\/redeem$/);
  await field.press('Enter');
  await asked;
  await joon.page.keyboard.type('hou');
  release();
  await expect(joon.page.getByRole('alert')).not.toBeEmpty();
  await joon.page.keyboard.type('se');
  await expect(field).toHaveValue('lighthouse');
  await field.press('Enter');
  await joon.page.locator('[data-collab-state="live"]').waitFor();
});
