import { expect } from '@playwright/test';
import type { WeftEditorElement } from '../web/embed/contract.ts';
import { readStored } from '../sdk/testing.ts';
import { expectConverged } from './fixtures/converged.ts';
import type { EmbeddedPerson } from './fixtures/embedded-person.ts';
import { test, type EmbedOptions } from './fixtures/embed.ts';

const form =
  (more = ''): EmbedOptions['page'] =>
  ({ script, element, user }) =>
    `<!doctype html><title>Form</title>${script}<form action="/submitted" target="sink"><label for="note">Your note</label>
    ${element.replace('<weft-editor', '<weft-editor id="note"')}<input name="who" aria-label="Who" value="M">${more}
    <button name="way" value="post">Send</button><button type="reset">Undo all</button></form><iframe name="sink" title="Sent"></iframe>${user}`;

const sendBy = (person: EmbeddedPerson): Promise<void> => person.page.getByRole('button', { name: 'Send' }).click();

function validityOf(person: EmbeddedPerson): Promise<Record<string, unknown>> {
  return person.inElement((element) => {
    const { validity, validationMessage } = element;
    const { valid, valueMissing, tooLong, customError } = validity;
    return { valid, valueMissing, tooLong, customError, validationMessage, isChecked: element.checkValidity() };
  });
}

test('W12 the text is submitted under its name, once, beside the other fields', async ({ embed, host }) => {
  const mina = await embed('Mina', { attributes: 'name="note"', page: form() });
  await mina.type('Two vans');
  await mina.inElement((element) => element.flush());
  await sendBy(mina);
  await expect
    .poll(() => host.submitted.map((sent) => [...sent]))
    .toEqual([
      [
        ['who', 'M'],
        ['way', 'post'],
        ['note', 'Two vans'],
      ],
    ]);
  expect(await mina.inElement(({ form: own, name }) => [own instanceof HTMLFormElement, name])).toEqual([true, 'note']);
});

test('W12 without a name, and disabled, it submits nothing', async ({ embed, host }) => {
  const mina = await embed('Mina', { page: form() });
  await mina.type('x');
  await sendBy(mina);
  await expect.poll(() => host.submitted.map((sent) => [...sent.keys()])).toEqual([['who', 'way']]);
  await mina.inElement((element) => Object.assign(element, { name: 'note', disabled: true }));
  await sendBy(mina);
  await expect
    .poll(() => host.submitted.map((sent) => [...sent.keys()]))
    .toEqual([
      ['who', 'way'],
      ['who', 'way'],
    ]);
});

test('W12 required: an empty text is not submitted, and the browser says why', async ({ embed, host }) => {
  const mina = await embed('Mina', { attributes: 'name="note" required', page: form() });
  expect(await validityOf(mina)).toMatchObject({
    valid: false,
    valueMissing: true,
    isChecked: false,
    validationMessage: 'Write something here.',
  });
  await sendBy(mina);
  await expect(mina.editor).toBeFocused();
  expect(host.submitted).toEqual([]);
  await mina.keyboard.type('Now');
  expect(await validityOf(mina)).toMatchObject({ valid: true, isChecked: true, validationMessage: '' });
  await sendBy(mina);
  await expect.poll(() => host.submitted.map((sent) => sent.get('note'))).toEqual(['Now']);
});

test('W12 maxlength: a text that others made longer is not submitted (tooLong)', async ({ embed, join, host }) => {
  const mina = await embed('Mina', { attributes: 'name="note" maxlength="4"', page: form() });
  const joon = await join('Joon', { url: mina.documentUrl });
  await joon.type('12345');
  await expectConverged([mina, joon], mina.documentUrl, { text: '12345' });
  expect(await validityOf(mina)).toMatchObject({ valid: false, tooLong: true });
  await sendBy(mina);
  await mina.press('Control+End');
  await mina.keyboard.press('Backspace');
  await expect.poll(() => validityOf(mina)).toMatchObject({ valid: true });
  expect(host.submitted).toEqual([]);
});

