import { expect, type Locator } from '@playwright/test';
import { expectAccessible } from './fixtures/accessible.ts';
import { expectConverged } from './fixtures/converged.ts';
import type { Person } from '../sdk/testing.ts';
import { askForPreview } from './fixtures/preview.ts';
import { ownDocument } from './fixtures/sharing.ts';
import { scrollTo } from './fixtures/shown.ts';
import { test } from './fixtures/test.ts';

const WIDE = { viewport: { width: 1280, height: 800 } };

async function openPreview(person: Person): Promise<Locator> {
  const preview = await askForPreview(person);
  await expect(preview).toHaveAttribute('aria-busy', 'false');
  return preview;
}

test('what another types appears in the preview, and nothing but the changed block is exchanged', async ({
  join,
  openDocument,
}) => {
  const content = '# Plan\n\n<details>\n<summary>More</summary>\n\ninside\n\n</details>\n\nlast **words**';
  const url = await openDocument(content);
  const [mina, joon] = [await join('Mina', WIDE), await join('Joon')];
  const preview = await openPreview(mina);
  await expect(preview.getByRole('heading', { name: 'Plan' })).toBeVisible();
  await preview.getByText('More').click();
  await preview
    .locator('.block')
    .evaluateAll((blocks) => blocks.forEach((block) => block.setAttribute('data-old', '')));

  await joon.press('Control+End');
  await joon.type(' and *more*');
  await expect(preview.locator('em')).toHaveText('more');
  await expect(preview.locator('.block')).toHaveCount(3);
  await expect(preview.locator('.block:not([data-old])')).toHaveText('last words and more');
  await expect(preview.getByText('inside')).toBeVisible();

  // A change within what is open leaves it open, too.
  await joon.caretTo(5, 6);
  await joon.type(' it');
  await expect(preview.getByText('inside it')).toBeVisible();
  await expectConverged([mina, joon], url);
});

test('text and preview are scrolled together, whichever is scrolled, and stay where they are while others write', async ({
  join,
  openDocument,
}) => {
  const sections = Array.from({ length: 40 }, (_, index) => `## Section ${index}\n\n${'Some words. '.repeat(40)}`);
  const url = await openDocument(sections.join('\n\n'));
  const [mina, joon] = [await join('Mina', WIDE), await join('Joon')];
  const preview = await openPreview(mina);
  const topOf = async (name: string): Promise<number> => {
    const [edge, box] = [await preview.boundingBox(), await preview.getByRole('heading', { name }).boundingBox()];
    return box!.y - edge!.y;
  };
  /** How far the text is scrolled, and the first line that is seen. */
  const text = () =>
    mina.evaluate(() => {
      const scroller = document.querySelector('.cm-scroller')!;
      const edge = scroller.getBoundingClientRect().top;
      const first = [...scroller.querySelectorAll('.cm-line')].find(
        (line) => line.getBoundingClientRect().bottom > edge && line.textContent !== '',
      );
      return { top: scroller.scrollTop, first: first?.textContent?.slice(0, 13) };
    });

  await scrollTo(mina, 4_000);
  const headings = preview.getByRole('heading');
  const firstInPreview = async (): Promise<string> =>
    headings.evaluateAll(
      (all, edge) => {
        const above = all.filter((one) => one.getBoundingClientRect().top <= edge + 40);
        return above.at(-1)?.textContent ?? '';
      },
      (await preview.boundingBox())!.y,
    );
  const firstInText = () =>
    mina.evaluate(() => {
      const edge = document.querySelector('.cm-scroller')!.getBoundingClientRect().top;
      const lines = [...document.querySelectorAll('.cm-line')].filter((line) => line.textContent?.startsWith('##'));
      return (
        lines
          .filter((line) => line.getBoundingClientRect().top <= edge + 40)
          .at(-1)
          ?.textContent?.slice(3) ?? ''
      );
    });
  await expect(async () => {
    const section = await firstInText();
    expect(section).not.toBe('');
    expect(await firstInPreview()).toBe(section);
  }).toPass();

  await preview.hover();
  await mina.page.mouse.wheel(0, 1_500);
  await expect.poll(async () => (await text()).top).toBeGreaterThan(4_500);
  // The wheel turns on for a moment.
  const heading = preview.getByRole('heading', { name: 'Section 30' });
  await expect
    .poll(async () => {
      await heading.evaluate((one) => one.scrollIntoView({ block: 'start' }));
      return (await text()).first;
    })
    .toBe('## Section 30');

  const [before, place] = [await text(), await topOf('Section 30')];
  await joon.press('Control+Home');
  await joon.paste('# New\n\nSeveral lines above.\n\n- one\n- two\n\n');
  await expect(preview.getByRole('heading', { name: 'New' })).toBeAttached();
  expect((await text()).first).toBe(before.first);
  expect(Math.abs((await topOf('Section 30')) - place)).toBeLessThanOrEqual(1);
  await expectConverged([mina, joon], url);
});

