import { expect } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import { selectIn } from './fixtures/host-views.ts';
import { test } from './fixtures/hosts.ts';
import type { Person } from '../sdk/testing.ts';

interface FieldWindow {
  readonly weft: { readonly field: HTMLTextAreaElement };
}

function fieldOf(person: Person): Promise<{ selected: [number, number, string]; scrollTop: number }> {
  return person.evaluate(() => {
    const { selectionStart, selectionEnd, selectionDirection, scrollTop } = (window as unknown as FieldWindow).weft
      .field;
    return { selected: [selectionStart, selectionEnd, selectionDirection], scrollTop };
  });
}

test('caret, selection and its direction go with the text, and the row of the caret keeps its height', async ({
  join,
  visitHost,
  openDocument,
}) => {
  const lines = Array.from({ length: 100 }, (_, index) => `Line ${index}`);
  const url = await openDocument({ content: lines.join('\n') });
  const mina = await join('Mina');
  const joon = await visitHost('Joon', 'textarea');
  const place = lines.slice(0, 60).join('\n').length;
  await joon.evaluate((at) => {
    const { field } = (window as unknown as FieldWindow).weft;
    field.setSelectionRange(at - 7, at, 'backward');
    field.scrollTop = 60 * 20 - 80;
  }, place);
  const before = await fieldOf(joon);
  await mina.press('Control+Home');
  await mina.paste('one\ntwo\nthree\n');
  await expectConverged([mina, joon], url);
  const grown = 'one\ntwo\nthree\n'.length;
  // Three rows of 20 px came above.
  await expect
    .poll(() => fieldOf(joon))
    .toEqual({ selected: [place - 7 + grown, place + grown, 'backward'], scrollTop: before.scrollTop + 60 });

  // What is written below moves nothing.
  await mina.press('Control+End');
  await mina.paste('\nthe end');
  await expectConverged([mina, joon], url);
  expect((await fieldOf(joon)).scrollTop).toBe(before.scrollTop + 60);
});

test('“Undo” of the browser takes back one’s own edits, also after others wrote', async ({
  join,
  visitHost,
  openDocument,
}) => {
  const url = await openDocument();
  const mina = await join('Mina');
  const joon = await visitHost('Joon', 'textarea');
  await joon.type('own');
  await expectConverged([mina, joon], url, { text: 'own' });
  await mina.press('Control+Home');
  await mina.type('others ');
  await expectConverged([mina, joon], url, { text: 'others own' });
  // As a menu and the keyboard of a phone ask for it.
  await joon.evaluate(() => {
    const event = new InputEvent('beforeinput', { inputType: 'historyUndo', bubbles: true, cancelable: true });
    (window as unknown as FieldWindow).weft.field.dispatchEvent(event);
  });
  await expectConverged([mina, joon], url, { text: 'others ' });
});

test('what a script sets counts as typed, and is merged with what others wrote meanwhile', async ({
  join,
  visitHost,
  openDocument,
}) => {
  const url = await openDocument({ content: 'one two' });
  const mina = await join('Mina');
  const joon = await visitHost('Joon', 'textarea');
  await joon.evaluate(() => ((window as unknown as FieldWindow).weft.field.value = 'one TWO'));
  await mina.press('Control+Home');
  await mina.type('zero ');
  await expectConverged([mina, joon], url, { text: 'zero one TWO' });
});

test('a field of one line shows line breaks of others as spaces, and keeps them', async ({
  join,
  visitHost,
  openDocument,
}) => {
  await openDocument({ content: 'one\ntwo' });
  const mina = await join('Mina');
  const joon = await visitHost('Joon', 'textarea', { with: ['input'] });
  await expect(joon.editor).toHaveValue('one two');
  await selectIn(joon, 7);
  await joon.type(' three');
  await expect.poll(() => mina.text()).toBe('one\ntwo three');
  await mina.press('Control+Home');
  await mina.press('Enter');
  await expect(joon.editor).toHaveValue(' one two three');
  expect(await joon.text()).toBe('\none\ntwo three');
});
