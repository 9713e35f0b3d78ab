import { expect, type Locator } from '@playwright/test';
import type { FastifyInstance } from 'fastify';
import { expectAccessible, SCREENS } from './fixtures/accessible.ts';
import { expectConverged } from './fixtures/converged.ts';
import { needs } from './fixtures/lacks.ts';
import { PastingHost, runModule } from './fixtures/pasting-host.ts';
import type { Person } from '../sdk/testing.ts';
import { ownDocument, setLinkAccess, setRole } from './fixtures/sharing.ts';
import { test } from './fixtures/test.ts';

const CLIPBOARD = { context: { permissions: ['clipboard-read', 'clipboard-write'] } };
const SECRET = 'a shared secret of thirty-two bytes or more';

/** Opens the Share dialog at what tells how to embed, once the preview has its text. */
async function openEmbed({ page }: Person): Promise<Locator> {
  await page.getByTestId('share-button').click();
  const share = page.getByTestId('share');
  await share.getByRole('tab', { name: 'Embed' }).click();
  await expect(share.getByTestId('embed-preview').getByTestId('editor')).toBeVisible();
  return share;
}

const codeOf = (share: Locator): Locator => share.getByTestId('embed-code').getByRole('tabpanel');
const choose = (share: Locator, of: string, choice: string): Promise<void> =>
  share.getByRole('radiogroup', { name: of }).getByRole('radio', { name: choice, exact: true }).click();

/** Copies the lines of a kind; returns what is on the clipboard. */
async function copy(share: Locator, kind: string, box = 'embed-code'): Promise<string> {
  const place = share.getByTestId(box);
  await place.getByRole('tab', { name: kind, exact: true }).click();
  await place.getByRole('button', { name: /^Copy/ }).click();
  await expect(place.getByRole('button', { name: /^Copied/ })).toBeVisible();
  return share.page().evaluate(() => navigator.clipboard.readText());
}

const idOf = (url: string): string => new URL(url).pathname.split('/').at(-1)!;

test('choices change the preview and the lines to paste, of which only those that differ are there', async ({
  visit,
  weft,
}) => {
  const ada = await visit('Ada');
  const url = await ownDocument(ada, { title: 'Plans', content: 'Sea.\nLand.' });
  await ada.open(url);
  const share = await openEmbed(ada);
  const preview = share.getByTestId('embed-preview');
  const code = codeOf(share);
  const line = (attributes: string): string => `<weft-editor document="${idOf(url)}"${attributes}></weft-editor>`;
  await expect(code).toHaveText(`<script src="${weft.url}/embed.js" async></script>\n${line('')}`);
  await expect(preview.getByTestId('editor')).toContainText('Sea.');
  await expect(preview).toContainText('Plans');
  // It is the same person that looks at it.
  await expect(ada.page.getByRole('banner').getByTestId('presence')).toHaveAttribute('data-count', '1');

  await choose(share, 'Visitors can', 'Read');
  await expect(preview.getByTestId('editor')).toHaveAttribute('contenteditable', 'false');
  await expect(code).toContainText(line(' mode="view"'));
  await choose(share, 'Colours', 'Dark');
  await expect(preview.getByTestId('editor')).toHaveCSS('color-scheme', 'dark');
  await choose(share, 'Who is here', 'None');
  await share.getByRole('switch', { name: 'Title and tools' }).click();
  await expect(preview).not.toContainText('Plans');
  await share.getByRole('switch', { name: 'Status' }).click();
  await share.getByRole('switch', { name: 'Line numbers' }).click();
  await expect(preview.locator('.weft-numbered')).toHaveCount(2);
  await expect(code).toContainText(
    'mode="view"\n  theme="dark"\n  presence="none"\n  toolbar="off"\n  status="off"\n  line-numbers\n',
  );

  await choose(share, 'Visitors can', 'Write');
  await choose(share, 'Colours', 'Auto');
  await choose(share, 'Who is here', 'Carets');
  for (const name of ['Title and tools', 'Status', 'Line numbers']) await share.getByRole('switch', { name }).click();
  await expect(code).toContainText(line(' presence="carets"'));
  await share.getByTestId('embed-code').getByRole('tab', { name: 'React' }).click();
  await expect(code).toContainText(`<WeftEditor`);
  await expect(code).toContainText(`server="${weft.url}"`);
  await expectConverged([ada], url, { text: 'Sea.\nLand.' });
});

