import { expect } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import { NETWORK_ERRORS, readStored } from '../sdk/testing.ts';
import { findPerson, ownDocument, removeMember, setLinkAccess, setRole } from './fixtures/sharing.ts';
import { test } from './fixtures/test.ts';

test.use({ ownWindows: true });

test('somebody who is added as a viewer reads along, and the page says why they cannot write', async ({ visit }) => {
  const [ada, joon] = [await visit('Ada'), await visit('Joon')];
  const url = await ownDocument(ada, { title: 'Plans', content: 'Sea.', linkAccess: 'edit' });
  await ada.open(url);
  await joon.open(url);
  await ada.page.getByTestId('share-button').click();
  const share = ada.page.getByRole('dialog', { name: 'Share Plans' });
  const anyone = share.getByLabel('Anyone with the link');
  await anyone.focus();
  await anyone.selectOption('view');
  await expect(joon.page.getByTestId('read-only')).toContainText('Your role has changed: you are now a viewer');
  // What is chosen holds once the server has it; the keyboard stays where it was.
  await expect(anyone).toHaveAttribute('aria-busy', 'false');
  await expect(anyone).toBeFocused();

  // By name they stay, when the link gives nothing any more.
  const role = share.getByLabel('Role of Joon');
  await role.focus();
  await role.selectOption('viewer');
  await expect(share.locator('[data-name="Joon"][data-role="viewer"]')).toBeVisible();
  await expect(role).toBeFocused();
  await anyone.selectOption('none');
  await expect(ada.page.getByTestId('announcer')).toHaveText('Anyone with the link: Cannot open it.');
  await ada.page.keyboard.press('Escape');
  await ada.type('More. ');
  await expectConverged([ada, joon], url, { text: 'More. Sea.' });
  expect(await joon.editor.getAttribute('contenteditable')).toBe('false');

  await joon.page.reload();
  const note = joon.page.getByTestId('read-only');
  await expect(note).toContainText('You are a viewer');
  await expect(note).toContainText('Ask Ada to let you write');
  await expect(joon.statusLine).toHaveText('Read-only');
  await expect(joon.page.getByTestId('own-avatar')).toHaveAccessibleName(/^You are Joon, Viewer\./);
  await expect(joon.page.getByRole('button', { name: 'Ada, Owner' })).toBeVisible();
  await note.getByTestId('own-copy').click();
  await expect(joon.page).toHaveTitle('Plans (my copy) – Weft');
  await expect(joon.editor).toHaveText('More. Sea.');
});

test('a role that rises lets one write at once, and one that falls again is told again', async ({ visit }) => {
  const [ada, joon] = [await visit('Ada'), await visit('Joon')];
  const url = await ownDocument(ada, { linkAccess: 'view' });
  await ada.open(url);
  await joon.page.goto(`${url}?debug`);
  await expect(joon.page.getByTestId('read-only')).toContainText(
    'Anyone with the link can read this document, but not change it.',
  );
  await joon.page.getByTestId('read-only').getByRole('button', { name: 'Dismiss' }).click();
  await expect(joon.page.getByTestId('read-only')).toBeHidden();
  await setRole(ada, url, joon, 'editor');
  await expect(joon.editor).toHaveAttribute('contenteditable', 'true');
  await joon.type('Thanks.');
  await expectConverged([ada, joon], url, { text: 'Thanks.' });
  await setRole(ada, url, joon, 'viewer');
  await expect(joon.page.getByTestId('read-only')).toContainText('Your role has changed: you are now a viewer');
});

test('a role that is cut while somebody types: read-only at once, and what was not saved becomes a new document (G6)', async ({
  visit,
}) => {
  const [ada, joon] = [await visit('Ada'), await visit('Joon')];
  const url = await ownDocument(ada, { title: 'Plans', content: 'Sea.' });
  await ada.open(url);
  await joon.open(url);
  joon.network.hold();
  await joon.type('Unsent. ');
  await setLinkAccess(ada, url, 'view');
  joon.network.release();

  const notice = joon.page.getByTestId('refused');
  await expect(notice).toContainText('You can no longer write here.');
  await expect(notice.getByTestId('unsaved-left')).toHaveText('8 changes of yours are not saved.');
  await expect(joon.editor).toHaveAttribute('contenteditable', 'false');
  expect(await joon.text()).toBe('Unsent. Sea.');
  await ada.press('Control+End');
  await ada.type(' Sand.');
  await expect.poll(() => joon.text()).toBe('Unsent. Sea. Sand.');

  await notice.getByTestId('rescue-save').click();
  await expect(joon.page.getByTestId('announcer')).toHaveText('Your text was saved as a new document.');
  const copy = new URL((await notice.getByTestId('rescue-open').getAttribute('href'))!, url).href;
  expect((await readStored(joon, copy)).text).toBe('Unsent. Sea. Sand.');
  await notice.getByTestId('read-on').click();
  await expect(notice).toBeHidden();
  await expect(joon.page.getByTestId('read-only')).toBeVisible();
  await expectConverged([ada, joon], url, { text: 'Sea. Sand.' });
  // Nothing of it is sent at the next visit.
  await expect.poll(() => joon.kept()).toBe(0);
});

