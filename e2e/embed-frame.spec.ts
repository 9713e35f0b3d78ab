import { expect, type Frame, type Page } from '@playwright/test';
import type { EmbedError, EmbedFrame } from '../web/embed/contract.ts';
import type { PageLog } from '../sdk/testing.ts';
import { HostPages, type HostPage } from './fixtures/host-page.ts';
import { test as base } from './fixtures/test.ts';

interface FrameTest {
  host: HostPages;
  /** Opens a page of another site, whose body is `html`; `SERVER` and `ID` in it are those of the test. */
  openHost: (html: string, headers?: HostPage['headers']) => Promise<{ page: Page; documentUrl: string; log: PageLog }>;
}

const test = base.extend<FrameTest>({
  host: async ({}, use) => {
    const host = await HostPages.start();
    await use(host);
    host.stop();
  },
  openHost: async ({ host, weft, visit, openDocument }, use) => {
    await use(async (html, headers = {}) => {
      const documentUrl = await openDocument({ content: 'Hello\n' });
      const id = new URL(documentUrl).pathname.split('/').at(-1)!;
      const body = html.replaceAll('SERVER', weft.url).replaceAll('ID', id);
      const { page, log } = await visit('Mina');
      const whole = `<!doctype html><html lang="en"><title>Host</title><body>${body}</body>`;
      await page.goto(host.add({ html: whole, headers }));
      return { page, documentUrl, log };
    });
  },
});
test.use({ ownServer: true, settings: { WEFT_ORIGINS: '*' } });

const MOUNTED = `<div id="place"></div><script src="SERVER/embed.js"></script><script>
  window.told = [];
  window.frame1 = Weft.mountFrame(document.getElementById('place'), { document: 'ID', user: { name: 'Mina' }, ...window.more });
  for (const name of ['weft-ready', 'weft-change', 'weft-state', 'weft-presence', 'weft-selection', 'weft-refused', 'input'])
    frame1.addEventListener(name, ({ detail }) => told.push({ name, detail }));
</script>`;

interface Told {
  readonly name: string;
  readonly detail: Record<string, unknown> | null;
}
declare const frame1: EmbedFrame;
declare const told: Told[];

const embedded = (page: Page): Frame => page.frames().find((frame) => frame.url().includes('/embed/'))!;

test('W16 mountFrame has the methods, properties and events of the element', async ({ openHost, join }) => {
  const { page, documentUrl } = await openHost(MOUNTED);
  await page.evaluate(() => frame1.ready);
  const joon = await join('Joon', { url: documentUrl });
  await expect(joon.editor).toHaveText('Hello');
  await page.evaluate(() => frame1.replaceRange(0, 5, 'Good morning'));
  await page.evaluate(() => frame1.flush());
  await expect(joon.editor).toHaveText('Good morning');
  await joon.press('Control+End');
  await joon.type('you');
  await page.waitForFunction(() => frame1.value === 'Good morning\nyou');
  await page.waitForFunction(() => frame1.people.length === 2);
  expect(await page.evaluate(() => [frame1.state, frame1.unsaved, frame1.role])).toEqual(['saved', 0, 'editor']);
  await page.evaluate(() => frame1.undo());
  await page.waitForFunction(() => frame1.value === 'Hello\nyou');
  await page.evaluate(() => frame1.select(1, 4));
  await page.waitForFunction(() =>
    told.some(({ name, detail }) => name === 'weft-selection' && detail!['anchor'] === 1 && detail!['head'] === 4),
  );
  const names = await page.evaluate(() => [...new Set(told.map(({ name }) => name))]);
  expect(names).toEqual(
    expect.arrayContaining(['weft-ready', 'weft-change', 'weft-state', 'weft-presence', 'weft-selection', 'input']),
  );
  const origins = await page.evaluate(() =>
    told.filter(({ name }) => name === 'weft-change').map(({ detail }) => detail!['origin']),
  );
  expect(new Set(origins)).toEqual(new Set(['local', 'remote']));
  await page.evaluate(() => frame1.destroy());
  await expect(page.locator('iframe')).toHaveCount(0);
});

/** The page tells nobody where it is. */
const WITHHELD = { 'referrer-policy': 'no-referrer' };

