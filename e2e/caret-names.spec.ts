import { expect } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import type { Person } from '../sdk/testing.ts';
import { isApart, shownBoxes, shownCarets, shownNames } from './fixtures/shown.ts';
import { test } from './fixtures/test.ts';

const LINES = [
  '# A heading that others write in',
  'A line that ends here',
  'Another line, of which the middle is meant',
  `A paragraph of ${'an ordinary length, '.repeat(12)}which ends`,
  'שלום לכולם וברוכים הבאים',
  'abc שלום',
];
const END = Infinity;
/** Lines and columns of four people: on neighbouring lines, in one row, in a heading, in lines that run from the right. */
const ROUNDS: readonly (readonly (readonly [number, number])[])[] = [
  [
    [1, END],
    [2, 5],
    [3, 12],
    [4, END],
  ],
  [
    [0, 4],
    [1, 3],
    [1, 6],
    [4, 5],
  ],
  [
    [2, END],
    [2, END],
    [3, END],
    [5, END],
  ],
];
const SIZES = [1600, 1280, 820, 390].map((width) => ({ width, height: 800 }));

/** Puts somebody's caret somewhere, from elsewhere, so that their name shows. */
async function goTo(person: Person, line: number, column: number): Promise<void> {
  await person.press('Control+Home');
  await person.press('ArrowRight');
  await person.caretTo(line, Math.min(column, LINES[line]!.length));
}

for (const direction of ['ltr', 'rtl'] as const) {
  test(`no name lies on a letter, or on another name, on any screen, ${direction}`, async ({ join, openDocument }) => {
    test.slow();
    const content = LINES.join('\n');
    const url = await openDocument(content);
    const mina = await join('Mina');
    await mina.page.evaluate((dir) => void (document.documentElement.dir = dir), direction);
    const others = [
      await join('Jonas Öztürk-Hallgrímsdóttir'),
      await join('박지우'),
      await join('שרה כהן'),
      await join('Bo'),
    ];
    for (const round of ROUNDS) {
      for (const size of SIZES) {
        await mina.page.setViewportSize(size);
        await expect(async () => {
          await Promise.all(others.map((person, index) => goTo(person, ...round[index]!)));
          await expect.poll(async () => named(await shownNames(mina)), { timeout: 2000 }).toBe(4);
          const [names, letters] = [await shownNames(mina), await shownBoxes(mina)];
          for (const [index, name] of names.entries()) {
            const where = `${size.width} px: ${JSON.stringify(name)}`;
            expect(
              letters.filter((box) => box.width > 0 && !isApart(name, box)),
              where,
            ).toEqual([]);
            expect(
              names.filter((other, at) => at !== index && !isApart(name, other)),
              where,
            ).toEqual([]);
            expect(name.left, where).toBeGreaterThanOrEqual(0);
            expect(name.left + name.width, where).toBeLessThanOrEqual(size.width);
          }
        }).toPass({ timeout: 20_000 });
      }
    }
    await expectConverged([mina, ...others], url, { text: content });
  });
}

/** How many people are named, those counted who are only a number. */
function named(names: readonly { readonly name: string }[]): number {
  return names.reduce((sum, { name }) => sum + (/^\+?\d+$/.test(name) ? Number(name) : 1), 0);
}

test('behind the end of a line stands the first name, elsewhere in the margin, as initials or a disc where there is less room', async ({
  join,
  openDocument,
}) => {
  const url = await openDocument(LINES.join('\n'));
  const [mina, jonas] = [await join('Mina'), await join('Jonas Öztürk')];
  type Shown = Awaited<ReturnType<typeof shownNames>>[number];
  /** Puts Jonas somewhere, and waits until what Mina sees of him is right. */
  const expectName = async (line: number, column: number, check: (name: Shown, caret: number) => void) => {
    await expect(async () => {
      await goTo(jonas, line, column);
      await expect(async () => {
        const [[name], [caret]] = [await shownNames(mina), await shownCarets(mina)];
        check(name!, caret!.left);
      }).toPass({ timeout: 1500 });
    }).toPass({ timeout: 10_000 });
  };
  const wanted = [
    [1280, 'Jonas'],
    [820, 'JÖ'],
    [390, 'JÖ'],
  ] as const;
  for (const [width, inMargin] of wanted) {
    await mina.page.setViewportSize({ width, height: 800 });
    await expectName(1, END, ({ name, left }, caret) => {
      expect(name).toBe('Jonas');
      expect(left).toBeGreaterThan(caret);
      expect(left).toBeLessThan(caret + 16);
    });
    await expectName(2, 8, ({ name, left, width: wide, height }, caret) => {
      expect(name).toBe(inMargin);
      expect(left + wide).toBeLessThan(caret);
      if (width === 390) expect([wide, height]).toEqual([18, 18]);
    });
    await expectName(4, END, ({ name, left, width: wide }, caret) => {
      expect(name).toBe('Jonas');
      expect(left + wide).toBeLessThan(caret);
      expect(left + wide).toBeGreaterThan(caret - 16);
    });
  }
  await expectConverged([mina, jonas], url, { text: LINES.join('\n') });
});

test('a name is back while the pointer rests on the knob of its caret, all of it in its title, and nothing glides', async ({
  join,
  openDocument,
}) => {
  const url = await openDocument(LINES.join('\n'));
  const mina = await join('Mina', { reducedMotion: 'reduce' });
  const jonas = await join('Jonas Öztürk');
  await jonas.caretTo(2, 8);
  const name = mina.page.getByTestId('caret-name');
  await expect(name).toHaveText('Jonas');
  await expect(name).toHaveAttribute('title', 'Jonas Öztürk');
  expect(await name.evaluate((tag) => getComputedStyle(tag.parentElement!).animationName)).toBe('none');
  await expect(name).toHaveCount(0);
  const [caret] = await shownCarets(mina);
  await mina.mouse.move(caret!.left, caret!.top);
  await expect(name).toHaveText('Jonas');
  await mina.mouse.move(caret!.left + 100, caret!.top + 100);
  await expect(name).toHaveCount(0);
  // A press on the knob leaves the text its focus.
  await mina.mouse.click(caret!.left, caret!.top);
  await expect(mina.editor).toBeFocused();
  await expectConverged([mina, jonas], url, { text: LINES.join('\n') });
});
