import { expect, type Page } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import { NETWORK_ERRORS, STOPPING_SERVER } from '../sdk/testing.ts';
import { deleteDocument, ownDocument, setLinkAccess } from './fixtures/sharing.ts';
import { namesOffScreen } from './fixtures/shown.ts';
import { chooseInMore, chooseOfPerson } from './fixtures/menus.ts';
import { choose } from './fixtures/home.ts';
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
    weft,
  }) => {
    const mina = await visit('Mina');
    const url = await ownDocument(mina, { title: 'Plans' });
    mina.log.allow(NETWORK_ERRORS, STOPPING_SERVER);
    await mina.open(url);
    await translate(mina.page, way);
    await mina.type('a');
    await expect.poll(() => mina.state()).toBe('saved');
    await expect(mina.statusLine).toHaveText(/^\s*Saved/);

    await weft.kill();
    await mina.type('bcd');
    await expect(mina.statusLine).toHaveText(/, 3 kept here\s*Retry\s*$/);
    await weft.start();
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
    await share.getByRole('tab', { name: /^Links/ }).click();
    await share.getByTestId('new-link').click();
    await share.getByTestId('make-link').click();
    await expect(share.getByTestId('share-link')).toHaveText(/Can read · .*not used yet/);
    const revoke = share.locator('button.revoke');
    await expect(revoke).toHaveAccessibleName('Revoke Link for viewers');
    await revoke.click();
    await share.getByTestId('revoke-confirm').click();
    await expect(share.getByTestId('share-link')).toHaveCount(0);
    await share.getByRole('button', { name: 'Close' }).click();
    await expect(share).toBeHidden();

    await joon.page.close();
    await expect(mina.page.getByTestId('presence')).toHaveAttribute('data-count', '1');
    await mina.page.getByRole('link', { name: 'All documents' }).click();
    await expect(mina.page.getByTestId('document-row').locator('.title')).toHaveText('Minutes');
    await choose(mina.page.getByTestId('document-row'), 'bin');
    await expect(mina.page.getByTestId('toasts')).toHaveText(/“Minutes” is in the bin\s*Undo/);
    await mina.page.getByRole('button', { name: 'Undo' }).click();
    await expect(mina.page.getByTestId('document-row').locator('.title')).toHaveText('Minutes');
    await expect(mina.page.getByTestId('empty')).toBeHidden();
  });
}

test('under such a program, carets off the screen, banners, notices, forms and the title tell the truth too', async ({
  visit,
}) => {
  const mina = await visit('Mina');
  const url = await ownDocument(mina, { title: 'Plans', content: 'Line\n'.repeat(300) });
  mina.log.allow(/status of 503/);
  await mina.open(url);
  await mina.press('Control+Home');
  await translate(mina.page, 'wrap');
  const [joon, ida] = [await visit('Joon'), await visit('Ida')];
  for (const [index, person] of [joon, ida].entries()) {
    await person.open(url);
    await person.press('Control+End');
    await expect.poll(() => namesOffScreen(mina)).toHaveLength(index + 1);
  }
  const following = mina.page.getByTestId('following');
  for (const name of ['Joon', 'Ida']) {
    await chooseOfPerson(mina, name, 'follow');
    await expect(following).toHaveText(new RegExp(`^\\s*${name[0]}\\s*Following ${name}\\s*Stop\\s*Esc\\s*$`));
  }
  await mina.page.keyboard.press('Escape');
  await expect(following).toHaveCount(0);

  await chooseInMore(mina, 'copy-link');
  await expect(mina.page.getByTestId('toasts')).toHaveText(
    /^\s*(Link copied\.|The browser does not let Weft copy\. Copy it yourself: \S+)\s*$/,
  );

  await joon.page.getByTestId('title').fill('Minutes');
  await joon.page.getByTestId('title').press('Enter');
  await expect(mina.page).toHaveTitle('Minutes – Weft');

  await mina.page.getByTestId('own-avatar').click();
  const name = mina.page.getByTestId('profile-name');
  const json = { error: { code: 'unavailable', message: 'No' } };
  await mina.page.route('**/api/session', (route) => route.fulfill({ status: 503, json }));
  await name.fill('Mina Kim');
  await name.press('Enter');
  await expect(mina.page.getByTestId('toasts')).toContainText('The name is not saved yet.');
  await mina.page.unroute('**/api/session');
  await expect(mina.page.getByTestId('announcer')).toHaveText('You are now Mina Kim.');

  await translate(joon.page, 'wrap');
  const notice = joon.page.getByTestId('read-only');
  await setLinkAccess(mina, url, 'view');
  await expect(notice).toContainText('you are now a viewer and can no longer change the text.');
  await setLinkAccess(mina, url, 'comment');
  await expect(notice).toContainText('you are now a commenter and can no longer change the text.');
  await setLinkAccess(mina, url, 'edit');
  await expect(notice).toHaveCount(0);
  await expect(joon.statusLine).toHaveText(/saved/i);

  await deleteDocument(mina, url);
  await expect(joon.page.getByTestId('refused')).toContainText('This document is no longer available.');
  await expect(joon.statusLine).toHaveText(/^\s*Document deleted\s*$/);
});

/** As spelling helpers do: attributes and elements of their own in and beside the text, and others of the page taken away. */
async function meddle(page: Page): Promise<void> {
  await page.evaluate(() => {
    const editor = document.querySelector<HTMLElement>('[data-testid="editor"]')!;
    editor.setAttribute('data-gramm', 'false');
    editor.setAttribute('spellcheck', 'false');
    const helper = (): HTMLElement => {
      const element = document.createElement('helper-overlay');
      element.contentEditable = 'false';
      element.textContent = 'Did you mean this?';
      return element;
    };
    editor.append(helper());
    editor.prepend(helper());
    editor.querySelector('.cm-line')!.append(helper());
    editor.parentElement!.append(helper());
    document.body.append(helper());
    document.querySelector('[data-testid="word-count"]')?.remove();
    document.querySelector('[data-testid="presence"]')?.replaceChildren();
  });
}

test('an extension that puts elements into the text and takes others away writes nothing and breaks nothing (FP6)', async ({
  join,
  openDocument,
}) => {
  const url = await openDocument('one\ntwo');
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  for (let round = 0; round < 3; round += 1) {
    await meddle(mina.page);
    await mina.press('Control+End');
    await mina.type('!');
    await expect.poll(async () => (await joon.text()).length).toBe(8 + 2 * round);
    await joon.press('Control+End');
    await joon.type('?');
    await expect.poll(async () => (await mina.text()).length).toBe(9 + 2 * round);
  }
  await expectConverged([mina, joon], url, { text: 'one\ntwo!?!?!?' });
  const ida = await join('Ida');
  await ida.type('0');
  await expect(mina.statusLine).toHaveText(/saved/i);
  await expectConverged([mina, joon, ida], url, { text: '0one\ntwo!?!?!?' });
});
