import { expect, type Request } from '@playwright/test';
import { encode } from 'uqr';
import { expectConverged } from './fixtures/converged.ts';
import type { Person } from '../sdk/testing.ts';
import { addressOf, makeLink, openLinks, ownDocument } from './fixtures/sharing.ts';
import { test } from './fixtures/test.ts';

const CLIPBOARD = { permissions: ['clipboard-read', 'clipboard-write'] };
const REFUSED = /status of (403|404|429)/;

/** Everything that a person's pages asked for from now on. */
function requestsOf(person: Person): Request[] {
  const requests: Request[] = [];
  person.context.on('request', (request) => requests.push(request));
  return requests;
}

test('a link that is made and copied in the dialog lets a stranger in, and its secret leaves the address bar at once', async ({
  visit,
}) => {
  const ada = await visit('Ada', { context: CLIPBOARD });
  const url = await ownDocument(ada, { title: 'Plans', content: 'Sea.', linkAccess: 'none' });
  await ada.open(url);
  const share = await openLinks(ada);
  await share.getByTestId('new-link').click();
  const form = share.getByRole('form', { name: 'New invite link' });
  await expect(form.getByLabel('Anyone with this link')).toBeFocused();
  await form.getByLabel('Anyone with this link').selectOption('editor');
  await form.getByLabel('Ends').selectOption('week');
  await form.getByLabel(/^Name/).fill('Class 7b');
  await ada.page.keyboard.press('Enter');
  const row = share.locator('[data-testid="share-link"][data-name="Class 7b"]');
  await expect(row).toContainText('Can read and write · ends ');
  await expect(row).toContainText('not used yet');
  const copy = row.getByRole('button', { name: 'Copy Class 7b' });
  await expect(copy).toBeFocused();
  await copy.press('Enter');
  await expect(row.getByRole('button', { name: /^Copied/ })).toBeVisible();
  const address = await ada.page.evaluate(() => navigator.clipboard.readText());
  const [, secret] = /#link=([A-Za-z0-9_-]{22,})$/.exec(address)!;
  expect(address).toBe(`${url}#link=${secret}`);

  const joon = await visit('Joon');
  const requests = requestsOf(joon);
  await joon.page.goto(address.replace('#', '?debug#'));
  await joon.page.locator('[data-collab-state="live"]').waitFor();
  expect(joon.page.url()).toBe(`${url}?debug`);
  await joon.type('By link. ');
  await expectConverged([joon, ada], url, { text: 'By link. Sea.' });
  for (const request of requests) {
    const told = `${request.url()} ${JSON.stringify(request.headers())}`;
    expect(told, request.url()).not.toContain(secret);
  }
  // Only the one request that shows it to the server has it, in its body.
  const shown = requests.filter((request) => request.postData()?.includes(secret!));
  expect(shown.map((request) => new URL(request.url()).pathname)).toEqual([expect.stringMatching(/\/links\/redeem$/)]);
  await joon.page.reload();
  await expect(joon.editor).toHaveText('By link. Sea.');
  await ada.page.keyboard.press('Escape');
  await openLinks(ada);
  await expect(row).toContainText('used by 1 person, last: ');
});

test('a link that gives no more than the bare address does says so, and leads to where that is changed', async ({
  visit,
}) => {
  const ada = await visit('Ada');
  await ada.open(await ownDocument(ada, { content: 'Sea.', linkAccess: 'view' }));
  const share = await openLinks(ada);
  await share.getByTestId('new-link').click();
  const form = share.getByTestId('link-form');
  const hint = form.getByRole('status');
  await expect(hint).toHaveText('Anyone with the link can already read.');
  await form.getByLabel('Anyone with this link').selectOption('editor');
  await expect(hint).toBeEmpty();
  await expect(form.getByRole('button', { name: 'Change' })).toHaveCount(0);
  await form.getByLabel(/^Password/).fill('seaside');
  await expect(hint).toHaveText('Anyone with the link can already read.');
  const change = form.getByRole('button', { name: 'Change' });
  await expect(change).toHaveAccessibleDescription('Anyone with the link can already read.');
  await change.press('Enter');
  const anyone = share.getByLabel('Anyone with the link', { exact: true });
  await expect(anyone).toBeFocused();
  await anyone.selectOption('none');
  await expect(share.getByTestId('anyone')).toContainText('Only the people above');
  await share.getByRole('tab', { name: /^Links/ }).click();
  await share.getByTestId('new-link').click();
  await form.getByLabel(/^Password/).fill('seaside');
  await expect(hint).toBeEmpty();
});

