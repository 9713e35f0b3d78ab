import { expect } from '@playwright/test';
import { RawClient } from '../testing/raw-client.ts';
import { expectConverged } from './fixtures/converged.ts';
import { chooseOfPerson } from './fixtures/menus.ts';
import type { Person } from '../sdk/testing.ts';
import { namesOffScreen } from './fixtures/shown.ts';
import { test } from './fixtures/test.ts';

const CONTENT = Array.from({ length: 300 }, (_, index) => `Line ${index + 1}`).join('\n');

async function follow(person: Person, name: string): Promise<void> {
  await chooseOfPerson(person, name, 'follow');
  await expect(person.page.getByTestId('following')).toContainText(`Following ${name}`);
}

async function expectInView(person: Person, line: string): Promise<void> {
  await expect(person.editor.getByText(line, { exact: true })).toBeInViewport();
}

test('whoever follows sees what the other sees, until they press Escape', async ({ join, openDocument }) => {
  const url = await openDocument(CONTENT);
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  await joon.press('Control+End');
  await follow(mina, 'Joon');
  await expectInView(mina, 'Line 300');
  await joon.press('Control+Home');
  await expectInView(mina, 'Line 1');
  for (let page = 0; page < 6; page += 1) await joon.press('PageDown');
  const place = (await joon.page.evaluate(() => document.getSelection()!.focusNode!.textContent))!;
  await expectInView(mina, place);

  await mina.page.keyboard.press('Escape');
  await expect(mina.page.getByTestId('following')).toBeHidden();
  await joon.press('Control+End');
  await expect.poll(() => namesOffScreen(mina)).toEqual(['Joon']);
  await expectInView(mina, place);
  await expectConverged([mina, joon], url, { text: CONTENT });
});

test('somebody who has no caret yet is said not to be in the text, and followed once they are', async ({
  join,
  openDocument,
}) => {
  const url = await openDocument(CONTENT);
  const mina = await join('Mina');
  const address = url.replace('http', 'ws').replace('/d/', '/live/');
  const { client: joon, answer } = await RawClient.join(address, { join: { name: 'Joon' } });
  await follow(mina, 'Joon');
  await expect(mina.page.getByTestId('following')).toContainText('Not in the text yet');
  const ranges = [{ anchor: CONTENT.length, head: CONTENT.length }];
  joon.send({ type: 'cursor', version: answer['version'], ranges });
  await expectInView(mina, 'Line 300');
  await expect(mina.page.getByTestId('following')).not.toContainText('Not in the text yet');
  joon.close();
  await expect(mina.page.getByTestId('following')).toBeHidden();
  await expectConverged([mina], url, { text: CONTENT });
});

test('a follower who types goes their own way', async ({ join, openDocument }) => {
  const url = await openDocument(CONTENT);
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  await mina.press('Control+Home');
  await joon.press('Control+End');
  await follow(mina, 'Joon');
  await expectInView(mina, 'Line 300');

  await mina.type('Mine: ');
  await expect(mina.page.getByTestId('following')).toBeHidden();
  await expectInView(mina, 'Mine: Line 1');
  await joon.type('!');
  await expectConverged([mina, joon], url, { text: `Mine: ${CONTENT}!` });
  await expectInView(mina, 'Mine: Line 1');
});

test('a follower who scrolls, or chooses the same again, follows no more', async ({ join, openDocument }) => {
  const url = await openDocument(CONTENT);
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  const banner = mina.page.getByTestId('following');
  await joon.press('Control+End');

  await follow(mina, 'Joon');
  await mina.editor.hover();
  await mina.page.mouse.wheel(0, -400);
  await expect(banner).toBeHidden();

  await follow(mina, 'Joon');
  await chooseOfPerson(mina, 'Joon', 'follow');
  await expect(banner).toBeHidden();

  await follow(mina, 'Joon');
  await banner.getByRole('button').click();
  await expect(banner).toBeHidden();
  await expectConverged([mina, joon], url, { text: CONTENT });
});

test('following ends when the person who is followed leaves', async ({ join, openDocument }) => {
  const url = await openDocument(CONTENT);
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  await follow(mina, 'Joon');
  await joon.context.close();
  await expect(mina.page.getByTestId('following')).toBeHidden();
  await expectConverged([mina], url, { text: CONTENT });
});
