import { expect } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import { test } from './fixtures/embed.ts';

const KINDS = { async: 'async', 'type=module': 'type="module"' };

for (const [kind, attribute] of Object.entries(KINDS)) {
  test(`W1 the snippet works on any page, as a script with ${kind}: a guest writes, without a cookie`, async ({
    embed,
    join,
  }) => {
    const mina = await embed('Mina', {
      page: ({ server, element }) =>
        `<!doctype html><title>Any page</title><script src="${server}/embed.js" ${attribute}></script>${element}`,
    });
    const joon = await join('Joon', { url: mina.documentUrl });
    await mina.type('From the page of somebody else. ');
    await expect.poll(() => joon.shownText()).toBe('From the page of somebody else. ');
    await joon.press('Control+End');
    await joon.type('And from ours.');
    await expectConverged([mina, joon], mina.documentUrl, {
      text: 'From the page of somebody else. And from ours.',
    });
  });
}

test('W8 what stands between the tags is shown until the text is there', async ({ visitHost }) => {
  const mina = await visitHost('Mina', {
    page: ({ id, server }) => `<!doctype html><title>Slow</title>
      <weft-editor document="${id}"><p id="before">The plan will be here in a moment.</p></weft-editor>
      <button id="go" onclick="const one = document.createElement('script'); one.src = '${server}/embed.js'; document.body.append(one)">Go</button>`,
  });
  const before = mina.page.locator('#before');
  await expect(before).toBeVisible();
  const opened = mina.page.waitForEvent('websocket');
  mina.network.hold();
  await mina.page.locator('#go').click();
  await opened;
  await expect(before).toBeVisible();
  mina.network.release();
  await mina.whenReady();
  await expect(before).toBeHidden();
});

test('W1 loaded twice, by both kinds of script and in two versions, it works and says nothing', async ({
  embed,
  host,
  weft,
}) => {
  const script = await (await fetch(`${weft.url}/embed.js`)).text();
  const other = host.add({
    html: script.replace(/weftFolder=[^;]+;/, `weftFolder=${JSON.stringify(`${weft.url}/`)};`),
    headers: { 'content-type': 'text/javascript' },
  });
  const mina = await embed('Mina', {
    attributes: `server="${weft.url}"`,
    page: ({ script, server: from, element }) => `<!doctype html><title>Twice</title>${script}${script}
      <script type="module" src="${from}/embed.js"></script>${element}<script src="${other}" async></script>`,
  });
  await mina.type('once');
  await expectConverged([mina], mina.documentUrl, { text: 'once' });
  await expect(mina.editor).toHaveCount(1);
});

test('W2 two elements on one document on one page write together, like two people', async ({ embed }) => {
  const mina = await embed('Mina', {
    page: ({ script, element, user }) => `<!doctype html><title>Two</title>${script}${element}${element}${user}`,
  });
  const second = mina.page.locator('weft-editor').nth(1);
  await expect(second.getByTestId('editor')).toBeVisible();
  await mina.type('first ');
  await expect(second.getByTestId('editor')).toHaveText('first ');
  await second.getByTestId('editor').focus();
  await mina.keyboard.press('Control+End');
  await mina.keyboard.type('second');
  await expectConverged([mina], mina.documentUrl, { text: 'first second' });
  // The code and the style sheet are shared.
  const { sheets, chunks } = await mina.page.evaluate(() => {
    const [one, other] = [...document.querySelectorAll('weft-editor')].map(({ shadowRoot }) => shadowRoot!);
    const asked = performance.getEntriesByType('resource').map(({ name }) => name);
    return {
      sheets: one!.adoptedStyleSheets.filter((sheet) => other!.adoptedStyleSheets.includes(sheet)).length,
      chunks: asked.filter((name, at) => name.includes('embed-assets') && asked.indexOf(name) !== at),
    };
  });
  expect(sheets).toBeGreaterThan(0);
  expect(chunks).toEqual([]);
});

test('W2 loading=lazy asks for nothing while it is 3000 pixels below, and opens when it is near', async ({
  visitHost,
}) => {
  const mina = await visitHost('Mina', {
    attributes: 'loading="lazy"',
    page: ({ script, element, user }) =>
      `<!doctype html><title>Far</title>${script}<div style="height: 3000px"></div>${element}${user}`,
  });
  await mina.page.waitForFunction(() => customElements.get('weft-editor') !== undefined);
  await mina.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  const asked = (): Promise<string[]> =>
    mina.page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname));
  // It has nothing to save, which is known without it.
  await mina.inElement((element) => element.flush());
  expect(await asked()).toEqual(['/embed.js']);
  await mina.element.scrollIntoViewIfNeeded();
  await mina.whenReady();
  await mina.type('seen');
  await expectConverged([mina], mina.documentUrl, { text: 'seen' });
});

test('W10 loading=lazy does what the page asks of it, also far below', async ({ visitHost }) => {
  const mina = await visitHost('Mina', {
    attributes: 'loading="lazy"',
    page: ({ script, element, user }) =>
      `<!doctype html><title>Far</title>${script}<div style="height: 3000px"></div>${element}${user}`,
  });
  await mina.page.waitForFunction(() => customElements.get('weft-editor') !== undefined);
  await mina.inElement((element) => element.insertText('by the page'));
  await expectConverged([mina], mina.documentUrl, { text: 'by the page' });
});

test('W9 changing the document moves to the other one, and what was typed in the first is kept', async ({
  embed,
  openDocument,
  join,
}) => {
  const first = await openDocument({ content: 'one' });
  const second = await openDocument({ content: 'two' });
  const mina = await embed('Mina', { url: first });
  const joon = await join('Joon', { url: first });
  mina.network.hold();
  await mina.press('Control+End');
  await mina.type(' and more');
  await mina.inElement((element, id) => (element.document = id ?? ''), new URL(second).pathname.split('/').at(-1));
  mina.network.release();
  await expect(mina.editor).toHaveText('two');
  await mina.inElement(({ ready }) => ready);
  expect(await mina.inElement(({ value }) => value)).toBe('two');
  await expect.poll(() => joon.text()).toBe('one and more');
  mina.begin(second);
  await mina.press('Control+End');
  await mina.type('!');
  await expectConverged([mina], second, { text: 'two!' });
});
