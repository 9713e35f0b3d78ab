import { expect, type Page } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import { HeaderProxy } from './fixtures/header-proxy.ts';
import { chooseInMore } from './fixtures/menus.ts';
import type { Person } from './fixtures/person.ts';
import { askForPreview } from './fixtures/preview.ts';
import { openLinks } from './fixtures/sharing.ts';
import { test as base } from './fixtures/test.ts';

const BASE = '/weft';
const CLIPBOARD = { permissions: ['clipboard-read', 'clipboard-write'] };

/** A proxy that has the server below `/weft`, and everything it was asked for. */
interface SubPath {
  /** Of the proxy itself. */
  readonly origin: string;
  /** Paths and queries. */
  readonly asked: readonly string[];
}

const test = base.extend<{ takesOff: boolean; front: SubPath }>({
  takesOff: [false, { option: true }],
  front: async ({ server, takesOff }, use) => {
    const asked: string[] = [];
    const proxy = await HeaderProxy.start(
      server.url,
      (headers) => headers,
      (path) => {
        asked.push(path);
        return takesOff && path.startsWith(`${BASE}/`) ? path.slice(BASE.length) : path;
      },
    );
    await use({ origin: proxy.url, asked });
    proxy.stop();
  },
});
test.use({ ownServer: true, settings: { WEFT_BASE_PATH: BASE } });

/** What a proxy was asked for that is not Weft's. */
const outside = ({ asked }: SubPath): string[] => asked.filter((path) => !/^\/weft(?:[/?]|$)/.test(path));

const clipboardOf = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText());

/** Makes a document from the home page; returns its address. */
async function makeDocument({ page }: Person, home: string): Promise<string> {
  await page.goto(home);
  await page.getByTestId('new-document').first().click();
  await page.locator('[data-collab-state="live"]').waitFor();
  const address = page.url();
  expect(address).toMatch(new RegExp(`^${home}/d/[\\w-]{16}$`));
  return address;
}

for (const takesOff of [false, true]) {
  test.describe(`below /weft, behind a proxy that ${takesOff ? 'takes the path off' : 'passes the path on'}`, () => {
    test.use({ takesOff });

    test('two people write together, reload, and find everything again from the home page', async ({
      visit,
      front,
    }) => {
      const [ada, mina] = [await visit('Ada'), await visit('Mina')];
      const home = front.origin + BASE;
      const url = await makeDocument(ada, home);
      await ada.open(url);
      await mina.open(url);
      await Promise.all([ada.type('of Ada '), mina.type('of Mina ')]);
      const { text } = await expectConverged([ada, mina], url);
      await mina.reload();
      await mina.whenReady();
      await expectConverged([ada, mina], url, { text });

      await ada.page.getByRole('link', { name: 'All documents' }).click();
      await expect(ada.page.getByTestId('home')).toBeVisible();
      expect(ada.page.url()).toBe(`${home}/`);
      await ada.page.getByTestId('document-row').getByRole('link').click();
      await expect(ada.editor).toHaveText(text.trimEnd());
      expect(ada.page.url()).toBe(url);
      await ada.page.goBack();
      await expect(ada.page.getByTestId('home')).toBeVisible();
      await ada.page.goBack();
      await expect(ada.editor).toHaveText(text.trimEnd());

      for (const { name, path } of await ada.context.cookies()) expect([name, path]).toEqual(['weft_session', BASE]);
      expect(outside(front)).toEqual([]);
      expect(front.asked).toContainEqual(expect.stringMatching(/^\/weft\/live\//));
    });

    test('links that are copied and pasted lead to the same place', async ({ visit, front }) => {
      const ada = await visit('Ada', { context: CLIPBOARD });
      const home = front.origin + BASE;
      const url = await makeDocument(ada, home);
      await ada.open(url);
      await ada.type('Sea.');
      await chooseInMore(ada, 'copy-link');
      await expect.poll(() => clipboardOf(ada.page)).toBe(url);
      const share = await openLinks(ada);
      await share.getByTestId('new-link').click();
      await share.getByRole('form', { name: 'New invite link' }).getByLabel(/^Name/).fill('Class');
      await ada.page.keyboard.press('Enter');
      await share.getByRole('button', { name: 'Copy Class' }).click();
      await expect.poll(() => clipboardOf(ada.page)).toMatch(/#link=/);
      const invitation = await clipboardOf(ada.page);
      expect(invitation.split('#')[0]).toBe(url);

      const joon = await visit('Joon');
      await joon.page.goto(invitation);
      await expect(joon.editor).toHaveText('Sea.');
      expect(joon.page.url()).toBe(url);

      const kim = await visit('Kim');
      await kim.page.goto(`${home}/`);
      await kim.page.getByTestId('pasted-link').fill(invitation.replace('#', '%23'));
      await kim.page.getByTestId('open-link').click();
      await expect(kim.editor).toHaveText('Sea.');
      expect(kim.page.url()).toBe(url);
      await kim.page.goto(`${home}?show=bin`);
      await expect(kim.page.getByTestId('home')).toBeVisible();
      expect(kim.page.url()).toBe(`${home}/?show=bin`);
      expect(outside(front)).toEqual([]);
    });

    test('parts that come later load, and what is not Weft stays outside', async ({ visit, front }) => {
      const mina = await visit('Mina');
      const url = await makeDocument(mina, front.origin + BASE);
      await mina.open(url);
      await mina.type('# Sea');
      await mina.press('Control+f');
      await expect(mina.page.getByTestId('find')).toBeVisible();
      await mina.page.keyboard.press('Escape');
      await mina.press('Control+/');
      await expect(mina.page.getByTestId('commands')).toBeVisible();
      await mina.page.keyboard.press('Escape');
      // Rendered by a worker.
      await expect((await askForPreview(mina)).getByRole('heading', { name: 'Sea' })).toBeVisible();
      expect(outside(front)).toEqual([]);

      mina.log.allow(/status of 404/);
      await mina.page.goto(`${url}/edit`);
      await expect(mina.page.getByTestId('missing')).toContainText('This link is damaged');
      await mina.page.evaluate(() => {
        const link = document.createElement('a');
        link.href = '/beside';
        link.textContent = 'Beside Weft';
        document.querySelector('main, body')!.append(link);
      });
      await mina.page.getByText('Beside Weft').click();
      await expect.poll(() => front.asked).toContain('/beside');
    });
  });
}
