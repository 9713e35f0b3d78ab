import { expect, test } from '@playwright/test';
import { createHmac } from 'node:crypto';
import { ServerProcess } from '../testing/server-process.ts';
import { HeaderProxy } from './fixtures/header-proxy.ts';
import { Network, PageLog } from '../sdk/testing.ts';

const SECRET = 'a shared secret of thirty-two bytes or more';

/** As a host application signs it. */
function signToken(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg: 'HS256' })}.${part({ aud: 'weft', exp: Math.floor(Date.now() / 1000) + 3600, ...claims })}`;
  return `${signed}.${createHmac('sha256', SECRET).update(signed).digest('base64url')}`;
}

test.describe('where guests are off', () => {
  let server: ServerProcess;
  let proxy: HeaderProxy;
  const token = signToken({ sub: 'mina', name: 'Mina Kim' });
  /** Of who is signed in, as some companies have a proxy for in front of all they run. */
  let shown = token;
  test.beforeAll(async () => {
    server = await ServerProcess.start({ env: { WEFT_GUESTS: 'off', WEFT_JWT_SECRET: SECRET } });
    proxy = await HeaderProxy.start(server.url, (headers) => ({ ...headers, authorization: `Bearer ${shown}` }));
  });
  test.afterAll(async () => {
    proxy.stop();
    await server.dispose();
  });

  test('K8 the page says that one comes through the host application', async ({ page }) => {
    for (const path of ['/', '/d/anything']) {
      await page.goto(`${server.url}${path}`);
      await expect(page.getByTestId('sign-in')).toContainText('This server does not allow guests');
    }
    expect(await page.context().cookies()).toEqual([]);
  });

  test('K3 a person whom a proxy signs in writes, and the page never holds the token', async ({ page }) => {
    await page.goto(proxy.url);
    await page.getByTestId('new-document').click();
    const editor = page.getByRole('textbox', { name: /text/i }).first();
    await expect(page.getByTestId('document')).toHaveAttribute('data-collab-state', /live|saved/);
    await expect(editor).toBeFocused();
    await page.keyboard.type('Written by Mina');
    await expect(page.getByTestId('document')).toHaveAttribute('data-collab-state', 'saved');
    await page.reload();
    await expect(editor).toContainText('Written by Mina');
    const held = await page.evaluate(async () => {
      const databases = await indexedDB.databases();
      return JSON.stringify([
        location.href,
        document.documentElement.outerHTML,
        document.cookie,
        { ...localStorage },
        { ...sessionStorage },
        databases,
      ]);
    });
    expect(held).toContain('Written by Mina');
    for (const part of token.split('.').slice(1)) expect(held).not.toContain(part);
    expect(await page.context().cookies()).toEqual([]);
  });

  test('what Mina left unsent does not go out as Joon’s in the same browser, and comes back with her', async ({
    page,
    context,
  }) => {
    const network = await Network.install(context, await PageLog.install(context));
    const editor = page.getByRole('textbox', { name: /text/i }).first();
    const open = async () => {
      await page.goto(url);
      await expect(page.getByTestId('document')).toHaveAttribute('data-collab-state', /live|saved/);
    };
    await page.goto(proxy.url);
    await page.getByTestId('new-document').click();
    await expect(page.getByTestId('document')).toHaveAttribute('data-collab-state', /live|saved/);
    await expect(editor).toBeFocused();
    const url = page.url();
    const api = url.replace('/d/', '/api/documents/');
    expect((await page.request.put(`${api}/members/joon`, { data: { role: 'editor' } })).status()).toBe(200);
    network.hold();
    await page.keyboard.type('Left by Mina.');
    await expect(page.getByTestId('document')).toHaveAttribute('data-collab-unsaved', '13');
    await page.goto('about:blank');
    network.forget();

    shown = signToken({ sub: 'joon', name: 'Joon' });
    await open();
    await editor.focus();
    await page.keyboard.type('Joon was here. ');
    await expect(page.getByTestId('document')).toHaveAttribute('data-collab-state', 'saved');
    await expect(editor).toHaveText('Joon was here. ');

    shown = token;
    await open();
    await expect(editor).toHaveText(/^(Left by Mina.Joon was here. |Joon was here. Left by Mina.)$/);
    const history = await page.request.get(`${api}/changes`);
    const { changes } = (await history.json()) as { changes: { userId: string; operations: { text?: string }[] }[] };
    const written = (userId: string) =>
      changes
        .filter((change) => change.userId === userId)
        .flatMap(({ operations }) => operations.map(({ text }) => text))
        .join('');
    expect(written('joon')).toBe('Joon was here. ');
    expect(written('mina')).toBe('Left by Mina.');
  });
});