test.describe('on a server that lets all websites in', () => {
  test.use({ ownServer: true, settings: { WEFT_ORIGINS: '*', WEFT_JWT_SECRET: SECRET } });

  for (const kind of ['HTML', 'Frame', 'Frame + JS']) {
    test(`the lines of ${kind} are copied, and work on a page of another website`, async ({ visit }) => {
      const [ada, mina] = [await visit('Ada', CLIPBOARD), await visit('Mina')];
      const url = await ownDocument(ada, { content: 'Sea.', linkAccess: 'edit' });
      await ada.open(url);
      const share = await openEmbed(ada);
      const host = await PastingHost.start(await copy(share, kind));
      await ada.page.keyboard.press('Escape');
      await mina.page.goto(host.url);
      const place = kind === 'HTML' ? mina.page : mina.page.frameLocator('iframe');
      const editor = place.locator('weft-editor').getByTestId('editor');
      await expect(editor).toHaveText('Sea.');
      await editor.click();
      await mina.page.keyboard.press('Control+End');
      await mina.page.keyboard.type(' And land.');
      await expect(ada.editor).toHaveText('Sea. And land.');
      await expectConverged([ada], url, { text: 'Sea. And land.' });
      await mina.page.goto('about:blank');
      await host.stop();
    });
  }

  test('where the link opens nothing, the lines with a token and the route for it let in who is signed in there', async ({
    visit,
  }, testInfo) => {
    const [ada, mina] = [await visit('Ada', CLIPBOARD), await visit('Mina')];
    const url = await ownDocument(ada, { content: 'Sea.', linkAccess: 'none' });
    await ada.open(url);
    const share = await openEmbed(ada);
    await expect(share.getByTestId('embed-who')).toContainText('visitors need a token from your application');
    await expect(share.getByTestId('embed-code').getByRole('tab', { name: 'Frame', exact: true })).toHaveCount(0);
    const route = await copy(share, 'Fastify', 'embed-token');
    const { app } = await runModule<{ app: FastifyInstance }>(
      testInfo.outputDir,
      'fastify',
      `process.env.WEFT_JWT_SECRET = '${SECRET}';
       import Fastify from 'fastify';
       export const app = Fastify();
       app.decorateRequest('user', null);
       app.addHook('onRequest', async (request) => {
         if (request.headers.cookie !== undefined) request.user = { id: 7, name: 'Mina of the harbour' };
       });
       ${route}`,
    );
    const host = await PastingHost.start(await copy(share, 'HTML'), app);
    await ada.page.keyboard.press('Escape');
    await mina.context.addCookies([{ name: 'harbour', value: 'signed-in', url: host.url }]);
    await mina.page.goto(host.url);
    const editor = mina.page.locator('weft-editor').getByTestId('editor');
    await expect(editor).toHaveText('Sea.');
    await editor.click();
    await mina.page.keyboard.type('Mine. ');
    await expect(ada.page.getByRole('banner').getByRole('button', { name: /Mina of the harbour/ })).toBeVisible();
    await expectConverged([ada], url);
    expect((await fetch(`${host.url}/weft-token`)).status).toBe(401);
    await mina.page.goto('about:blank');
    await host.stop();
  });

  test('the routes for Express and Next give tokens that open the document, in the role that visitors get', async ({
    visit,
    weft,
  }, testInfo) => {
    process.env['WEFT_JWT_SECRET'] = SECRET;
    const ada = await visit('Ada', CLIPBOARD);
    const url = await ownDocument(ada, { linkAccess: 'none' });
    await ada.open(url);
    const share = await openEmbed(ada);
    const roleWith = async (token: string): Promise<unknown> => {
      const headers = { authorization: `Bearer ${token}` };
      const answer = await fetch(`${weft.url}/api/documents/${idOf(url)}`, { headers });
      return ((await answer.json()) as { role?: unknown }).role;
    };
    const user = { id: 'kim', name: 'Kim' };

    const express = await copy(share, 'Express', 'embed-token');
    type Handler = (request: { user?: object }, response: object) => Promise<void>;
    const { handlers } = await runModule<{ handlers: Map<string, Handler> }>(
      testInfo.outputDir,
      'express',
      `export const handlers = new Map(); const app = { get: (path, handler) => handlers.set(path, handler) };\n${express}`,
    );
    const answer = async (request: { user?: object }): Promise<unknown> =>
      new Promise((resolve) => {
        const response = {
          set: () => response,
          type: () => response,
          send: resolve,
          sendStatus: resolve,
        };
        void handlers.get('/weft-token')!(request, response);
      });
    expect(await roleWith(String(await answer({ user })))).toBe('editor');
    expect(await answer({})).toBe(401);

    await choose(share, 'Visitors can', 'Read');
    const next = await copy(share, 'Next', 'embed-token');
    const { GET, signIn } = await runModule<{ GET: () => Promise<Response>; signIn: (one?: object) => void }>(
      testInfo.outputDir,
      'next',
      `let user; export const signIn = (one) => (user = one);\n${next.replace(
        "import { auth } from '@/auth';",
        'const auth = async () => user && { user };',
      )}`,
    );
    signIn(user);
    const given = await GET();
    expect(given.headers.get('cache-control')).toBe('no-store');
    expect(await roleWith(await given.text())).toBe('viewer');
    signIn();
    expect((await GET()).status).toBe(401);
  });
});