test('W12 reset takes back one’s own edits, and leaves those of others', async ({ embed, join, openDocument }) => {
  const url = await openDocument({ content: 'Plan: ' });
  const mina = await embed('Mina', { url, page: form() });
  const joon = await join('Joon', { url });
  await mina.press('Control+End');
  await mina.keyboard.type('my own ');
  await expectConverged([mina, joon], url, { text: 'Plan: my own ' });
  await joon.press('Control+End');
  await joon.type('hers');
  await expectConverged([mina, joon], url, { text: 'Plan: my own hers' });
  await mina.press('Control+Home');
  await mina.keyboard.type('The ');
  await mina.page.getByRole('button', { name: 'Undo all' }).click();
  await expectConverged([mina, joon], url, { text: 'Plan: hers' });
});

test('W12 flush-on-submit: nothing is submitted before the text is durable; then once, with the text', async ({
  embed,
  host,
}) => {
  const mina = await embed('Mina', { attributes: 'name="note" flush-on-submit', page: form() });
  // The server hears it, and does not answer.
  mina.network.holdAnswers();
  await mina.type('Dear harbour master');
  expect(await validityOf(mina)).toMatchObject({
    valid: false,
    customError: true,
    validationMessage: 'This text is not saved yet.',
  });
  await sendBy(mina);
  await sendBy(mina);
  // A submission that was not held back would be at the host before the answer to this.
  await mina.page.evaluate((address) => fetch(address).then((answer) => answer.text()), `${host.url}/other`);
  expect(host.submitted).toEqual([]);
  mina.network.release();
  await expect.poll(() => host.submitted.length).toBeGreaterThan(0);
  expect((await readStored(mina, mina.documentUrl)).text).toBe('Dear harbour master');
  expect(await validityOf(mina)).toMatchObject({ valid: true });
  await mina.page.evaluate((address) => fetch(address).then((answer) => answer.text()), `${host.url}/other`);
  expect(host.submitted.map((sent) => [...sent])).toEqual([
    [
      ['who', 'M'],
      ['way', 'post'],
      ['note', 'Dear harbour master'],
    ],
  ]);
});

test('flush-on-submit: Enter in another field waits, too', async ({ embed, host }) => {
  const mina = await embed('Mina', { attributes: 'name="note" flush-on-submit', page: form() });
  mina.network.holdAnswers();
  await mina.type('Soon');
  await mina.page.getByLabel('Who').press('Enter');
  expect(host.submitted).toEqual([]);
  mina.network.release();
  await expect.poll(() => host.submitted.map((sent) => sent.get('note'))).toEqual(['Soon']);
});

test('flush-on-submit: a button that stands outside of its form waits, too', async ({ embed, host }) => {
  const mina = await embed('Mina', {
    attributes: 'name="note" flush-on-submit',
    page: ({ script, element, user }) => `<!doctype html><title>Outside</title>${script}
      <form id="form" action="/submitted" target="sink">${element}</form><button form="form">Send</button>
      <iframe name="sink" title="Sent"></iframe>${user}`,
  });
  mina.network.holdAnswers();
  await mina.type('From outside');
  await sendBy(mina);
  mina.network.release();
  await expect.poll(() => host.submitted.map((sent) => sent.get('note'))).toEqual(['From outside']);
});

test('W12 a label leads into the text, and names it', async ({ embed }) => {
  const mina = await embed('Mina', { page: form() });
  await mina.page.getByText('Your note').click();
  await expect(mina.editor).toBeFocused();
  expect(
    await mina.inElement((element) => [...(element as WeftEditorElement & { labels: NodeList }).labels].length),
  ).toBe(1);
});

test('a page that the browser shows again has the selection as it was', async ({ embed, openDocument }) => {
  const url = await openDocument({ content: 'One two three' });
  const mina = await embed('Mina', { url, page: form() });
  await mina.inElement((element) => element.select(4, 7));
  await expect(mina.editor).toBeVisible();
  await mina.page.goto('about:blank');
  await mina.page.goBack();
  await mina.whenReady();
  await mina.inElement((element) => element.insertText('2'));
  await expectConverged([mina], url, { text: 'One 2 three' });
});
