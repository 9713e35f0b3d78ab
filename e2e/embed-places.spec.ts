import { expect } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import { test, type EmbedOptions } from './fixtures/embed.ts';

const around =
  (before: string, after: string, more = ''): EmbedOptions['page'] =>
  ({ script, element, user }) =>
    `<!doctype html><html><title>Places</title>${script}${before}${element}${after}${user}${more}</html>`;

test('inside another shadow root it works, and its events leave that root, too', async ({ visitHost, join }) => {
  const mina = await visitHost('Mina', {
    page: ({ script, element }) => `<!doctype html><title>Nested</title>${script}<my-panel></my-panel><script>
      window.heard = [];
      document.addEventListener('weft-ready', () => heard.push('ready'));
      document.addEventListener('input', () => heard.push('input'));
      customElements.define('my-panel', class extends HTMLElement {
        connectedCallback() { this.attachShadow({ mode: 'open' }).innerHTML = ${JSON.stringify(element)}; }
      });</script>`,
  });
  const joon = await join('Joon', { url: mina.documentUrl });
  await mina.editor.click();
  await mina.keyboard.type('deep inside');
  await expectConverged([joon], mina.documentUrl, { text: 'deep inside' });
  await joon.caretTo(0, 4);
  await expect(mina.element.getByTestId('remote-caret')).toHaveCount(1);
  await mina.keyboard.press('Shift+Home');
  await mina.keyboard.type('Out');
  await expectConverged([joon], mina.documentUrl, { text: 'Out' });
  expect(await mina.page.evaluate(() => [...new Set((window as unknown as { heard: string[] }).heard)])).toEqual([
    'ready',
    'input',
  ]);
});

test('in a dialog it can be written in, and Escape closes what is open inside first', async ({ embed }) => {
  const mina = await embed('Mina', {
    page: around(
      '<dialog id="dialog" style="width: 500px"><form method="dialog">',
      '<button>OK</button></form></dialog>',
      '<script>dialog.showModal()</script>',
    ),
  });
  await mina.type('In a dialog');
  await mina.press('Control+f');
  await expect(mina.element.locator('.cm-panels')).toBeVisible();
  await mina.keyboard.press('Escape');
  await expect(mina.element.locator('.cm-panels')).toBeHidden();
  await expect(mina.page.getByRole('dialog')).toBeVisible();
  await expectConverged([mina], mina.documentUrl, { text: 'In a dialog' });
});

for (const [what, style] of [
  ['with zoom', 'zoom: 1.5'],
  ['scaled', 'transform: scale(.75); transform-origin: 0 0'],
]) {
  test(`${what}, a click sets the caret where it is, and the caret of another stands in the text`, async ({
    embed,
    join,
    openDocument,
  }) => {
    const url = await openDocument({ content: 'abcdefghij\nklmnopqrst\nuvwxyz' });
    const mina = await embed('Mina', { url, page: around(`<div style="${style}; width: 500px">`, '</div>') });
    const joon = await join('Joon', { url });
    await joon.caretTo(1, 5);
    await joon.press('Shift');
    await mina.caretTo(2, 3);
    await mina.keyboard.type('X');
    await expectConverged([mina, joon], url, { text: 'abcdefghij\nklmnopqrst\nuvwXxyz' });
    const caret = mina.element.getByTestId('remote-caret');
    await expect(caret).toHaveCount(1);
    const place = await mina.evaluate(() => {
      const range = document.createRange();
      range.setStart(document.querySelectorAll('.cm-line')[1]!.firstChild!, 5);
      const { left, top } = range.getBoundingClientRect();
      return { left, top };
    });
    await expect(async () => {
      const box = (await caret.boundingBox())!;
      expect(Math.abs(box.x + box.width / 2 - place.left)).toBeLessThan(3);
      expect(Math.abs(box.y - place.top)).toBeLessThan(8);
    }).toPass();
  });
}