test('W16 mountFrame works in a page that tells nobody where it is', async ({ openHost, join }) => {
  const { page, documentUrl } = await openHost(MOUNTED, WITHHELD);
  await page.evaluate(() => frame1.ready);
  await page.evaluate(() => frame1.insertText('So, h'));
  await page.evaluate(() => frame1.flush());
  const joon = await join('Joon', { url: documentUrl });
  await expect(joon.editor).toHaveText('So, hHello');
});

test('W17 a frame without a script is an editor for a guest, with the options of its address', async ({ openHost }) => {
  const { page } = await openHost(
    '<iframe src="SERVER/embed/ID?theme=dark&mode=view&toolbar=off&line-numbers" title="Notes" width="600" height="300"></iframe>',
  );
  const frame = page.frameLocator('iframe');
  await expect(frame.getByTestId('editor')).toHaveText('Hello');
  await expect(frame.getByTestId('editor')).toHaveAttribute('contenteditable', 'false');
  await expect(frame.locator('.weft')).toHaveClass(/is-dark/);
  await expect(frame.locator('.title')).toHaveCount(0);
  await expect(frame.locator('.weft-numbered').first()).toBeVisible();
});

test('W16 a frame is as high as its text, up to a maximum', async ({ openHost }) => {
  const { page } = await openHost(`<script>window.more = { height: 'auto', maxHeight: 500 };</script>${MOUNTED}`);
  await page.evaluate(() => frame1.ready);
  const height = () => page.evaluate(() => frame1.iframe.getBoundingClientRect().height);
  const before = await height();
  await page.evaluate(() => frame1.insertText('\n'.repeat(6)));
  await expect.poll(height).toBeGreaterThan(before + 60);
  await page.evaluate(() => frame1.insertText('\n'.repeat(60)));
  await expect.poll(height).toBe(500);
});

test('W21 a sandbox without allow-same-origin is told what it lacks', async ({ openHost }) => {
  const { page } = await openHost(
    '<iframe id="without" sandbox="allow-scripts" src="SERVER/embed/ID"></iframe><iframe id="with" sandbox="allow-scripts allow-same-origin" src="SERVER/embed/ID"></iframe>',
  );
  await expect(page.frameLocator('#without').locator('p')).toContainText('allow-same-origin');
  await expect(page.frameLocator('#with').getByTestId('editor')).toHaveText('Hello');
});

test('W19 the port is taken once, from the parent, in the form of the contract alone', async ({ openHost }) => {
  const { page } = await openHost(
    '<iframe src="SERVER/embed/ID?connect"></iframe><iframe id="sibling" srcdoc="."></iframe>',
  );
  await expect.poll(() => embedded(page)?.evaluate(() => document.scripts.length)).toBeGreaterThan(1);
  await embedded(page).waitForFunction(() => customElements.get('weft-editor') !== undefined);
  const answers = await page.evaluate(
    async (server) => {
      const { contentWindow } = document.querySelector('iframe')!;
      const attempt = (data: unknown, from: Window = window, origin = server): Promise<unknown> => {
        const { port1, port2 } = new MessageChannel();
        const heard = new Promise((resolve) => {
          port1.onmessage = (event: MessageEvent) => resolve(event.data);
          setTimeout(() => resolve('nothing'), 300);
        });
        // The source of a message is the window whose code posts it.
        type Post = (to: Window, data: unknown, origin: string, port: MessagePort) => void;
        const post = (from as unknown as { eval: (code: string) => Post }).eval(
          '((to, data, origin, port) => to.postMessage(data, origin, [port]))',
        );
        post(contentWindow!, data, origin, port2);
        return heard;
      };
      const connect = { type: 'weft-connect', protocol: 1 };
      const sibling = (document.querySelector('#sibling') as HTMLIFrameElement).contentWindow!;
      return [
        await attempt('weft-connect'),
        await attempt({ ...connect, protocol: 2 }),
        await attempt(null),
        await attempt(connect, sibling),
        await attempt(connect),
        await attempt(connect),
      ];
    },
    new URL(embedded(page).url()).origin,
  );
  expect(answers).toEqual([
    ...['nothing', 'nothing', 'nothing', 'nothing'],
    { type: 'weft-ready', protocol: 1, features: expect.arrayContaining(['set', 'get']) as unknown },
    'nothing',
  ]);
});