test('access that ends keeps the text in the tab, unsaved words too, for a new document (G6)', async ({ visit }) => {
  const [ada, joon] = [await visit('Ada'), await visit('Joon')];
  const url = await ownDocument(ada, { title: 'Plans', content: 'Sea.', linkAccess: 'none' });
  await setRole(ada, url, joon, 'editor');
  await ada.open(url);
  await joon.open(url);
  joon.log.allow(/status of 404/);
  joon.network.hold();
  await joon.type('Unsent. ');
  await removeMember(ada, url, joon);
  joon.network.release();
  const notice = joon.page.getByTestId('refused');
  await expect(notice).toContainText('Access ended. This document is no longer shared with you.');
  await expect(joon.editor).toHaveAttribute('contenteditable', 'false');
  await expect.poll(async () => (await readStored(ada, url)).text).toBe('Sea.');

  await notice.getByTestId('rescue-save').click();
  await notice.getByTestId('rescue-open').click();
  await expect(joon.editor).toHaveText('Unsent. Sea.');
  await expect(joon.page).toHaveTitle('Plans (my copy) – Weft');
  await joon.type('Mine: ');
  await expect(joon.page.locator('[data-collab-state="saved"]')).toBeVisible();
  expect((await readStored(joon, joon.page.url())).text).toBe('Mine: Unsent. Sea.');
});

test('the last owner cannot go; who hands the document over can, and the dialog follows', async ({ visit }) => {
  const [ada, joon] = [await visit('Ada'), await visit('Joon')];
  const url = await ownDocument(ada, { title: 'Plans', linkAccess: 'none' });
  await setRole(ada, url, joon, 'editor');
  await joon.open(url);
  await ada.open(url);
  // Her socket is closed by the server and by the page at once.
  ada.log.allow(/status of 409/, NETWORK_ERRORS);
  await ada.page.getByTestId('share-button').click();
  const share = ada.page.getByTestId('share');
  await share.getByTestId('leave').click();
  await share.getByTestId('leave-confirm').click();
  const needed = 'A document needs an owner. Make somebody else the owner first.';
  await expect(share.getByRole('alert')).toHaveText(needed);
  await share.getByLabel('Role of Ada').selectOption('editor');
  await share.getByRole('button', { name: 'Give up ownership' }).click();
  await expect(share.locator('[data-name="Ada"]').getByRole('alert')).toHaveText(needed);
  await expect(share.getByLabel('Role of Ada')).toHaveValue('owner');

  await share.getByLabel('Role of Joon').selectOption('owner');
  await share.getByRole('button', { name: 'In my place, I become an editor' }).click();
  await expect(share.getByRole('heading', { level: 3 }).first()).toHaveText('Editor: can read and write');
  await expect(joon.page.getByTestId('own-avatar')).toHaveAccessibleName(/^You are Joon, Owner\./);

  await share.getByTestId('leave').click();
  await share.getByTestId('leave-confirm').click();
  await expect(ada.page.getByTestId('home')).toBeVisible();
  await expect(ada.page.getByTestId('toasts')).toContainText('You left “Plans”.');
  ada.log.allow(/status of 404/);
  await ada.page.goto(url);
  await expect(ada.page.getByTestId('missing')).toBeVisible();
});

