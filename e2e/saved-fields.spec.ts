import { expect, type Page, type Route } from '@playwright/test';
import { type Person, withDebug } from '../sdk/testing.ts';
import { ownDocument } from './fixtures/sharing.ts';
import { test } from './fixtures/test.ts';
import { choose } from './fixtures/home.ts';

/** Holds every request of a page that changes the record of a document, until it is let go. */
async function holdSaves(page: Page): Promise<{ count: () => number; release: () => void }> {
  let release = (): void => undefined;
  let count = 0;
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/api/documents/*', async (route) => {
    if (route.request().method() !== 'PATCH') return route.continue();
    count += 1;
    await released;
    return route.continue();
  });
  return { count: () => count, release };
}

const refuse = (route: Route): Promise<void> =>
  route.request().method() === 'PATCH' ? route.abort() : route.continue();

async function titleOf(person: Person, url: string): Promise<string> {
  const answer = await person.context.request.get(url.replace('/d/', '/api/documents/'));
  return ((await answer.json()) as { title: string }).title;
}

test('saving the title is slow: what is typed meanwhile stays, and is saved', async ({ visit }) => {
  const mina = await visit('Mina');
  const url = await ownDocument(mina, { title: 'Plans' });
  await mina.open(url);
  const saves = await holdSaves(mina.page);
  const title = mina.page.getByTestId('title');
  await title.fill('Minutes');
  await title.press('Enter');
  await expect.poll(saves.count).toBe(1);
  await expect(title).toHaveValue('Minutes');
  await title.press('End');
  await title.pressSequentially(' of');
  const answered = mina.page.waitForResponse((response) => response.request().method() === 'PATCH');
  saves.release();
  await answered;
  await title.pressSequentially(' May');
  await expect(title).toHaveValue('Minutes of May');
  await title.press('Enter');
  await expect.poll(() => titleOf(mina, url)).toBe('Minutes of May');
  await expect(mina.page).toHaveTitle('Minutes of May – Weft');
  await expect(title).toHaveValue('Minutes of May');
});

test('saving the title fails: it stays, the page says so, and it is saved once it can be', async ({ visit }) => {
  const mina = await visit('Mina');
  mina.log.allow(/ERR_FAILED/);
  const url = await ownDocument(mina, { title: 'Plans' });
  await mina.open(url);
  await mina.page.route('**/api/documents/*', refuse);
  const title = mina.page.getByTestId('title');
  await title.fill('Minutes');
  await title.press('Enter');
  await expect(mina.page.getByTestId('toasts')).toContainText('The title is not saved yet. It is kept here');
  await expect(title).toHaveValue('Minutes');
  // Also across a reload.
  await mina.page.reload();
  await expect(title).toHaveValue('Minutes');
  await mina.page.unroute('**/api/documents/*');
  await mina.wake();
  await expect.poll(() => titleOf(mina, url)).toBe('Minutes');
  await expect(title).toHaveValue('Minutes');
});

test('leaving the page with a title half typed saves it; somebody else’s title shows where one does not type', async ({
  visit,
}) => {
  const [mina, joon] = [await visit('Mina'), await visit('Joon')];
  const url = await ownDocument(mina, { title: 'Plans' });
  await Promise.all([mina.open(url), joon.open(url)]);
  await mina.page.getByTestId('title').fill('Minutes');
  await mina.page.reload();
  await expect.poll(() => titleOf(mina, url)).toBe('Minutes');
  await expect(joon.page.getByTestId('title')).toHaveValue('Minutes');
  await expect(mina.page.getByTestId('title')).toHaveValue('Minutes');
  await mina.page.getByTestId('title').fill('Half');
  await joon.page.getByTestId('title').fill('Other');
  await joon.page.getByTestId('title').press('Enter');
  await expect(mina.page).toHaveTitle('Other – Weft');
  await expect(mina.page.getByTestId('title')).toHaveValue('Half');
  await mina.page.getByRole('link', { name: 'All documents' }).click();
  await expect(mina.page.getByTestId('document-row').locator('.title')).toHaveText('Half');
  await expect(joon.page.getByTestId('title')).toHaveValue('Half');
});

test('a text that opens late does not take the focus from the title', async ({ visit }) => {
  const mina = await visit('Mina');
  const url = await ownDocument(mina, { title: 'Plans' });
  const title = mina.page.getByTestId('title');
  mina.network.holdAnswers();
  await mina.goto(withDebug(url));
  await expect(title).toHaveValue('Plans');
  await title.fill('Half');
  mina.network.release();
  await mina.whenReady();
  await expect(mina.editor).toBeVisible();
  await mina.keyboard.type(' way');
  await expect(title).toHaveValue('Half way');
  expect(await mina.text()).toBe('');
});

test('in the list too, a new title shows at once, survives a failure, and is saved', async ({ visit }) => {
  const mina = await visit('Mina');
  mina.log.allow(/ERR_FAILED/);
  const url = await ownDocument(mina, { title: 'Plans' });
  await mina.page.goto('/');
  await mina.page.route('**/api/documents/*', refuse);
  const row = mina.page.getByTestId('document-row');
  await choose(row, 'rename');
  await row.getByLabel('New title').fill('Minutes');
  await row.getByLabel('New title').press('Enter');
  await expect(mina.page.getByTestId('toasts')).toContainText('The title is not saved yet.');
  await expect(row.locator('.title')).toHaveText('Minutes');
  await mina.page.unroute('**/api/documents/*');
  await mina.wake();
  await expect.poll(() => titleOf(mina, url)).toBe('Minutes');
  await expect(row.locator('.title')).toHaveText('Minutes');
});

test('a name that is changed again while it is saved is not taken for saved', async ({ visit, openDocument }) => {
  const mina = await visit('Mina');
  await mina.open(await openDocument());
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  await mina.page.route('**/api/session', async (route) => {
    await released;
    await route.continue();
  });
  await mina.page.getByTestId('own-avatar').click();
  const name = mina.page.getByTestId('profile-name');
  await name.fill('Mina K');
  await name.blur();
  await name.fill('Mina Kim');
  release();
  await expect(mina.page.getByTestId('announcer')).toHaveText('You are now Mina K.');
  await expect(name).toHaveValue('Mina Kim');
  await mina.page.keyboard.press('Enter');
  await expect(name).toBeHidden();
  await expect(mina.page.getByTestId('own-avatar')).toHaveAccessibleName(/You are Mina Kim/);
});