test('in a page from right to left its row begins at the right, and its text goes as it is written', async ({
  embed,
  openDocument,
}) => {
  const url = await openDocument({ content: 'Hello there', title: 'Plans' });
  const mina = await embed('Mina', {
    url,
    page: ({ script, element, user }) =>
      `<!doctype html><html dir="rtl" lang="ar"><title>RTL</title>${script}${element}${user}</html>`,
  });
  const [title, open] = [
    await mina.element.locator('.title').boundingBox(),
    await mina.element.getByRole('link').boundingBox(),
  ];
  expect(title!.x).toBeGreaterThan(open!.x);
  await expect(mina.editor.locator('.cm-line').first()).toHaveCSS('direction', 'ltr');
});

test('W13 moved in the page, as by drag and drop, it keeps session, text, caret and scroll', async ({
  embed,
  openDocument,
}) => {
  const url = await openDocument({ content: Array.from({ length: 90 }, (_, line) => `Line ${line}`).join('\n') });
  const mina = await embed('Mina', {
    url,
    page: around('<section id="from">', '</section><section id="to"></section>'),
  });
  await mina.inElement((element) => element.scrollTo(300));
  await expect(mina.editor.getByText('Line 40', { exact: true })).toBeVisible();
  await mina.inElement((element) => element.select(310, 310));
  const joins = (): number => mina.network.sent.filter(({ type }) => type === 'join' || type === 'hello').length;
  const before = joins();
  expect(before).toBeGreaterThan(0);
  const scrolled = (): Promise<number> => mina.evaluate(() => document.querySelector('.cm-scroller')!.scrollTop);
  const top = await scrolled();
  expect(top).toBeGreaterThan(100);
  const session = await mina.inElement((element) => {
    const { session: own } = element;
    document.querySelector('#to')!.append(element);
    return new Promise<boolean>((resolve) => setTimeout(() => resolve(own === element.session), 100));
  });
  expect(session).toBe(true);
  await mina.whenReady();
  await expect.poll(scrolled).toBeGreaterThan(top - 60);
  await mina.type('X');
  await expect.poll(() => mina.inElement(({ value }) => value[310])).toBe('X');
  expect(joins()).toBe(before);
});

test('W13 removed and added again it resumes: text, caret', async ({ embed, openDocument }) => {
  const url = await openDocument({ content: 'One two' });
  const mina = await embed('Mina', { url });
  await mina.caretTo(0, 3);
  await mina.keyboard.type('!');
  await mina.page.evaluate(() => {
    const page = window as unknown as { kept: Element };
    page.kept = document.querySelector('weft-editor')!;
    page.kept.remove();
  });
  await mina.page.waitForFunction(() => (window as unknown as { kept: { state: string } }).kept.state === 'offline');
  await mina.page.evaluate(() => document.body.append((window as unknown as { kept: Element }).kept));
  await mina.whenReady();
  await mina.type('?');
  await expectConverged([mina], url, { text: 'One!? two' });
});

test('W13 removed with unsent edits while offline, what was typed arrives later', async ({ embed, join }) => {
  const mina = await embed('Mina');
  const joon = await join('Joon', { url: mina.documentUrl });
  await mina.network.goOffline();
  await mina.type('typed without a network');
  await mina.page.evaluate(() => document.querySelector('weft-editor')!.remove());
  await mina.network.heal();
  await expect.poll(() => joon.text()).toBe('typed without a network');
});

test('W15 a page that is closed with unsent edits keeps them for the next visit', async ({ embed, join }) => {
  const mina = await embed('Mina');
  const joon = await join('Joon', { url: mina.documentUrl });
  mina.network.hold();
  await mina.type('almost lost');
  const address = mina.page.url();
  await mina.page.close();
  mina.network.forget();
  expect(await joon.text()).toBe('');
  await (await mina.context.newPage()).goto(address);
  await expect.poll(() => joon.text()).toBe('almost lost');
});