test.describe('on a server that names no websites', () => {
  test.use({ ownServer: true, settings: { WEFT_ORIGINS: '' } });

  test('an owner narrows whose pages can embed, and asks why one cannot', async ({ visit }) => {
    const [ada, mina] = [await visit('Ada', CLIPBOARD), await visit('Mina')];
    mina.log.allow(/status of 403|WebSocket connection/);
    const url = await ownDocument(ada, { content: 'Sea.', linkAccess: 'edit' });
    await ada.open(url);
    const share = await openEmbed(ada);
    const host = await PastingHost.start(await copy(share, 'HTML'));
    const pages = share.getByTestId('embed-pages');
    const verdict = share.getByTestId('embed-verdict');
    const field = pages.getByLabel('Website');
    const part = (name: string): Locator => verdict.locator(`[data-part="${name}"]`);

    await field.fill('two words');
    await pages.getByRole('button', { name: 'Check' }).click();
    await expect(pages.getByRole('alert')).toContainText('such as https://intranet.example');
    await expect(field).toBeFocused();
    await field.fill(`${host.url}/plans?day=1`);
    await field.press('Enter');
    await expect(verdict).toContainText(host.url);
    await expect(part('element')).toHaveText(/Works/);
    await expect(part('frame')).toContainText('no frames until its setting WEFT_ORIGINS names websites');
    await expect(part('guests')).toContainText('can read and write');

    await choose(share, 'Pages that can embed', 'Only these');
    await field.fill('intranet.example');
    await pages.getByRole('button', { name: 'Add' }).click();
    await expect(pages.getByRole('listitem')).toHaveText('https://intranet.example');
    await expect(share.getByText('Pages that can embed: intranet.example')).toBeVisible();
    await expect(ada.page.getByTestId('announcer')).toContainText('can embed the document');
    await field.fill(host.url);
    await field.press('Enter');
    await expect(part('element')).toContainText('not among those that can embed this document');
    await mina.page.goto(host.url);
    await expect(mina.page.locator('weft-editor')).toHaveAttribute('data-collab-state', 'refused');

    await pages.getByRole('button', { name: 'Add' }).click();
    await expect(pages.getByRole('listitem')).toHaveCount(2);
    await mina.page.reload();
    await expect(mina.page.locator('weft-editor').getByTestId('editor')).toHaveText('Sea.');
    await pages.getByRole('button', { name: 'Remove https://intranet.example' }).click();
    await expect(pages.getByRole('listitem')).toHaveText([host.url]);
    await expect(field).toBeFocused();
    await choose(share, 'Pages that can embed', 'All');
    await expect(share.getByText('Pages that can embed: All')).toBeVisible();
    await mina.page.goto('about:blank');
    await host.stop();
  });
});

