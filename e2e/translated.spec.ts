import { expect, type Page } from '@playwright/test';
import { NETWORK_ERRORS, STOPPING_SERVER } from './fixtures/page-log.ts';
import { ownDocument } from './fixtures/sharing.ts';
import { test } from './fixtures/test.ts';

type Way = 'replace' | 'wrap' | 'cut';

/**
 * Does to a page what translators (`replace`, `wrap`) and extensions that mark words (`cut`) do to its text nodes, and goes on with
 * every new one. Of ours it spares the editor alone.
 */
async function translate(page: Page, way: Way): Promise<void> {
  await page.evaluate((how) => {
    const seen = new WeakSet<Node>();
    const change = (text: Text): void => {
      const parent = text.parentElement;
      if (
        seen.has(text) ||
        parent === null ||
        text.data.trim() === '' ||
        parent.closest('font, mark, .cm-editor, style')
      )
        return;
      const outer = document.createElement(how === 'cut' ? 'mark' : 'font');
      if (how === 'cut') {
        if (text.data.trim().length < 3) return;
        seen.add(text);
        const rest = text.splitText(1);
        seen.add(rest.splitText(1));
        outer.append(rest.cloneNode());
        rest.replaceWith(outer);
        return;
      }
      const inner = document.createElement('font');
      outer.append(inner);
      if (how === 'replace') inner.append(text.data);
      text.replaceWith(outer);
      if (how === 'wrap') inner.append(text);
    };
    const changeAll = (): void => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const texts: Text[] = [];
      while (walker.nextNode() !== null) texts.push(walker.currentNode as Text);
      texts.forEach(change);
    };
    changeAll();
    new MutationObserver(changeAll).observe(document.body, { childList: true, subtree: true, characterData: true });
  }, way);
}

test.use({ ownServer: true });

for (const way of ['replace', 'wrap', 'cut'] as const) {
  test(`under a program that changes the texts of the page (${way}), every line tells the truth and nothing breaks`, async ({
    visit,
    server,
  }) => {
    const mina = await visit('Mina');
    const url = await ownDocument(mina, { title: 'Plans' });
    mina.log.allow(NETWORK_ERRORS, STOPPING_SERVER);
    await mina.open(url);
    await translate(mina.page, way);
    await mina.type('a');
    await expect(mina.statusLine).toHaveText(/^\s*Saved/);

    await server.kill();
    await mina.type('bcd');
    await expect(mina.statusLine).toHaveText(/changes kept on this device \(3\)\s*Retry\s*$/);
    await server.start();
    await mina.wake();
    await expect(mina.statusLine).toHaveText(/^\s*Saved( \d\d?:\d\d)?\s*$/);
    await expect(mina.page.getByTestId('word-count')).toHaveText('1 word · 4 characters');

    const joon = await visit('Joon');
    await joon.open(url);
    await expect(mina.page.getByTestId('announcer')).toHaveText('Joon joined.');
    await joon.page.getByTestId('title').fill('Minutes');
    await joon.page.getByTestId('title').press('Enter');
    await expect(mina.page.locator('h1')).toHaveText('Minutes');

    await mina.page.getByTestId('share-button').click();
    const share = mina.page.getByTestId('share');
    await expect(share.getByRole('heading', { level: 2 })).toHaveText('Share Minutes');
    await expect(share.getByTestId('share-person')).toHaveCount(2);
    await share.getByTestId('new-link').click();
    await share.getByTestId('make-link').click();
    await expect(share.getByTestId('share-link')).toHaveText(/may read · .*not used yet/);
    const revoke = share.locator('button.revoke');
    await expect(revoke).toHaveText(/^\s*Revoke Link for viewers\s*$/);
    await revoke.click();
    await share.getByTestId('revoke-confirm').click();
    await expect(share.getByTestId('share-link')).toHaveCount(0);
    await share.getByRole('button', { name: 'Close' }).click();
    await expect(share).toBeHidden();

    await joon.page.close();
    await expect(mina.page.getByTestId('presence')).toHaveAttribute('data-count', '1');
    await mina.page.getByRole('link', { name: 'All documents' }).click();
    await expect(mina.page.getByTestId('document-row').locator('.title')).toHaveText('Minutes');
    await mina.page.getByRole('button', { name: 'Delete' }).click();
    await expect(mina.page.getByTestId('toasts')).toHaveText(/“Minutes” was deleted\s*Undo/);
    await mina.page.getByRole('button', { name: 'Undo' }).click();
    await expect(mina.page.getByTestId('document-row').locator('.title')).toHaveText('Minutes');
    await expect(mina.page.getByTestId('empty')).toBeHidden();
  });
}
