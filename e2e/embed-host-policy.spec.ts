import { expect } from '@playwright/test';
import type { EmbeddedPerson } from './fixtures/embedded-person.ts';
import { expectConverged } from './fixtures/converged.ts';
import { test, type EmbedOptions } from './fixtures/embed.ts';

/** A page without scripts and styles of its own. */
const bare: EmbedOptions['page'] = ({ script, element }) => `<!doctype html><title>Strict</title>${script}${element}`;

/** The policy that embedding.md promises to be enough. */
const policyOf = (server: string): string =>
  `default-src 'none'; script-src ${server}; connect-src ${server} ${server.replace(/^http/, 'ws')}`;

const POLICIES = {
  'scripts and connections of the server alone': '',
  'trusted types': "; require-trusted-types-for 'script'",
  'trusted types of which none may be made': "; require-trusted-types-for 'script'; trusted-types 'none'",
};

for (const [what, more] of Object.entries(POLICIES)) {
  test(`W4 a host whose policy allows ${what} has the whole editor, without one violation`, async ({
    embed,
    join,
    weft,
    openDocument,
  }) => {
    const url = await openDocument({ content: '# Plans\n\n- [ ] one\n- two **bold**\n' });
    const mina = await embed('Mina', {
      url,
      page: bare,
      headers: { 'content-security-policy': policyOf(weft.url) + more },
    });
    const joon = await join('Joon', { url });
    await joon.press('Control+End');
    await joon.type('Joon');
    await expect(mina.element.getByTestId('remote-caret')).toHaveCount(1);
    // Everything that is loaded or made later: names, menus, search, the menu of a link, numbers.
    await mina.element.locator('.disc-button').click();
    await expect(mina.element.getByRole('menu')).toBeVisible();
    await mina.keyboard.press('Escape');
    await mina.press('Control+f');
    await expect(mina.element.locator('.cm-panels')).toBeVisible();
    await mina.keyboard.press('Escape');
    await mina.element.evaluate((element) => element.toggleAttribute('line-numbers', true));
    await expect(mina.element.locator('.weft-numbered').first()).toBeVisible();
    await mina.press('Control+Home');
    await mina.keyboard.type('Mina ');
    await expectConverged([mina, joon], url);
    // The styles are there, too.
    await expect(mina.element.locator('.bar')).toHaveCSS('display', 'flex');
    // PageLog fails the test at any violation.
  });
}

/** Sizes and looks of what is inside. */
function metricsOf(person: EmbeddedPerson): Promise<unknown> {
  return person.evaluate(() => {
    const parts = ['.weft', '.bar', '.title', '.status', '.icon-button', '.cm-content', '.cm-line', '.cm-scroller'];
    return parts.map((selector) => {
      const part = document.querySelector(selector)!;
      const {
        color,
        backgroundColor,
        fontFamily,
        fontSize,
        lineHeight,
        letterSpacing,
        textTransform,
        padding,
        margin,
        direction,
      } = getComputedStyle(part);
      const { left, width, height } = part.getBoundingClientRect();
      // A host that reverts the height of the element itself lets the text make it.
      const tall = ['.weft', '.cm-content', '.cm-scroller'].includes(selector) ? undefined : height;
      return {
        selector,
        color,
        backgroundColor,
        fontFamily,
        fontSize,
        lineHeight,
        letterSpacing,
        textTransform,
        padding,
        margin,
        direction,
        left,
        width,
        tall,
      };
    });
  });
}

const HOSTILE = {
  'reverts everything, with letters of 40 pixels': '* { all: revert !important; font-size: 40px !important }',
  'inherits odd things':
    'html, body { letter-spacing: .3em; text-transform: uppercase; word-spacing: 2em; line-height: 3; color: red; font: italic 900 30px fantasy; text-align: center; white-space: pre; visibility: visible; cursor: wait; text-indent: 3em; tab-size: 1; hyphens: auto; user-select: none; word-break: break-all; text-shadow: 1px 1px red; quotes: none; list-style: square; border-spacing: 3px }',
  'has a root of 62.5 %': 'html { font-size: 62.5% }',
  'has a root of 40 pixels': 'html { font-size: 40px }',
};

for (const [what, styles] of Object.entries(HOSTILE)) {
  test(`W14 in a page that ${what}, it is as in a plain one`, async ({ embed, openDocument }) => {
    const url = await openDocument({ content: 'One line.\nAnother.', title: 'Plans' });
    const page =
      (css: string): EmbedOptions['page'] =>
      ({ script, element }) =>
        `<!doctype html><title>Styles</title><style>${css}</style>${script}<body style="margin: 8px !important">${element}`;
    const viewport = { width: 620, height: 700 };
    const [plain, hostile] = [
      await embed('Mina', { url, viewport, page: page('') }),
      await embed('Joon', { url, viewport, page: page(styles) }),
    ];
    await plain.evaluate(() => document.fonts.ready.then(() => undefined));
    expect(await metricsOf(hostile)).toEqual(await metricsOf(plain));
    await hostile.type('x');
    await expectConverged([hostile, plain], url);
  });
}

test('W14 nothing of ours changes the page of the host', async ({ embed }) => {
  const mina = await embed('Mina', {
    page: ({
      script,
      element,
      user,
    }) => `<!doctype html><title>Out</title><style id="own">p { margin: 7px }</style>${script}
      <p class="bar title band button status" id="p">Text</p><button class="button">B</button><div class="cm-line">Line</div>${element}${user}`,
  });
  await mina.type('x');
  const own = await mina.page.evaluate(() => {
    const plain = document.createElement('iframe');
    document.body.append(plain);
    const copy = plain.contentDocument!;
    copy.body.innerHTML =
      document.querySelector('#own')!.outerHTML +
      document.querySelector('#p')!.outerHTML +
      '<button>B</button><div>Line</div>';
    const lookOf = (page: Document, selector: string): string => {
      const style = page.defaultView!.getComputedStyle(page.querySelector(selector)!);
      return [...style]
        .filter(
          (name) =>
            !/^(width|height|inline-size|block-size|perspective-origin|transform-origin|-webkit-app)/.test(name),
        )
        .map((name) => `${name}: ${style.getPropertyValue(name)}`)
        .join('; ');
    };
    return {
      looks: ['#p', 'button', 'div'].map((selector) => [lookOf(document, selector), lookOf(copy, selector)]),
      sheets: document.adoptedStyleSheets.length,
      head: [...document.querySelectorAll('style, link')].map(({ id }) => id),
      custom: [...document.documentElement.attributes].map(({ name }) => name),
    };
  });
  for (const [ours, theirs] of own.looks) expect(ours).toBe(theirs);
  expect(own).toMatchObject({ head: ['own'], custom: [] });
});
