import { expect } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import type { Person } from '../sdk/testing.ts';
import { test } from './fixtures/test.ts';

interface DroppedFile {
  readonly name: string;
  readonly bytes: readonly number[];
}

const fileOf = (name: string, text: string, encoding: BufferEncoding = 'utf8'): DroppedFile => ({
  name,
  bytes: [...Buffer.from(text, encoding)],
});

/** Drops files on the text, or pastes them, as browsers hand them over. */
async function hand(person: Person, how: 'drop' | 'paste', files: readonly DroppedFile[]): Promise<void> {
  await person.editor.evaluate(
    (editor, { way, given }) => {
      const data = new DataTransfer();
      for (const { name, bytes } of given) data.items.add(new File([new Uint8Array(bytes)], name));
      const { left, top } = editor.querySelector('.cm-line')!.getBoundingClientRect();
      const place = { clientX: left + 1, clientY: top + 8, bubbles: true, cancelable: true };
      if (way === 'drop') return void editor.dispatchEvent(new DragEvent('drop', { ...place, dataTransfer: data }));
      const event = new ClipboardEvent('paste', { bubbles: true, cancelable: true });
      Object.defineProperty(event, 'clipboardData', { value: data });
      editor.dispatchEvent(event);
    },
    { way: how, given: files },
  );
}

for (const how of ['drop', 'paste'] as const) {
  test(`a file is read right or refused in words, never damaged (${how})`, async ({ join }) => {
    const mina = await join('Mina');
    const url = mina.page.url();
    const toasts = mina.page.getByTestId('toasts');
    await hand(mina, how, [fileOf('letter.txt', 'Straße Müller \x80\r\n', 'latin1')]);
    await expect(toasts).toContainText(
      '“letter.txt” is not UTF-8 and was read as Western European. Undo if it looks wrong.',
    );
    await expectConverged([mina], url, { text: 'Straße Müller €\n' });
    await mina.press('Control+z');
    await expectConverged([mina], url, { text: '' });

    await hand(mina, how, [fileOf('a.txt', '\ufeff부산', 'utf16le'), fileOf('b.txt', '\ufeff서울')]);
    await expectConverged([mina], url, { text: '부산\n서울' });
    await hand(mina, how, [{ name: 'image.png', bytes: [0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0xff] }]);
    await expect(toasts).toContainText('“image.png” was not inserted: it is not text, or its encoding is unknown.');
    await expectConverged([mina], url, { text: '부산\n서울' });
  });
}

test('a file lands where it was dropped, though others write while it is read', async ({ join }) => {
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  const url = mina.page.url();
  await mina.type('end');
  await expectConverged([mina, joon], url, { text: 'end' });
  await mina.page.evaluate(() => {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- It is called on the file below.
    const read = File.prototype.arrayBuffer;
    const page = window as { goOn?: () => void };
    const later = new Promise<void>((resolve) => (page.goOn = resolve));
    File.prototype.arrayBuffer = async function () {
      await later;
      return read.call(this);
    };
  });
  await hand(mina, 'drop', [fileOf('a.txt', '[file]')]);
  await joon.press('Control+Home');
  await joon.type('begin ');
  await expectConverged([mina, joon], url, { text: 'begin end' });
  await mina.page.evaluate(() => (window as { goOn?: () => void }).goOn?.());
  await expectConverged([mina, joon], url, { text: 'begin [file]end' });
});

test('a file dropped beside the text does not take the place of the page', async ({ join }) => {
  const mina = await join('Mina');
  const isPrevented = await mina.page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['x'], 'x.txt'));
    const event = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true });
    document.querySelector('header')!.dispatchEvent(event);
    return event.defaultPrevented;
  });
  expect(isPrevented).toBe(true);
});
