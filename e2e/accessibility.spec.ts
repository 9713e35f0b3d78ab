import { expect } from '@playwright/test';
import { expectAccessible, SCREENS } from './fixtures/accessible.ts';
import { expectConverged } from './fixtures/converged.ts';
import { namesOffScreen } from './fixtures/shown.ts';
import { chooseInMore, chooseOfPerson } from './fixtures/menus.ts';
import { choose } from './fixtures/home.ts';
import { test } from './fixtures/test.ts';
import type { JoinOptions } from '../sdk/testing.ts';

const NOT_FOUND = /status of 404|response code: 404/;

for (const [screen, viewport, colorScheme] of SCREENS) {
  const options: JoinOptions = { viewport, colorScheme, reducedMotion: 'reduce' };

  test(`axe finds nothing on home and on pages that are not there, ${colorScheme} on ${screen}`, async ({ visit }) => {
    const mina = await visit('Mina', options);
    mina.log.allow(NOT_FOUND);
    await mina.page.goto('/');
    await mina.page.getByTestId('empty').waitFor();
    await expectAccessible(mina, 'the first visit');
    for (const title of ['Plans', 'Notes']) await mina.context.request.post('/api/documents', { data: { title } });
    await mina.page.reload();
    const row = mina.page.getByTestId('document-row').first();
    await row.hover();
    await expectAccessible(mina, 'the list');
    await row.getByTestId('row-menu').click();
    await expectAccessible(mina, 'the menu of a document');
    await row.locator('[data-item="rename"]').click();
    await expectAccessible(mina, 'renaming');
    await mina.page.keyboard.press('Escape');
    await choose(row, 'bin');
    await mina.page.getByRole('button', { name: 'Undo' }).waitFor();
    await expectAccessible(mina, 'a document that was moved to the bin');
    await mina.page.getByTestId('search').fill('plan');
    await mina.page.locator('mark').waitFor();
    await expectAccessible(mina, 'what was found');
    await mina.page.getByTestId('search').fill('nowhere');
    await mina.page.getByTestId('nothing').waitFor();
    await expectAccessible(mina, 'nothing found');
    await mina.page.goto('/?show=bin');
    await expectAccessible(mina, 'the bin');
    await choose(mina.page.getByTestId('document-row'), 'delete');
    await mina.page.getByTestId('delete-now').waitFor();
    await expectAccessible(mina, 'the question before a document is gone for good');
    await mina.page.goto('/nowhere');
    await mina.page.getByTestId('missing').waitFor();
    await expectAccessible(mina, 'no such page');
    await mina.page.goto('/d/unknownunknown00');
    await mina.page.getByTestId('missing').waitFor();
    await expectAccessible(mina, 'no such document');
  });

  test(`axe finds nothing in a document, alone and with another, with everything that opens, ${colorScheme} on ${screen}`, async ({
    join,
    openDocument,
  }) => {
    const lines = Array.from({ length: 80 }, (_, index) => `${index + 1}. *item* \`code\` https://weft.example`);
    const content = `# Heading\n\n> quote\n\n- **bold**\n${lines.join('\n')}`;
    const url = await openDocument({ title: 'Plans', content });
    const mina = await join('Mina', options);
    await expectAccessible(mina, 'alone');
    const joon = await join('Joon');
    await joon.caretTo(0, 4);
    await joon.press('Shift+ArrowDown');
    await expect.poll(() => mina.caretNames()).toEqual(['Joon']);
    await expectAccessible(mina, 'with a selection of another');
    await joon.press('Control+End');
    await expect.poll(() => namesOffScreen(mina)).toEqual(['Joon']);
    await expectAccessible(mina, 'with a tick');
    await chooseOfPerson(mina, 'Joon', 'follow');
    await mina.page.getByTestId('following').waitFor();
    await expectAccessible(mina, 'following');
    await mina.page.keyboard.press('Escape');

    await mina.page.getByTestId('own-avatar').click();
    await mina.page.getByTestId('profile-name').waitFor();
    await expectAccessible(mina, 'name and colour');
    await mina.page.keyboard.press('Escape');
    await mina.page.getByTestId('status-button').click();
    await mina.page.getByRole('heading', { name: 'Saving and connection' }).waitFor();
    await expectAccessible(mina, 'how it is saved');
    await mina.page.keyboard.press('Escape');
    await mina.page.getByTestId('more').click();
    await expectAccessible(mina, 'the menu More');
    await mina.page.keyboard.press('Escape');
    await mina.page.getByTestId('avatar').click();
    await expectAccessible(mina, 'the menu of somebody');
    await mina.page.keyboard.press('Escape');
    await mina.press('Control+Alt+Shift+p');
    await mina.page.getByTestId('person').first().waitFor();
    await expectAccessible(mina, 'the people');
    await mina.press('Control+Alt+Shift+p');
    await chooseInMore(mina, 'find');
    await mina.page.getByTestId('find').getByPlaceholder('Find').pressSequentially('item');
    await mina.page.locator('.cm-searchMatch').first().waitFor();
    await expectAccessible(mina, 'search and replace');
    await mina.page.keyboard.press('Escape');

    await mina.network.cut();
    await expect(mina.statusLine).toContainText('Reconnecting');
    await expectAccessible(mina, 'without a network');
    await mina.network.heal();
    await mina.wake();
    await expectConverged([mina, joon], url, { text: content });
  });
}

