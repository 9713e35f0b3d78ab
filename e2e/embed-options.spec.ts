import { expect } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import { test } from './fixtures/embed.ts';

test('W6 autofocus puts the caret into the text', async ({ embed }) => {
  const mina = await embed('Mina', { attributes: 'autofocus' });
  await expect(mina.editor).toBeFocused();
  await mina.keyboard.type('at once');
  await expectConverged([mina], mina.documentUrl, { text: 'at once' });
});

test('W6 placeholder stands in an empty text, and another one when it changes', async ({ embed }) => {
  const mina = await embed('Mina', { attributes: 'placeholder="Your note"' });
  const placeholder = mina.element.locator('.cm-placeholder');
  await expect(placeholder).toHaveText('Your note');
  await mina.inElement((element) => (element.placeholder = 'Anything else?'));
  await expect(placeholder).toHaveText('Anything else?');
  await mina.type('x');
  await expect(placeholder).toHaveCount(0);
});

test('W6 maxlength ends own typing and pasting, and says so; what others write stays', async ({ embed, join }) => {
  const mina = await embed('Mina', { attributes: 'maxlength="5"' });
  const joon = await join('Joon', { url: mina.documentUrl });
  await mina.type('abcdefg');
  await expect(mina.element.getByTestId('notice')).toContainText('5');
  await expectConverged([mina, joon], mina.documentUrl, { text: 'abcde' });
  await joon.press('Control+End');
  await joon.type('12345');
  await expectConverged([mina, joon], mina.documentUrl, { text: 'abcde12345' });
  await mina.press('Control+End');
  await mina.keyboard.press('Backspace');
  await mina.keyboard.type('z');
  await expectConverged([mina, joon], mina.documentUrl, { text: 'abcde1234' });
});

const READ_ONLY = {
  'mode=view': ['mode="view"', ''],
  readonly: ['readonly', ''],
  disabled: ['disabled', ''],
  'a disabled fieldset': ['', 'disabled'],
} as const;

for (const [what, [attributes, fieldset]] of Object.entries(READ_ONLY)) {
  test(`with ${what} nobody writes here, also not by methods; what others write is seen`, async ({ embed, join }) => {
    const mina = await embed('Mina', {
      attributes,
      page: ({ script, element, user }) =>
        `<!doctype html><title>Read</title>${script}<form><fieldset ${fieldset}>${element}</fieldset></form>${user}`,
    });
    const joon = await join('Joon', { url: mina.documentUrl });
    await joon.type('written elsewhere');
    await expect(mina.editor).toHaveText('written elsewhere');
    await expect(mina.editor).toHaveAttribute('contenteditable', 'false');
    await mina.inElement((element) => {
      element.insertText('no');
      element.replaceRange(0, 3, 'no');
      element.undo();
    });
    await mina.editor.click();
    await mina.keyboard.type('no');
    await expectConverged([mina, joon], mina.documentUrl, { text: 'written elsewhere' });

    // Given free, it is written in.
    await mina.page.evaluate(() => {
      const element = document.querySelector('weft-editor')!;
      for (const name of ['mode', 'readonly', 'disabled']) element.removeAttribute(name);
      document.querySelector('fieldset')!.disabled = false;
    });
    await expect(mina.editor).toHaveAttribute('contenteditable', 'true');
    await mina.press('Control+End');
    await mina.keyboard.type('!');
    await expectConverged([mina, joon], mina.documentUrl, { text: 'written elsewhere!' });
  });
}

test('W6 made read-only later, it does not take back what was written before', async ({ embed }) => {
  const mina = await embed('Mina');
  await mina.type('kept');
  await mina.inElement((element) => {
    element.readonly = true;
    element.undo();
  });
  await mina.inElement((element) => element.flush());
  await expectConverged([mina], mina.documentUrl, { text: 'kept' });
});

test('W6 toolbar and status can be off, and what may be lost is said all the same', async ({ embed }) => {
  const mina = await embed('Mina', { attributes: 'toolbar="off" status="off"' });
  await expect(mina.element.locator('.bar')).toHaveCount(0);
  await mina.inElement((element) => (element.status = 'on'));
  await expect(mina.statusLine).toBeVisible();
  await expect(mina.element.locator('.title')).toHaveCount(0);
});

test('W6 line-numbers come and go', async ({ embed, openDocument }) => {
  const url = await openDocument({ content: 'a\nb\nc' });
  const mina = await embed('Mina', { url, attributes: 'line-numbers' });
  const numbers = mina.element.locator('.weft-numbered');
  await expect(numbers).toHaveCount(3);
  await mina.inElement((element) => (element.lineNumbers = false));
  await expect(numbers).toHaveCount(0);
});

test('W6 lang chooses the words; others get those of the reader', async ({ embed }) => {
  const mina = await embed('Mina', { attributes: 'lang="ko"' });
  await expect(mina.statusLine).not.toHaveText(/[A-Za-z]/);
  await expect(mina.element.getByRole('link')).toHaveAttribute('title', /Weft에서 열기/);
});
