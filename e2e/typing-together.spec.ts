import { expect } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import { test } from './fixtures/core.ts';

test('two people type into one paragraph at once', async ({ join }) => {
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  const url = mina.documentUrl;
  await mina.type('We meet at noon.');
  await expectConverged([mina, joon], url, { text: 'We meet at noon.' });

  await mina.press('Control+Home');
  await joon.press('Control+End');
  await Promise.all([mina.type('Hello Joon! '), joon.type(' Bring tea 🍵.')]);
  await expectConverged([mina, joon], url, { text: 'Hello Joon! We meet at noon. Bring tea 🍵.' });
});

test('three people type into one paragraph at once, each in the middle of it', async ({ join, openDocument }) => {
  const url = await openDocument('Red and green and blue.');
  const [mina, joon, ida] = [await join('Mina'), await join('Joon'), await join('Ida')];

  await mina.caretTo(0, 'Red'.length);
  await joon.caretTo(0, 'Red and green'.length);
  await ida.caretTo(0, 'Red and green and blue'.length);
  await Promise.all([mina.type('dish brown'), joon.type('ish yellow'), ida.type('berry jam')]);

  const text = 'Reddish brown and greenish yellow and blueberry jam.';
  await expectConverged([mina, joon, ida], url, { text });
  for (const person of [mina, joon, ida]) expect(await person.shownText()).toBe(text);
});

test('two people who type at one spot never mix their words', async ({ join, openDocument }) => {
  const url = await openDocument('[]');
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  await mina.caretTo(0, 1);
  await joon.caretTo(0, 1);

  const [first, second] = ['the quick brown fox jumps over', 'a lazy dog sleeps in the sun'];
  await Promise.all([mina.type(first, { delay: 8 }), joon.type(second, { delay: 8 })]);

  const { text } = await expectConverged([mina, joon], url);
  expect([`[${first}${second}]`, `[${second}${first}]`]).toContain(text);
});

test('one deletes a sentence while the other writes inside it: what was written stays', async ({
  join,
  openDocument,
}) => {
  const url = await openDocument('Keep this. Drop that. Keep those.');
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  await mina.caretTo(0, 'Keep this. Drop'.length);
  await joon.caretTo(0, 'Keep this. Drop that.'.length);

  mina.network.hold();
  joon.network.hold();
  await mina.type(' (not)');
  for (let count = 0; count < ' Drop that.'.length; count += 1) await joon.press('Backspace');
  mina.network.release();
  joon.network.release();

  await expectConverged([mina, joon], url, { text: 'Keep this. (not) Keep those.' });
});

test('lines are split and joined by two people at once', async ({ join, openDocument }) => {
  const url = await openDocument('one two\nthree four');
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  await mina.caretTo(0, 'one'.length);
  await joon.caretTo(1, 0);

  mina.network.hold();
  joon.network.hold();
  await mina.press('Delete');
  await mina.press('Enter');
  await joon.press('Backspace');
  await joon.type(' + ');
  mina.network.release();
  joon.network.release();

  await expectConverged([mina, joon], url, { text: 'one\ntwo + three four' });
});

test('who opens the document while another types gets every letter', async ({ join, visit }) => {
  const joon = await join('Joon');
  const url = joon.documentUrl;
  await joon.paste('A line that was there before.\n'.repeat(2000));
  const mina = await visit('Mina');
  await joon.press('Control+Home');
  let isOpen = false;
  const typing = (async () => {
    while (!isOpen) await joon.type('abcdefghij');
  })();
  await mina.open(url);
  isOpen = true;
  await typing;
  await expectConverged([mina, joon], url);
  expect(await mina.text()).toMatch(/^(abcdefghij)+A line/);
});