test('whoever came by a link is out at once when it is revoked, and keeps their text', async ({ visit }) => {
  const [ada, joon] = [await visit('Ada'), await visit('Joon')];
  const url = await ownDocument(ada, { content: 'Sea.', linkAccess: 'none' });
  const address = addressOf(url, await makeLink(ada, url, { role: 'editor', name: 'Guests' }));
  await ada.open(url);
  joon.log.allow(REFUSED);
  await joon.page.goto(address.replace('#', '?debug#'));
  await joon.page.locator('[data-collab-state="live"]').waitFor();
  joon.network.hold();
  await joon.type('Mine. ');
  await openLinks(ada);
  const row = ada.page.getByTestId('share-link');
  await row.getByRole('button', { name: 'Revoke Guests' }).click();
  await expect(row.getByTestId('confirm')).toContainText('Everyone who came by it loses that access at once.');
  await row.getByTestId('revoke-confirm').click();
  await expect(row).toBeHidden();
  joon.network.release();
  const notice = joon.page.getByTestId('refused');
  await expect(notice).toContainText('Access ended');
  await expect(notice.getByTestId('unsaved-left')).toHaveText('6 changes of yours are not saved.');
  expect(await joon.text()).toBe('Mine. Sea.');
  await joon.page.goto('about:blank');
  await joon.page.goto(address);
  await expect(joon.page.getByTestId('link-ended')).toContainText('It was revoked, it has expired');
  expect(joon.page.url()).toBe(url);
});

test('a link with a password asks for it, says that another one is wrong, and opens with the right one', async ({
  visit,
}) => {
  const [ada, joon] = [await visit('Ada'), await visit('Joon')];
  const url = await ownDocument(ada, { content: 'Sea.', linkAccess: 'none' });
  const address = addressOf(url, await makeLink(ada, url, { role: 'viewer', password: 'seaside' }));
  joon.log.allow(REFUSED);
  await joon.page.goto(address);
  const field = joon.page.getByLabel('Password');
  await expect(field).toBeFocused();
  expect(joon.page.url()).toBe(url);
  await joon.page.keyboard.type('mountains');
  await joon.page.keyboard.press('Enter');
  await expect(joon.page.getByRole('alert')).toHaveText('That is not the password.');
  await expect(field).toBeFocused();
  await joon.page.keyboard.type('seaside');
  await joon.page.keyboard.press('Enter');
  await expect(joon.editor).toHaveText('Sea.');
  await expect(joon.page.getByTestId('read-only')).toBeVisible();
});

test.describe('too many wrong passwords', () => {
  // They are counted by address, and all tests come from one.
  test.use({ ownServer: true, settings: { WEFT_PASSWORD_FAILURES: '1' } });

  test('the page says when to try again, and lets one try then', async ({ visit }) => {
    const [ada, joon] = [await visit('Ada'), await visit('Joon')];
    const url = await ownDocument(ada, { linkAccess: 'none' });
    const link = await makeLink(ada, url, { role: 'viewer', password: 'seaside' });
    joon.log.allow(REFUSED);
    await joon.page.clock.install();
    await joon.page.goto(addressOf(url, link));
    const field = joon.page.getByLabel('Password');
    await field.fill('mountains');
    await field.press('Enter');
    await expect(joon.page.getByRole('alert')).toHaveText(/That is not the password\./);
    await field.fill('seaside');
    await field.press('Enter');
    await expect(joon.page.getByRole('alert')).toHaveText(/Too many attempts\. Try again in \d+ seconds\./);
    const open = joon.page.getByRole('button', { name: 'Open the document' });
    await expect(open).toBeDisabled();
    await joon.page.clock.fastForward(60_000);
    await expect(open).toBeEnabled();
    await expect(field).toBeFocused();
  });
});