test('an owner removes somebody after being asked; without the address they are out at once', async ({ visit }) => {
  const [ada, joon] = [await visit('Ada'), await visit('Joon')];
  const url = await ownDocument(ada, { linkAccess: 'none' });
  await setRole(ada, url, joon, 'editor');
  await joon.open(url);
  await ada.open(url);
  joon.log.allow(/status of 404/);
  await ada.page.getByTestId('share-button').click();
  const share = ada.page.getByTestId('share');
  const role = share.getByLabel('Role of Joon');
  await role.focus();
  await role.selectOption('Remove…');
  await expect(share.getByTestId('confirm')).toContainText('Remove Joon?');
  await ada.page.keyboard.press('Escape');
  await expect(role).toBeFocused();
  await expect(role).toHaveValue('editor');
  await role.selectOption('Remove…');
  await share.getByTestId('confirm').getByRole('button', { name: 'Remove' }).click();
  await expect(joon.page.getByTestId('refused')).toContainText('Access ended');
  await expect(share.locator('[data-name="Joon"]')).toBeHidden();
});

test('somebody who is no owner sees who is who, and is told where there is nothing to leave', async ({ visit }) => {
  const [ada, joon] = [await visit('Ada'), await visit('Joon')];
  const url = await ownDocument(ada, { linkAccess: 'edit' });
  await ada.open(url);
  await joon.open(url);
  joon.log.allow(/status of 404/);
  await joon.page.getByTestId('share-button').click();
  const share = joon.page.getByTestId('share');
  await expect(share.locator('[data-name="Ada"]')).toContainText('Owner');
  await expect(share.getByTestId('owned-by')).toContainText('The document belongs to Ada.');
  await share.getByTestId('leave').click();
  await share.getByTestId('leave-confirm').click();
  await expect(share.getByRole('alert')).toContainText('There is nothing to leave');
});

test('somebody who was here is added by name, with the keyboard, and can write from then on', async ({ visit }) => {
  const [ada, mina] = [await visit('Ada'), await visit('Mina 민아')];
  const url = await ownDocument(ada, { title: 'Plans', linkAccess: 'edit' });
  await mina.open(url);
  await mina.leave();
  await ada.open(url);
  await ada.page.getByTestId('share-button').click();
  const share = ada.page.getByTestId('share');
  const field = share.getByRole('combobox', { name: 'Add people by name' });
  await findPerson(share, '민');
  const found = share.getByTestId('found-person');
  await expect(found).toHaveCount(1);
  await ada.page.keyboard.press('Escape');
  await expect(found).toHaveCount(0);
  await expect(share).toBeVisible();
  await ada.page.keyboard.press('ArrowDown');
  await ada.page.keyboard.press('Enter');
  await expect(share.locator('[data-testid="share-person"][data-name="Mina 민아"][data-role="editor"]')).toBeVisible();
  await expect(ada.page.getByTestId('announcer')).toHaveText('Mina 민아 is added. Role: Editor.');
  await expect(field).toBeFocused();
  await expect(field).toHaveValue('');
  await field.fill('Nobody');
  await expect(share.getByTestId('add-person').getByRole('status')).toContainText(
    'Nobody called “Nobody” has been here',
  );
});

test('with four people all of Share is in sight; with more the last line is reached by scrolling, above what stays', async ({
  visit,
}) => {
  const ada = await visit('Ada', { viewport: { width: 1280, height: 800 } });
  const url = await ownDocument(ada, { title: 'Plans' });
  const add = async (id: string): Promise<void> => {
    const path = `${url.replace('/d/', '/api/documents/')}/members/${id}`;
    expect((await ada.context.request.put(path, { data: { role: 'editor' } })).ok()).toBe(true);
  };
  for (const id of ['p1', 'p2', 'p3']) await add(id);
  await ada.open(url);
  await ada.page.getByTestId('share-button').click();
  const share = ada.page.getByTestId('share');
  const people = share.getByTestId('share-person');
  const leave = share.getByTestId('leave');
  const copy = share.getByRole('button', { name: 'Copy link' });
  const isAboveFooter = async (): Promise<void> => {
    const [line, footer] = [(await leave.boundingBox())!, (await share.locator('footer').boundingBox())!];
    expect(line.y + line.height).toBeLessThanOrEqual(footer.y);
    await leave.click({ trial: true });
  };
  await expect(people).toHaveCount(4);
  await isAboveFooter();
  await expect(copy).toHaveClass(/primary/);
  await ada.page.keyboard.press('Escape');
  for (const id of ['p4', 'p5', 'p6', 'p7', 'p8']) await add(id);
  await ada.page.getByTestId('share-button').click();
  await expect(people).toHaveCount(9);
  await expect(leave).not.toBeInViewport();
  await leave.scrollIntoViewIfNeeded();
  await isAboveFooter();
  await expect(copy).toBeInViewport({ ratio: 1 });
});