test('tasks are ticked in the preview by who can write', async ({ join, openDocument }) => {
  const url = await openDocument('- [ ] milk\n- [x] bread\n\n> 1. [ ] deep');
  const [mina, joon] = [await join('Mina', WIDE), await join('Joon', WIDE)];
  const [preview, other] = [await openPreview(mina), await openPreview(joon)];
  await preview.getByRole('checkbox', { name: 'milk' }).click();
  await expect(other.getByRole('checkbox', { name: 'milk' })).toBeChecked();
  await other.getByRole('checkbox', { name: 'bread' }).press('Space');
  await expect(preview.getByRole('checkbox', { name: 'bread' })).not.toBeChecked();
  // Whoever ticked with the keyboard goes on from there.
  await expect(other.getByRole('checkbox', { name: 'bread' })).toBeFocused();
  await preview.getByRole('checkbox', { name: 'deep' }).click();
  await expectConverged([mina, joon], url, { text: '- [x] milk\n- [ ] bread\n\n> 1. [x] deep' });
});

test('a reader sees what is ticked, and ticks nothing', async ({ visit }) => {
  const [owner, reader] = [await visit('Owner', WIDE), await visit('Reader', WIDE)];
  const url = await ownDocument(owner, { content: '- [ ] milk', linkAccess: 'view' });
  await owner.open(url);
  await reader.goto(url);
  await expect(reader.page.getByTestId('read-only')).toBeVisible();
  const task = (await openPreview(reader)).getByRole('checkbox', { name: 'milk' });
  await expect(task).toBeDisabled();
  await (await openPreview(owner)).getByRole('checkbox', { name: 'milk' }).click();
  await expect(task).toBeChecked();
});

test('further rows of a task begin under the first letter of its text', async ({ join, openDocument }) => {
  await openDocument({ content: `- [ ] ${'some words that go on and on '.repeat(9)}` });
  const preview = await openPreview(await join('Mina', WIDE));
  const items = preview.locator('.task-list-item');
  const lefts = await items.first().evaluate((item) => {
    const range = document.createRange();
    range.selectNodeContents(item.lastChild!);
    return [...range.getClientRects()].filter(({ width }) => width > 20).map(({ left }) => left);
  });
  expect(lefts.length).toBeGreaterThan(1);
  for (const left of lefts) expect(Math.abs(left - lefts[0]!)).toBeLessThanOrEqual(0.5);
});

test('links leave the page, names of headings lead there, and an image is a link', async ({ join, openDocument }) => {
  const text = `[down](#the-end) [away](https://a.example) ![loom](https://a.example/loom.png) [no](javascript:alert(1))`;
  await openDocument({ content: `${text}\n\n${'line\n\n'.repeat(80)}## The end` });
  const mina = await join('Mina', WIDE);
  const preview = await openPreview(mina);
  for (const name of ['away', 'loom']) {
    const link = preview.getByRole('link', { name });
    await expect(link).toHaveAttribute('target', '_blank');
    await expect(link).toHaveAttribute('rel', /noopener/);
  }
  await expect(preview.getByRole('link', { name: 'no', exact: true })).toHaveCount(0);
  await preview.getByRole('link', { name: 'down' }).click();
  const end = preview.getByRole('heading', { name: 'The end' });
  await expect(end).toBeFocused();
  await expect(end).toBeInViewport();
  expect(new URL(mina.page.url()).hash).toBe('');
});

test('printing prints the rendered document, whether the preview is open or not', async ({ join, openDocument }) => {
  await openDocument('# Plan\n\n**bold** words');
  const mina = await join('Mina', WIDE);
  await mina.evaluate(() => {
    const page = window as unknown as { printed: string[] };
    page.printed = [];
    // A browser without a screen shows no dialog; this one tells what would be on the paper.
    window.print = () =>
      void page.printed.push(document.querySelector('.print-copy')?.textContent?.trim() ?? 'nothing');
  });
  await mina.press('Control+p');
  const printed = () => mina.evaluate(() => (window as unknown as { printed: string[] }).printed);
  await expect.poll(printed).toEqual(['Plan\nbold words'.replace('\n', '')]);
  // Not every browser says that it has printed: the copy of the time before goes when the next one comes.
  await mina.type('# New\n\n');
  await mina.press('Control+p');
  await expect.poll(printed).toEqual(['Planbold words', 'NewPlanbold words']);
  await mina.page.emulateMedia({ media: 'print' });
  await expect(mina.page.locator('.print-copy').getByRole('heading', { name: 'Plan' })).toBeVisible();
  await expect(mina.editor).toBeHidden();
  await mina.page.emulateMedia({ media: 'screen' });
  await mina.evaluate(() => void window.dispatchEvent(new Event('afterprint')));
  await expect(mina.page.locator('.print-copy')).toHaveCount(0);

  const preview = await openPreview(mina);
  await mina.page.emulateMedia({ media: 'print' });
  await expect(preview.getByRole('heading', { name: 'Plan' })).toBeVisible();
  await expect(mina.editor).toBeHidden();
  await expect(mina.page.getByTestId('copy-rich-text')).toBeHidden();
});