test('an expired, an unknown and a mutilated link are called what they are, and show nothing of the document', async ({
  visit,
}) => {
  const [ada, joon] = [await visit('Ada'), await visit('Joon')];
  const url = await ownDocument(ada, { title: 'Secret plans', content: 'Sea.', linkAccess: 'none' });
  const expiresAt = Date.now() + 1000;
  const link = await makeLink(ada, url, { role: 'viewer', expiresAt });
  joon.log.allow(/status of (400|404)/);
  await expect.poll(() => Date.now()).toBeGreaterThan(expiresAt);
  for (const secret of [link.secret, 'A'.repeat(43), 'cut']) {
    await joon.page.goto('about:blank');
    await joon.page.goto(addressOf(url, { secret }));
    await expect(joon.page.getByTestId('link-ended')).toContainText('Ask whoever sent it for a new one.');
    await expect(joon.page).toHaveTitle('This link does not work – Weft');
  }
  await ada.open(url);
  await openLinks(ada);
  const row = ada.page.getByTestId('share-link');
  await expect(row).toContainText(/Can read · ended /);
  await expect(row.getByRole('button', { name: /^Copy/ })).toBeHidden();
});

test('a link that ends while somebody is here ends their stay', async ({ visit }) => {
  const [ada, joon] = [await visit('Ada'), await visit('Joon')];
  const url = await ownDocument(ada, { content: 'Sea.', linkAccess: 'none' });
  const link = await makeLink(ada, url, { role: 'editor', expiresAt: Date.now() + 4000 });
  joon.log.allow(REFUSED);
  await joon.page.goto(addressOf(url, link));
  await expect(joon.editor).toHaveText('Sea.');
  await expect(joon.page.getByTestId('refused')).toContainText('Access ended');
});

test('who has access anyway is let in by a link that gives nothing any more', async ({ visit }) => {
  const [ada, joon] = [await visit('Ada'), await visit('Joon')];
  const url = await ownDocument(ada, { content: 'Sea.', linkAccess: 'view' });
  joon.log.allow(REFUSED);
  await joon.page.goto(addressOf(url, { secret: 'A'.repeat(43) }));
  await expect(joon.editor).toHaveText('Sea.');
  await expect(joon.page.getByTestId('toasts')).toContainText('That link no longer works');
});

test('the QR code holds the address, has a text alternative, and is saved as a file', async ({ visit }) => {
  const ada = await visit('Ada');
  const url = await ownDocument(ada, { title: 'Plans', linkAccess: 'none' });
  const address = addressOf(url, await makeLink(ada, url, { role: 'viewer', name: 'Poster' }));
  await ada.open(url);
  await openLinks(ada);
  const button = ada.page.getByRole('button', { name: 'QR code for Poster' });
  await button.click();
  await expect(button).toHaveAttribute('aria-expanded', 'true');
  const sheet = ada.page.getByTestId('qr');
  const drawing = sheet.getByRole('img', { name: `QR code for the link Poster: ${address}` });
  await expect(drawing).toBeVisible();
  await expect(sheet.getByLabel('Link as text')).toHaveValue(address);
  const drawn = modulesOf((await drawing.locator('path').getAttribute('d'))!, (await drawing.getAttribute('viewBox'))!);
  expect(drawn).toEqual(encode(address, { ecc: 'M', border: 4 }).data);

  const saving = ada.page.waitForEvent('download');
  await sheet.getByRole('button', { name: 'Download SVG' }).click();
  expect((await saving).suggestedFilename()).toBe('Plans Poster.svg');
  await ada.page.emulateMedia({ media: 'print' });
  await expect(sheet.getByText(address, { exact: true })).toBeVisible();
  await expect(ada.editor).toBeHidden();
});

/** The dark modules of a path of runs. */
function modulesOf(path: string, viewBox: string): boolean[][] {
  const size = Number(viewBox.split(' ').at(-1));
  const modules = Array.from({ length: size }, () => Array.from({ length: size }, () => false));
  for (const [, x, y, run] of path.matchAll(/M(\d+) (\d+)h(\d+)/g)) {
    modules[Number(y)]!.fill(true, Number(x), Number(x) + Number(run));
  }
  return modules;
}