test('what the link gives is said as it is, and leads to where it is changed', async ({ visit }) => {
  const ada = await visit('Ada');
  const url = await ownDocument(ada, { linkAccess: 'edit' });
  await ada.open(url);
  const share = await openEmbed(ada);
  const who = share.getByTestId('embed-who');
  await expect(who).toContainText('Anyone with the link can write, so visitors need no sign-in.');
  await who.getByRole('button', { name: 'Change access' }).click();
  const anyone = share.getByLabel('Anyone with the link');
  await expect(anyone).toBeFocused();
  await anyone.selectOption('view');
  await expect(anyone).toHaveAttribute('aria-busy', 'false');
  await share.getByRole('tab', { name: 'Embed' }).click();
  await expect(who).toContainText('Anyone with the link can only read. To write, visitors need a token');
  await expect(share.getByTestId('embed-token')).toBeVisible();
  await choose(share, 'Visitors can', 'Read');
  await expect(who).toContainText('Anyone with the link can read, so visitors need no sign-in.');
  await expect(share.getByTestId('embed-token')).toHaveCount(0);
  await setLinkAccess(ada, url, 'none');
});

test('who is no owner is not told how to embed', async ({ visit }) => {
  const [ada, joon] = [await visit('Ada'), await visit('Joon')];
  const url = await ownDocument(ada, { linkAccess: 'edit' });
  await ada.open(url);
  await joon.open(url);
  await setRole(ada, url, joon, 'editor');
  joon.log.allow(/status of 403/);
  await joon.page.getByTestId('share-button').click();
  const share = joon.page.getByTestId('share');
  await expect(share).toContainText('Only an owner can change who can do what.');
  await expect(share.getByRole('tab')).toHaveCount(0);
});

test('by the keyboard one gets into the preview and out of it, and the dialog stays', async ({ visit }) => {
  const ada = await visit('Ada');
  await ada.open(await ownDocument(ada, { content: 'Sea.' }));
  const share = await openEmbed(ada);
  const editor = share.getByTestId('embed-preview').getByTestId('editor');
  await editor.focus();
  await ada.page.keyboard.press('Escape');
  await expect(share).toBeVisible();
  await ada.page.keyboard.press('Tab');
  await expect(editor).not.toBeFocused();
  await expect(share).toBeVisible();
});

for (const [screen, viewport, colorScheme] of SCREENS) {
  test(`axe finds nothing on how to embed, ${colorScheme} on ${screen}`, async ({ visit }) => {
    const ada = await visit('Ada', { viewport, colorScheme, reducedMotion: 'reduce' });
    await ada.open(await ownDocument(ada, { title: 'Plans', content: 'Sea.', linkAccess: 'none' }));
    const share = await openEmbed(ada);
    await expectAccessible(ada, 'what is there at first');
    const pages = share.getByTestId('embed-pages');
    await choose(share, 'Pages that can embed', 'Only these');
    await pages.getByLabel('Website').fill('https://intranet.example');
    await pages.getByRole('button', { name: 'Add' }).click();
    await pages.getByLabel('Website').fill('https://other.example');
    await pages.getByLabel('Website').press('Enter');
    await expect(share.getByTestId('embed-verdict')).toBeVisible();
    await expectAccessible(ada, 'a verdict');
  });
}

test(
  'on a small phone nothing hangs over, from right to left too, and the code is copied at the thumb',
  needs('touch'),
  async ({ visit }) => {
    const phone = {
      viewport: { width: 320, height: 640 },
      context: { ...CLIPBOARD.context, hasTouch: true, isMobile: true },
    };
    const ada = await visit('Ada', phone);
    await ada.open(await ownDocument(ada, { title: 'Plans', content: 'Sea.', linkAccess: 'none' }));
    const share = await openEmbed(ada);
    for (const direction of ['ltr', 'rtl']) {
      await ada.page.evaluate((dir) => (document.documentElement.dir = dir), direction);
      const panel = share.getByRole('tabpanel', { name: 'Embed' });
      expect(await panel.evaluate((one) => one.scrollWidth - one.clientWidth), direction).toBeLessThanOrEqual(0);
      await expect(codeOf(share)).toHaveCSS('direction', 'ltr');
      const boxes = await panel
        .locator('button:visible, input:visible')
        .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON() as DOMRect));
      expect(boxes.length).toBeGreaterThan(15);
      for (const box of boxes) expect(box.height).toBeGreaterThanOrEqual(44);
    }
    const button = share.getByRole('button', { name: 'Copy the code' });
    await expect(button).toBeInViewport();
    await button.tap();
    await expect(share.getByRole('button', { name: 'Copied', exact: true })).toBeVisible();
    expect(await ada.page.evaluate(() => navigator.clipboard.readText())).toContain('weft-editor');
  },
);
