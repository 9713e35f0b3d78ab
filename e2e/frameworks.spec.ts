import { expect, type Page } from '@playwright/test';
import { HostProject, type HostName } from './fixtures/host-project.ts';
import { NETWORK_ERRORS, readStored, type Person } from '../sdk/testing.ts';
import { goodClaims, JWT_SECRET, signToken } from '../testing/token-maker.ts';
import { test } from './fixtures/test.ts';

/** What a page of a host shows of the editor and of the document without a view. */
function shownIn(page: Page) {
  const told = page.getByTestId('told');
  return {
    element: page.getByTestId('element'),
    content: page.locator('weft-editor .cm-content'),
    told,
    lines: async () => ((await told.textContent()) ?? '').trim().split('\n'),
    text: page.getByTestId('text'),
    state: page.getByTestId('state'),
    numbers: page.getByTestId('numbers'),
    people: page.getByTestId('people'),
    names: page.getByTestId('names'),
    lastChange: page.getByTestId('last-change'),
    press: (name: string) => page.getByRole('button', { name, exact: true }).click(),
  };
}

function idOf(documentUrl: string): string {
  return documentUrl.split('/').at(-1)!;
}

function joins({ network }: Person): number {
  return network.sent.filter(({ type }) => type === 'join').length;
}

const HOSTS: readonly HostName[] = ['react-18', 'react-19', 'vue', 'svelte'];