test('with reduced motion nothing moves by itself: no transition and no animation runs', async ({
  join,
  openDocument,
}) => {
  const url = await openDocument('Some text.');
  const mina = await join('Mina', { reducedMotion: 'reduce' });
  const joon = await join('Joon');
  await mina.page.evaluate(() => {
    const page = window as unknown as { moved: string[] };
    page.moved = [];
    for (const type of ['transitionrun', 'animationstart'])
      document.addEventListener(
        type,
        ({ target }) => page.moved.push(`${type} ${(target as Element).className}`),
        true,
      );
  });
  await joon.caretTo(0, 2);
  await expect.poll(() => mina.caretNames()).toEqual(['Joon']);
  await joon.caretTo(0, 8);
  await joon.type('!');
  await expectConverged([mina, joon], url, { text: 'Some tex!t.' });
  await chooseOfPerson(mina, 'Joon', 'follow');
  await mina.page.locator('[data-testid="tab-button"][data-tab="people"]').click();
  await mina.page.getByTestId('person').first().waitFor();
  await chooseInMore(mina, 'commands');
  await mina.page.keyboard.press('Escape');
  expect(await mina.page.evaluate(() => (window as unknown as { moved: string[] }).moved)).toEqual([]);
});

test('on a phone the whole width is text, nothing hangs over, and what is pressed is large enough', async ({
  join,
  openDocument,
}) => {
  const url = await openDocument({ title: 'A rather long title of a document', content: 'word '.repeat(200) });
  const phone = { viewport: { width: 360, height: 740 }, context: { hasTouch: true, isMobile: true } };
  const mina = await join('Mina', phone);
  const [joon, ida] = [await join('Joon'), await join('Ida')];
  await joon.caretTo(0, 30);
  await expect(mina.page.getByTestId('avatar')).toHaveCount(2);
  const overhang = () => mina.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(await overhang()).toBeLessThanOrEqual(0);
  const kim = await join('Kim');
  await expect(mina.page.getByTestId('more-people')).toHaveText('+2');
  expect(await overhang()).toBeLessThanOrEqual(0);
  // The state stands below the title, in one bar.
  const buttons = mina.page.locator('header button:visible:not(.status), [data-testid="phone-row"] button');
  expect(await buttons.count()).toBeGreaterThanOrEqual(5);
  for (const box of await buttons.evaluateAll((all) =>
    all.map((one) => one.getBoundingClientRect().toJSON() as DOMRect),
  )) {
    expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(44);
    expect(box.right).toBeLessThanOrEqual(360);
  }
  await mina.page.getByTestId('own-avatar').tap();
  await mina.page.getByTestId('profile-name').waitFor();
  expect(await overhang()).toBeLessThanOrEqual(0);
  // A sheet.
  const profile = (await mina.page.locator('[popover="auto"]:popover-open').boundingBox())!;
  expect(profile.x).toBeGreaterThanOrEqual(0);
  expect(profile.x + profile.width).toBeLessThanOrEqual(360);
  await expectConverged([mina, joon, ida, kim], url);
});