test('W20 100,000 messages of any form are ignored or refused, and the editor goes on', async ({ openHost }) => {
  const { page } = await openHost('<iframe src="SERVER/embed/ID?connect"></iframe>');
  await expect.poll(() => embedded(page)?.evaluate(() => document.scripts.length)).toBeGreaterThan(1);
  const found = await page.evaluate(
    async ({ server, seed }) => {
      const { port1, port2 } = new MessageChannel();
      const heard: { id?: unknown; ok?: boolean; code?: string; value?: unknown; type?: string }[] = [];
      let isReady = (): void => {};
      const ready = new Promise<void>((resolve) => (isReady = resolve));
      port1.onmessage = ({ data }) => {
        heard.push(data as (typeof heard)[0]);
        if ((data as { type?: string }).type === 'weft-ready')
          port1.postMessage({ id: 'set', call: 'set', args: [{ user: { name: 'Mina' } }] });
        if ((data as { event?: string }).event === 'weft-ready') isReady();
      };
      document
        .querySelector('iframe')!
        .contentWindow!.postMessage({ type: 'weft-connect', protocol: 1 }, server, [port2]);
      await ready;
      let state = seed;
      const random = (): number => (state = (state * 1103515245 + 12345) % 2 ** 31) / 2 ** 31;
      const values = [undefined, null, 0, -1, 1e9, NaN, '', 'x', '__proto__', {}, [], [null], { id: 1 }, true];
      const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
      const calls = [
        'select',
        'scrollTo',
        'follow',
        'get',
        'set',
        'token',
        'undo',
        'toString',
        'constructor',
        '__proto__',
        'nothing',
        '',
      ];
      for (let count = 0; count < 100_000; count += 1) {
        const message =
          random() < 0.3
            ? pick(values)
            : {
                id: pick(values),
                call: pick<unknown>([...calls, ...values]),
                args: pick<unknown>([[], [pick(values), pick(values)], ...values]),
              };
        port1.postMessage(message);
        if (count % 5_000 === 0) await new Promise((resolve) => setTimeout(resolve));
      }
      const answered = new Promise<void>((resolve) => {
        const look = (): void => (heard.some(({ id }) => id === 'last') ? resolve() : void setTimeout(look, 50));
        look();
      });
      port1.postMessage({ id: 'last', call: 'get', args: ['value'] });
      await answered;
      return {
        last: heard.find(({ id }) => id === 'last'),
        codes: [...new Set(heard.filter(({ ok }) => ok === false).map(({ code }) => code))],
      };
    },
    { server: new URL(embedded(page).url()).origin, seed: 20261130 },
  );
  expect(found).toEqual({ last: { id: 'last', ok: true, value: 'Hello\n' }, codes: ['bad_message'] });
  await expect(page.frameLocator('iframe').getByTestId('editor')).toHaveText('Hello');
});

test.describe('of a server that names no origins', () => {
  test.use({ settings: { WEFT_ORIGINS: '' } });

  /** As snippets.test.ts has it. */
  const SNIPPET =
    '<iframe src="SERVER/embed/ID" title="Notes" width="100%" height="480" referrerpolicy="strict-origin"></iframe>';

  const PAGES = {
    'the frame of a page': ['<iframe src="SERVER/embed/ID" width="500" height="300"></iframe>', {}],
    'the snippet, in a page that tells nobody where it is': [SNIPPET, WITHHELD],
    'mountFrame, in a page that tells nobody where it is': [MOUNTED, WITHHELD],
  } as const;
  for (const [which, [html, headers]] of Object.entries(PAGES)) {
    test(`W18 ${which} says that it may not show the document here, and offers a tab of its own`, async ({
      openHost,
      host,
    }) => {
      const { page, documentUrl, log } = await openHost(html, headers);
      log.allow(/responded with a status of 403/);
      const frame = page.frameLocator('iframe');
      await expect(frame.locator('p').first()).toContainText(host.url);
      const link = frame.getByRole('link');
      await expect(link).toHaveAttribute('target', '_blank');
      const tab = page.waitForEvent('popup');
      await link.click();
      expect((await tab).url()).toBe(documentUrl);
    });
  }

  test('W16 mountFrame tells its page that the frame is refused', async ({ openHost }) => {
    const { page, log } = await openHost(MOUNTED);
    log.allow(/responded with a status of 403/);
    expect(await page.evaluate(() => frame1.ready.catch((error: EmbedError) => error.code))).toBe('forbidden');
    expect(await page.evaluate(() => [frame1.state, told])).toEqual([
      'refused',
      [{ name: 'weft-refused', detail: { code: 'forbidden', text: '' } }],
    ]);
  });
});