for (const name of HOSTS) {
  test.describe(name, () => {
    // One worker builds the project.
    test.describe.configure({ mode: 'default' });

    let host: HostProject;
    test.beforeAll(async () => {
      host = await HostProject.start(name);
    });
    test.afterAll(() => host?.stop());

    test('two people type together, one of them in the component, which joins once and tells what happens', async ({
      visit,
      join,
      openDocument,
      weft,
    }) => {
      const url = await openDocument();
      const joon = await join('Joon', { url });
      const ann = await visit('Ann');
      const page = shownIn(ann.page);
      await ann.goto(host.url({ document: idOf(url), server: weft.url, shows: 'editor' }));
      await expect(page.content).toBeVisible();
      await expect.poll(page.lines).toContain('ready');

      await page.content.click();
      await Promise.all([ann.keyboard.type('from a host '), joon.type('from Weft ')]);
      await expect.poll(async () => (await readStored(joon, url)).text.length).toBe(22);
      const { text } = await readStored(joon, url);
      await expect(page.content).toHaveText(text.trim());
      await expect.poll(page.lines).toContain('presence 2');
      const lines = await page.lines();
      expect(lines).toEqual(expect.arrayContaining(['change local light', 'change remote light', 'state saved']));
      expect(lines.some((line) => line.startsWith('selection '))).toBe(true);

      // All functions were others at each of these renderings; the newest is the one that is called.
      await page.press('Dark');
      await expect(page.element).toHaveAttribute('theme', 'dark');
      await joon.type('!');
      await expect.poll(page.lines).toContain('change remote dark');
      expect(joins(ann)).toBe(1);
    });

    test('its handle writes and waits until everything is durable', async ({ visit, openDocument, weft }) => {
      const url = await openDocument({ content: 'text' });
      const ann = await visit('Ann');
      const page = shownIn(ann.page);
      await ann.goto(host.url({ document: idOf(url), server: weft.url, shows: 'editor' }));
      await expect.poll(page.lines).toContain('ready');
      await page.press('Insert');
      await page.press('Flush');
      await expect.poll(page.lines).toContain('flushed 0');
      expect((await readStored(ann, url)).text).toContain('inserted ');
    });

    test('a document that is not there is refused in the words of the host', async ({ visit, weft }) => {
      const ann = await visit('Ann');
      ann.log.allow(/404|WebSocket connection to .* failed/);
      await ann.goto(host.url({ document: 'no-such-document', server: weft.url, shows: 'editor' }));
      await expect.poll(shownIn(ann.page).lines).toContain('refused not_found');
    });

    test('unmounted while it connects, it is not in the document, and mounted again it is', async ({
      visit,
      join,
      openDocument,
      weft,
    }) => {
      const url = await openDocument();
      const ann = await visit('Ann');
      const page = shownIn(ann.page);
      ann.network.hold();
      await ann.goto(host.url({ document: idOf(url), server: weft.url, shows: 'editor headless' }));
      await expect.poll(() => joins(ann)).toBe(2);
      await page.press('Unmount');
      ann.network.release();
      const joon = await join('Joon', { url });
      await joon.type('alone');
      await expect.poll(async () => (await readStored(joon, url)).text).toBe('alone');
      await expect.poll(() => peopleAt(weft.url)).toBe(1);
      await page.press('Mount');
      await expect(page.content).toHaveText('alone');
      await expect(page.text).toHaveText('alone');
      await expect.poll(() => peopleAt(weft.url)).toBe(3);
    });

    test('what is unsent when it is unmounted or replaced is sent', async ({ visit, openDocument, weft }) => {
      const url = await openDocument();
      const ann = await visit('Ann');
      const page = shownIn(ann.page);
      await ann.goto(host.url({ document: idOf(url), server: weft.url, shows: 'editor headless' }));
      await expect.poll(page.lines).toContain('ready');
      await expect(page.numbers).toHaveText(/editor$/);
      ann.network.hold();
      await page.press('Insert');
      await page.press('Insert headless');
      await page.press('Replace');
      ann.network.release();
      await expect(page.text).toHaveText(/^(inserted headless|headless inserted)/);
      ann.network.hold();
      await page.press('Take away');
      await page.press('Unmount');
      ann.network.release();
      await expect.poll(async () => (await readStored(ann, url)).text).toHaveLength(9);
    });

    test('without a network, what was typed comes back with the component, and is sent once there is one', async ({
      visit,
      openDocument,
      weft,
    }) => {
      const url = await openDocument({ content: 'text' });
      const ann = await visit('Ann');
      ann.log.allow(NETWORK_ERRORS);
      const page = shownIn(ann.page);
      await ann.goto(host.url({ document: idOf(url), server: weft.url, shows: 'headless' }));
      await expect(page.text).toHaveText('text');
      await ann.network.cut();
      await expect(page.state).toHaveText('reconnecting');
      await page.press('Insert headless');
      await expect(page.numbers).toHaveText(/^1 /);
      await page.press('Unmount');
      await expect(page.text).toHaveCount(0);
      await page.press('Mount');
      await expect(page.text).toHaveText('headless text');
      await expect(page.numbers).toHaveText(/^1 /);
      await ann.network.heal();
      await ann.wake();
      await expect.poll(async () => (await readStored(ann, url)).text).toBe('headless text');
      await expect(page.numbers).toHaveText(/^0 /);
    });

    test('the document without a view: text, people, numbers and the last change', async ({
      visit,
      join,
      openDocument,
      weft,
    }) => {
      const url = await openDocument({ content: 'one' });
      const ann = await visit('Ann');
      const page = shownIn(ann.page);
      await ann.goto(host.url({ document: idOf(url), server: weft.url, shows: 'headless' }));
      await expect(page.text).toHaveText('one');
      await expect(page.state).toHaveText('live');
      await expect(page.lastChange).toHaveText('');
      await expect(page.people).toHaveText('Hugo');
      const joon = await join('Joon', { url });
      await expect(page.people).toHaveText('Hugo, Joon');
      await expect(page.names).toHaveText('Hugo, Joon');
      await page.press('Insert headless');
      await expect(page.lastChange).toHaveText('local ["headless "]');
      await expect(page.state).toHaveText('saved');
      const { version } = await readStored(joon, url);
      await expect(page.numbers).toHaveText(`0 ${version} editor`);
      await joon.type('z');
      await expect(page.lastChange).toHaveText(/^remote \[.*"z"/);
      expect(joins(ann)).toBe(1);
    });

    test('another document takes the place of the one before, in the component and without a view', async ({
      visit,
      openDocument,
      weft,
    }) => {
      const [first, second] = [await openDocument({ content: 'first' }), await openDocument({ content: 'second' })];
      const ann = await visit('Ann');
      const page = shownIn(ann.page);
      const options = { document: idOf(first), other: idOf(second), server: weft.url, shows: 'editor headless' };
      await ann.goto(host.url(options));
      await expect(page.content).toHaveText('first');
      await expect(page.text).toHaveText('first');
      ann.network.hold();
      await page.press('Insert headless');
      await page.press('Other document');
      ann.network.release();
      await expect(page.content).toHaveText('second');
      await expect(page.text).toHaveText('second');
      await expect.poll(async () => (await readStored(ann, first)).text).toBe('headless first');
      await expect.poll(() => peopleAt(weft.url)).toBe(2);
    });

    test('a server writes the tag with its content; the page takes it over without a warning, and joins once', async ({
      visit,
      openDocument,
      weft,
    }) => {
      const url = await openDocument({ content: 'written' });
      const options = { document: idOf(url), server: weft.url, shows: 'editor headless' };
      const html = await host.render(options);
      expect(html).toMatch(/<weft-editor[^>]* document="[^"]+"[^>]*>(<!--.*?-->)?<p>Until it is there<\/p>/);
      expect(html).toContain('line-numbers');
      expect(html).toContain('class="editor"');
      expect(html).not.toContain('Ann');
      host.serveRendered(html);
      const ann = await visit('Ann');
      const page = shownIn(ann.page);
      await ann.goto(host.url(options));
      await expect(page.content).toHaveText('written');
      await expect(page.text).toHaveText('written');
      await expect.poll(page.lines).toContain('ready');
      await expect(page.element).not.toHaveAttribute('defer-hydration');
      await expect(page.element).toHaveCount(1);
      expect(joins(ann)).toBe(2);
      expect(ann.log.lines.filter((line) => /^(warning|error)/.test(line))).toEqual([]);
      host.serveRendered('');
    });

    test.describe('where guests are not let in', () => {
      test.use({ ownServer: true, settings: { WEFT_GUESTS: 'off', WEFT_JWT_SECRET: JWT_SECRET } });

      test('a token lets both in at the first attempt, and is nowhere in the page', async ({
        visit,
        request,
        weft,
      }) => {
        const token = await signToken(goodClaims({ exp: Math.floor(Date.now() / 1000) + 3600 }));
        const headers = { authorization: `Bearer ${token}` };
        const made = await request.post(`${weft.url}/api/documents`, { headers, data: { content: 'for users' } });
        const { id } = (await made.json()) as { id: string };
        const options = { document: id, server: weft.url, shows: 'editor headless', token };
        const html = await host.render(options);
        expect(html).not.toContain(token);
        host.serveRendered(html);
        const ann = await visit('Ann');
        const page = shownIn(ann.page);
        await ann.goto(host.url(options));
        await expect(page.content).toHaveText('for users');
        await expect(page.text).toHaveText('for users');
        await expect(page.people).toHaveText('Mina 민아');
        await page.press('Insert');
        await page.press('Flush');
        await expect.poll(page.lines).toContain('flushed 0');
        expect(joins(ann)).toBe(2);
        expect((await page.lines()).filter((line) => line.startsWith('refused'))).toEqual([]);
        expect(await ann.page.content()).not.toContain(token);
        host.serveRendered('');
      });
    });
  });
}

/** How many sessions all documents of a server have. */
async function peopleAt(serverUrl: string): Promise<number> {
  const metrics = await (await fetch(`${serverUrl}/metrics`)).text();
  return Number(/^weft_sessions (\d+)/m.exec(metrics)![1]);
}
