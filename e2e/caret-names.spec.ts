import { expect } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import type { Person } from './fixtures/person.ts';
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
const ROUNDS = [
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
] as const;
const SIZES = [1600, 1280, 820, 390].map((width) => ({ width, height: 800 }));

/** Everybody moves, so that their names show, and comes back. */
async function stir(people: readonly Person[]): Promise<void> {
  await Promise.all(
    people.map(async (person) => {
      await person.keyboard.press('ArrowLeft');
      await person.keyboard.press('ArrowRight');
    }),
  );
}

for (const direction of ['ltr', 'rtl'] as const) {
  test(`no name lies on a letter, or on another name, on any screen, ${direction}`, async ({ join, newDocument }) => {
    test.slow();
    const content = LINES.join('\n');
    const url = await newDocument({ content });
    const mina = await join('Mina');
    await mina.page.evaluate((dir) => void (document.documentElement.dir = dir), direction);
    const others = [
      await join('Jonas Öztürk-Hallgrímsdóttir'),
      await join('박지우'),
      await join('שרה כהן'),
      await join('Bo'),
    ];
    for (const round of ROUNDS) {
      for (const [index, [line, column]] of round.entries())
        await others[index]!.caretTo(line, Math.min(column, LINES[line]!.length));
      for (const size of SIZES) {
        await mina.page.setViewportSize(size);
        await expect(async () => {
          await stir(others);
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
  newDocument,
}) => {
  const url = await newDocument({ content: LINES.join('\n') });
  const [mina, jonas] = [await join('Mina'), await join('Jonas Öztürk')];
  const nameAt = async (line: number, column: number) => {
    await jonas.caretTo(line, column);
    const found = await expect
      .poll(async () => (await shownNames(mina)).length, { timeout: 2500 })
      .toBe(1)
      .then(() => shownNames(mina));
    return { ...found[0]!, caret: (await shownCarets(mina))[0]! };
  };
  const wanted = [
    [1280, 'Jonas'],
    [820, 'JÖ'],
    [390, 'JÖ'],
  ] as const;
  for (const [width, inMargin] of wanted) {
    await mina.page.setViewportSize({ width, height: 800 });
    const behind = await nameAt(1, LINES[1]!.length);
    expect(behind.name).toBe('Jonas');
    expect(behind.left).toBeGreaterThan(behind.caret.left);
    expect(behind.left).toBeLessThan(behind.caret.left + 16);
    const beside = await nameAt(2, 8);
    expect(beside.name).toBe(inMargin);
    expect(beside.left + beside.width).toBeLessThan(beside.caret.left);
    if (width === 390) expect([beside.width, beside.height]).toEqual([18, 18]);
    const mirrored = await nameAt(4, LINES[4]!.length);
    expect(mirrored.name).toBe('Jonas');
    expect(mirrored.left + mirrored.width).toBeLessThan(mirrored.caret.left);
  }
  await expectConverged([mina, jonas], url, { text: LINES.join('\n') });
});

test('a name is back while the pointer rests on the knob of its caret, all of it in its title, and nothing glides', async ({
  join,
  newDocument,
}) => {
  const url = await newDocument({ content: LINES.join('\n') });
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
