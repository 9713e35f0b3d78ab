import { expect, type Locator } from '@playwright/test';
import { createHmac } from 'node:crypto';
import { HeaderProxy } from './fixtures/header-proxy.ts';
import { addressOf, findPerson, makeLink, ownDocument, setRole } from './fixtures/sharing.ts';
import { test } from './fixtures/test.ts';

/** How the Share dialog looks: how its lines begin, and where its fields end. */

const SECRET = 'a shared secret of thirty-two bytes or more';

/** Of somebody who is signed in by a host application. */
function tokenOf(sub: string, name: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { sub, name, aud: 'weft', exp: Math.floor(Date.now() / 1000) + 3600 };
  const signed = `${part({ alg: 'HS256' })}.${part(claims)}`;
  return `${signed}.${createHmac('sha256', SECRET).update(signed).digest('base64url')}`;
}

/** What the lines of a dialog begin with that can be seen: all that is a block, or laid out as one, and the choices shown. */
async function linesOf(dialog: Locator): Promise<string[]> {
  return dialog.evaluate((root) =>
    [...root.querySelectorAll<HTMLElement>('*')].flatMap((element) => {
      if (element instanceof HTMLSelectElement) return [...element.selectedOptions].map((one) => one.text);
      if (element instanceof HTMLInputElement) return [element.placeholder];
      const { display } = getComputedStyle(element);
      const { width, height } = element.getBoundingClientRect();
      const isSeen = width > 1 && height > 1 && element.closest('svg, option, [hidden]') === null;
      return isSeen && display !== 'inline' && display !== 'contents' ? [element.innerText.trim()] : [];
    }),
  );
}

test.describe('with guests, links and somebody who is signed in', () => {
  test.use({ ownServer: true, settings: { WEFT_JWT_SECRET: SECRET } });

  test('no line of the Share dialog begins with a small letter', async ({ visit, weft }) => {
    const ada = await visit('Ada');
    const url = await ownDocument(ada, { title: 'Plans', linkAccess: 'view' });
    const token = tokenOf('kim', 'Kim Seo');
    const proxy = await HeaderProxy.start(weft.url, (all) => ({ ...all, authorization: `Bearer ${token}` }));
    const link = await makeLink(ada, url, { role: 'viewer', name: 'Class 7b', password: 'seaside' });
    const open = await makeLink(ada, url, { role: 'editor', expiresAt: Date.now() + 1e8 });
    const [joon, ida, kim, mina] = [await visit('Joon'), await visit('Ida'), await visit('Kim'), await visit('Mina')];
    await setRole(ada, url, joon, 'commenter');
    await joon.open(url);
    await mina.open(url);
    await mina.leave();
    await ida.page.goto(addressOf(url, open));
    await ida.editor.waitFor();
    await kim.page.goto(url.replace(weft.url, proxy.url));
    await kim.editor.waitFor();
    await ada.open(url);

    await ada.page.getByTestId('share-button').click();
    const share = ada.page.getByTestId('share');
    await expect(share.getByTestId('share-person')).toHaveCount(4);
    await expect(share.locator('[data-name="Kim Seo"]')).toContainText('Here now · by link: can read');
    await expect(share.locator('[data-name="Ada"]')).toContainText('You');
    await share.getByTestId('add-by-id').getByText('More').click();
    await findPerson(share, 'Mina');
    await share.getByTestId('leave').click();
    const isSmall = (line: string): boolean => /^\p{Ll}/u.test(line);
    const people = await linesOf(share);
    expect(people.filter(isSmall)).toEqual([]);
    expect(people).toEqual(expect.arrayContaining(['Here now', 'Commenter', 'Give a role…']));

    await share.getByRole('tab', { name: /^Links/ }).click();
    await expect(share.getByTestId('share-link')).toHaveCount(2);
    await expect(share.locator(`[data-id="${link.id}"]`)).toContainText('Can read · never ends · with a password');
    await share.getByTestId('new-link').click();
    await share
      .locator(`[data-id="${link.id}"]`)
      .getByRole('button', { name: /^Revoke/ })
      .click();
    const links = await linesOf(share);
    expect(links.filter(isSmall)).toEqual([]);
    expect(links).toEqual(expect.arrayContaining(['Viewer: can read', 'Never']));

    // And for somebody who is no owner.
    await kim.page.getByTestId('share-button').click();
    const own = kim.page.getByTestId('share');
    await expect(own.locator('[data-name="Kim Seo"]')).toContainText('You · Viewer');
    expect((await linesOf(own)).filter(isSmall)).toEqual([]);
    proxy.stop();
  });
});

for (const direction of ['ltr', 'rtl'] as const) {
  for (const width of [1280, 390, 320]) {
    test(`roles of people end where what is above them does, at ${width} px, ${direction}`, async ({ visit }) => {
      const ada = await visit('Ada', { viewport: { width, height: 780 } });
      const [joon, ida] = [await visit('Joon'), await visit('Ida')];
      const url = await ownDocument(ada, { title: 'Plans', linkAccess: 'view' });
      await setRole(ada, url, joon, 'editor');
      await ida.open(url);
      await ada.open(url);
      await ada.page.evaluate((dir) => (document.documentElement.dir = dir), direction);
      await ada.page.getByTestId('share-button').click();
      const share = ada.page.getByTestId('share');
      await expect(share.getByTestId('share-person')).toHaveCount(3);
      const ends = await share.locator('[data-testid="add-person"], [data-testid="share-person"]').evaluateAll(
        (all, isMirrored) =>
          all.map((one) => {
            const { left, right, width } = one.querySelector('select')!.getBoundingClientRect();
            return { end: Math.round(isMirrored ? left : right), width: Math.round(width) };
          }),
        direction === 'rtl',
      );
      expect(new Set(ends.map(({ end }) => end)).size).toBe(1);
      // Those of people are as wide as each other.
      expect(new Set(ends.slice(1).map(({ width: one }) => one)).size).toBe(1);
      const anyone = share.getByTestId('anyone');
      const sides = await anyone.evaluate((card) => {
        const [outer, inner] = [card, card.querySelector('select')!].map((one) => one.getBoundingClientRect());
        return [inner!.left - outer!.left, outer!.right - inner!.right].map(Math.round);
      });
      if (width < 500) expect(sides[0]).toBe(sides[1]);
      const field = share.getByRole('combobox', { name: 'Add people by name' });
      const cut = await field.evaluate((input: HTMLInputElement) => {
        const drawing = document.createElement('canvas').getContext('2d')!;
        const { font, paddingLeft, paddingRight } = getComputedStyle(input);
        drawing.font = font;
        const room = input.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
        return drawing.measureText(input.placeholder).width - room;
      });
      expect(cut).toBeLessThanOrEqual(0);
    });
  }
}
