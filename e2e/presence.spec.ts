import { expect } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import type { Person } from '../sdk/testing.ts';
import { shownCarets } from './fixtures/shown.ts';
import { test } from './fixtures/test.ts';

/** The names of the others whose avatars somebody sees. */
async function avatarNames(person: Person): Promise<(string | undefined)[]> {
  const avatars = person.page.getByTestId('avatar');
  return (await avatars.evaluateAll((all: HTMLElement[]) => all.map((avatar) => avatar.dataset['name']))).sort();
}

test('who comes and who leaves is seen and told', async ({ join }) => {
  const mina = await join('Mina');
  const url = mina.page.url();
  const presence = mina.page.getByTestId('presence');
  await expect(presence).toHaveAttribute('data-count', '1');
  await expect(mina.page.getByTestId('own-avatar')).toHaveAccessibleName('You are Mina, Editor. Change name or colour');

  const joon = await join('Joon');
  await expect.poll(() => avatarNames(mina)).toEqual(['Joon']);
  await expect(mina.page.getByTestId('announcer')).toHaveText(/^Joon joined\./);
  const ida = await join('Ida');
  await expect.poll(() => avatarNames(mina)).toEqual(['Ida', 'Joon']);
  await expect.poll(() => avatarNames(joon)).toEqual(['Ida', 'Mina']);
  await expect(presence).toHaveAttribute('data-count', '3');

  await joon.context.close();
  await expect.poll(() => avatarNames(mina)).toEqual(['Ida']);
  await expect(mina.page.getByTestId('announcer')).toHaveText(/Joon left\.$/);
  await ida.page.goto('/');
  await expect.poll(() => avatarNames(mina)).toEqual([]);
  await expect(presence).toHaveAttribute('data-count', '1');
  await expectConverged([mina], url, { text: '' });
});

test('somebody whose network breaks goes, and is back with their caret', async ({ join, openDocument }) => {
  const url = await openDocument('Here we are.');
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  await joon.caretTo(0, 4);
  await expect.poll(() => mina.caretNames()).toEqual(['Joon']);

  await joon.network.cut();
  await expect.poll(() => mina.caretNames()).toEqual([]);
  await expect.poll(() => avatarNames(mina)).toEqual([]);
  await joon.network.heal();
  await expect.poll(() => avatarNames(mina)).toEqual(['Joon']);
  await expect.poll(() => mina.caretNames()).toEqual(['Joon']);
  await expectConverged([mina, joon], url, { text: 'Here we are.' });
});

test('a new name and another colour are seen by everybody at once', async ({ join, openDocument }) => {
  const url = await openDocument('Here we are.');
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  await joon.caretTo(0, 4);
  await expect.poll(() => mina.caretNames()).toEqual(['Joon']);
  const before = (await shownCarets(mina))[0]!.color;

  await joon.page.getByTestId('own-avatar').click();
  await joon.page.getByRole('radio', { checked: false }).first().check();
  const swatch = joon.page.getByRole('radio', { checked: true });
  const chosen = await swatch.evaluate((radio) => getComputedStyle(radio).backgroundColor);
  await joon.page.getByTestId('profile-name').fill('Joon-ho Kim');
  await joon.page.keyboard.press('Enter');

  await expect(joon.page.getByTestId('own-avatar')).toHaveAccessibleName(/^You are Joon-ho Kim\b/);
  await expect.poll(() => avatarNames(mina)).toEqual(['Joon-ho Kim']);
  await expect.poll(async () => (await shownCarets(mina))[0]).toMatchObject({ name: 'Joon-ho Kim', color: chosen });
  expect(chosen).not.toBe(before);

  await joon.page.reload();
  await expect(joon.page.getByTestId('own-avatar')).toHaveAccessibleName(/^You are Joon-ho Kim\b/);
  await expectConverged([mina, joon], url, { text: 'Here we are.' });
});

test('two tabs of one person are one avatar with a count, and two carets', async ({ join, openDocument }) => {
  const url = await openDocument('one two');
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  const second = await joon.newTab(url);
  await joon.caretTo(0, 1);
  await second.caretTo(0, 5);

  const avatar = mina.page.getByTestId('avatar');
  await expect(avatar).toHaveCount(1);
  await expect(avatar).toHaveText(/^J\s*2$/);
  await expect(mina.page.getByTestId('presence')).toHaveAttribute('data-count', '2');
  await expect.poll(() => mina.caretNames()).toEqual(['Joon', 'Joon']);
  await expect(joon.page.getByTestId('own-avatar')).toHaveAccessibleName(/in 2 tabs/);

  await second.type('!');
  await expectConverged([mina, joon, second], url, { text: 'one t!wo' });
  await second.page.close();
  await expect(avatar).toHaveText(/^J\s*$/);
  await expect.poll(() => mina.caretNames()).toEqual(['Joon']);
});