test('printed by the browser’s own menu, the text as it is written begins where the paper does, items too', async ({
  join,
  openDocument,
}) => {
  await openDocument('# Plan\n\nwords\n\n- item\n\n> quote');
  const mina = await join('Mina', WIDE);
  await mina.caretTo(3, 1);
  await mina.page.emulateMedia({ media: 'print' });
  const starts = await mina.editor.evaluate((editor) =>
    [...editor.querySelectorAll('.cm-line')]
      .filter((line) => line.textContent !== '')
      .map((line) => {
        const range = document.createRange();
        range.selectNodeContents(line);
        return Math.round(range.getClientRects()[0]!.left);
      }),
  );
  expect(starts.slice(0, 3)).toEqual([0, 0, 0]);
  expect(starts[3]).toBeLessThan(30);
  await expect(mina.page.locator('.cm-cursorLayer')).toBeHidden();
});

test('the document is copied as rich text, and as it is written', async ({ join, openDocument }) => {
  const content = '# Plan\n\n- [x] **done**\n\n| a |\n|---|\n| 1 |';
  await openDocument(content);
  const mina = await join('Mina', { ...WIDE, context: { permissions: ['clipboard-read', 'clipboard-write'] } });
  await openPreview(mina);
  await mina.page.getByTestId('copy-rich-text').click();
  await expect(mina.page.getByTestId('toasts')).toContainText('Copied as rich text.');
  const copied = await mina.page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const read = async (type: string): Promise<string> => (await item!.getType(type)).text();
    return { html: await read('text/html'), text: await read('text/plain') };
  });
  expect(copied.text).toBe(content);
  expect(copied.html).toMatch(/<h1[^>]*>Plan<\/h1>.*<li[^>]*>☑\s*<strong>done<\/strong>.*<td[^>]*>1<\/td>/s);
  expect(copied.html).not.toMatch(/class=|data-line|<div/);
});

test('below 1100 px the preview stands in place of the text, and Escape leads back', async ({ join, openDocument }) => {
  await openDocument('# Plan\n\nwords');
  const mina = await join('Mina', { viewport: { width: 390, height: 780 } });
  await mina.press('Control+End');
  const preview = await openPreview(mina);
  await expect(preview.getByText('words')).toBeInViewport();
  const isInert = () => mina.evaluate(() => document.getElementById('text')!.inert);
  expect(await isInert()).toBe(true);
  await mina.page.keyboard.press('Escape');
  await expect(preview).toHaveCount(0);
  expect(await isInert()).toBe(false);
  await expect(mina.editor).toBeFocused();
  await mina.page.keyboard.type('!');
  expect(await mina.text()).toBe('# Plan\n\nwords!');
});

for (const [colorScheme, width] of [
  ['light', 1280],
  ['dark', 390],
] as const)
  test(`axe finds nothing in the preview, ${colorScheme}, ${width} px`, async ({ join, openDocument }) => {
    const content = [
      '# Plan\n\n**bold** *it* ~~no~~ `code` [link](https://a.example) ![loom](https://a.example/x.png)[^1]',
      '- [ ] task\n- [x] done\n\n- [ ] \n\n1. one\n   - two',
      '> quote\n\n> [!NOTE]\n> a\n\n> [!TIP]\n> b\n\n> [!IMPORTANT]\n> c\n\n> [!WARNING]\n> d\n\n> [!CAUTION]\n> e',
      '| a | b |\n|---|---|\n| 1 | 2 |\n\n---\n\n<details><summary>More</summary>\n\nx\n\n</details>',
      '```ts\n// comment\nexport const a: string = `x${1}`; @dec class B extends C { d = /x/ }\n```',
      '```html\n<a href="x">y</a>\n```\n\n```diff\n+ a\n- b\n```\n\n```css\n.a { color: red }\n```\n\n```yaml\na: 1\n```',
      'שלום\n\n[^1]: note',
    ].join('\n\n');
    await openDocument(content);
    const mina = await join('Mina', { viewport: { width, height: 900 }, colorScheme, reducedMotion: 'reduce' });
    const preview = await openPreview(mina);
    await preview.locator('.code-keyword').first().waitFor();
    await expectAccessible(mina, 'the preview');
  });
