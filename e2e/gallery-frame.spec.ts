import { expect, type Locator, type Page } from '@playwright/test';
import { test } from './fixtures/gallery.ts';

/** Bar, side panel and row of phones with as many tabs as they are to hold, and with names as they come. */

const HISTORY = '가을 배포의 이전 판과 이름 붙인 판';
const PHONE = { width: 390, height: 740 };

const bar = (page: Page, name: string) => page.locator(`[data-stage="${name}"] [data-region="bar"]`);
const panel = (page: Page) => page.getByRole('complementary', { name: 'Beside the text' });
const tabButton = (page: Page, tab: string) => page.locator(`[data-testid="tab-button"][data-tab="${tab}"]`);
const row = (page: Page) => page.getByRole('navigation', { name: 'Beside the text' });

/** Whether something ends in an ellipsis, in one line of at most so many pixels. */
async function expectCut(text: Locator, height: number): Promise<void> {
  const found = await text.evaluate((element) => ({
    isCut: element.scrollWidth > element.clientWidth,
    overflow: getComputedStyle(element).textOverflow,
    height: element.clientHeight,
  }));
  expect(found).toMatchObject({ isCut: true, overflow: 'ellipsis' });
  expect(found.height).toBeLessThanOrEqual(height);
}

test('screen readers are told of everything in the bar, in the order of the Tab key', async ({ page, gallery }) => {
  await gallery.show('bar');
  const one = bar(page, 'All there is to be');
  await expect(one).toMatchAriaSnapshot(`
    - link "All documents"
    - textbox "Title": /^Autumn release/
    - button "Saved. Details"
    - group "120 people here":
      - button "Ada Lindqvist, Editor"
      - button "김민아, Editor, idle"
      - button /لمى عبد الرحمن/
      - button "117 more people. Show everybody"
    - button "Chat"
    - button "تعليقات على النص"
    - button "${HISTORY}"
    - button "Notifications of everything you take part in"
    - button "People"
    - button "Outline"
    - button "More"
    - button "Share"
  `);
  await one.getByRole('link').focus();
  for (const name of ['Title', /^Saved/, /^Ada/, /^김민아/, /^.لمى/, /^117/, 'Chat', /^تعليقات/, HISTORY, /^Notif/]) {
    await page.keyboard.press('Tab');
    await expect(page.locator(':focus')).toHaveAccessibleName(name);
  }
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(one.getByRole('button', { name: HISTORY })).toHaveAttribute('aria-pressed', 'true');
  for (const name of [/^Notif/, 'People', 'Outline', 'More', 'Share']) {
    await page.keyboard.press('Tab');
    await expect(page.locator(':focus')).toHaveAccessibleName(name);
  }
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('told')).toHaveText('share');
});

for (const direction of ['ltr', 'rtl'] as const) {
  test(`the bar is as high at every width, and a name gives way, ${direction}`, async ({ page, gallery }) => {
    await gallery.show('bar', direction);
    const bars = page.locator('[data-region="bar"]');
    await expect(bars).toHaveCount(5);
    for (const width of [1600, 1280, 960, 820, 701, 699, 390, 320]) {
      await page.setViewportSize({ width, height: 800 });
      await expect(page.getByTestId('tab-button')).toHaveCount(width > 699 ? 4 * 6 + 2 : 0);
      const inBar = width > 960 ? 4 * 6 + 2 : 4 * 3 + 2;
      await expect(page.getByTestId('tab-button').filter({ visible: true })).toHaveCount(width > 699 ? inBar : 0);
      const found = await bars.evaluateAll((all) =>
        all.map((one) => {
          const { top, bottom, left, right, height } = one.getBoundingClientRect();
          const boxes = [...one.querySelectorAll('a, input, button')]
            .filter((inner) => inner.closest('[popover]') === null)
            .map((inner) => inner.getBoundingClientRect())
            .filter((inner) => inner.width > 0);
          const isOut = (inner: DOMRect): boolean =>
            inner.top < top - 1 || inner.bottom > bottom + 1 || inner.left < left - 1 || inner.right > right + 1;
          const state = one.querySelector('[data-testid="status-button"] .text')!;
          const isCut = state.scrollWidth > state.clientWidth;
          return { height, out: boxes.filter(isOut).length, isCut };
        }),
      );
      // Of what is not saved as much is said as there is room for; that it is saved, always.
      const [saved, late] = [false, expect.any(Boolean)].map((isCut) => ({ height: 52, out: 0, isCut }));
      expect(found, `${width} px`).toEqual([saved, saved, late, saved, late]);
    }
    for (const name of ['All there is to be', 'Arabic', 'One word, not saved']) {
      await expectCut(bar(page, name).getByRole('textbox'), 36);
    }
  });

  test(`the way home is at the start of the bar, the panel at the end, ${direction}`, async ({ page, gallery }) => {
    await gallery.show('panel', direction);
    const inset = async (part: Locator, side: 'start' | 'end'): Promise<number> => {
      const [outer, inner] = (await Promise.all([page.locator('[data-stage]').boundingBox(), part.boundingBox()])).map(
        (box) => ({ left: box!.x, right: box!.x + box!.width }),
      ) as [Record<'left' | 'right', number>, Record<'left' | 'right', number>];
      return (side === 'start') === (direction === 'ltr') ? inner.left - outer.left : outer.right - inner.right;
    };
    // The padding of the stage, and of the bar.
    expect(await inset(page.getByRole('link', { name: 'All documents' }), 'start')).toBeCloseTo(13 + 12, 0);
    expect(await inset(panel(page), 'end')).toBeCloseTo(13, 0);
    // Its tabs begin where the panel does, and what closes it is at the very end.
    const close = panel(page).getByRole('button', { name: 'Close' });
    expect(await inset(close, 'end')).toBeLessThan(await inset(panel(page).getByRole('tab').first(), 'end'));

    const [next, previous] = direction === 'ltr' ? ['ArrowRight', 'ArrowLeft'] : ['ArrowLeft', 'ArrowRight'];
    const tab = (name: RegExp) => panel(page).getByRole('tab', { name });
    await tab(/^Chat/).focus();
    await page.keyboard.press(next);
    await expect(tab(/^تعليقات/)).toBeFocused();
    await expect(panel(page).getByRole('tabpanel', { name: /^تعليقات/ })).toBeVisible();
    await expect(tabButton(page, 'comments')).toHaveAttribute('aria-pressed', 'true');
    await page.keyboard.press(previous);
    await page.keyboard.press(previous);
    await expect(tab(/^Outline/)).toBeFocused();
    // But for a part of a pixel of its width: rows scroll by whole ones.
    await expect(tab(/^Outline/)).toBeInViewport({ ratio: 0.99 });
    await page.keyboard.press('Home');
    await expect(tab(/^Chat/)).toBeFocused();
    // The tab is loaded: before, what comes next would be behind the panel.
    const first = panel(page).getByRole('tabpanel', { name: /^Chat/ }).getByRole('button', { name: 'Ada Lindqvist' });
    await expect(first.first()).toBeVisible();
    await page.keyboard.press('Tab');
    await expect(close).toBeFocused();
    await page.keyboard.press('Tab');
    await expect(first.first()).toBeFocused();
  });
}

test('screen readers are told of the panel, its tabs and how much is in them', async ({ page, gallery }) => {
  await gallery.show('panel');
  await expect(panel(page)).toMatchAriaSnapshot(`
    - complementary "Beside the text":
      - tablist "Beside the text":
        - tab "Chat 3" [selected]
        - tab "تعليقات على النص 99+"
        - tab "${HISTORY}"
        - tab "Notifications of everything you take part in"
        - tab "People 99+"
        - tab "Outline"
      - button "Close"
      - tabpanel "Chat 3":
        - button "Ada Lindqvist"
        - button "More about Ada Lindqvist"
  `);
  for (const name of await panel(page).getByRole('tab').all()) expect((await name.boundingBox())!.height).toBe(44);
});

test('the button of a tab opens it, the same again closes it, another one changes it', async ({ page, gallery }) => {
  await gallery.show('panel');
  const isPressed = (tab: string, is: boolean) =>
    expect(tabButton(page, tab)).toHaveAttribute('aria-pressed', String(is));
  await isPressed('chat', true);
  await tabButton(page, 'people').press('Enter');
  await expect(panel(page).getByRole('tabpanel', { name: /^People/ })).toBeVisible();
  await isPressed('chat', false);
  await isPressed('people', true);
  // Nobody asked by a key for what is in it.
  await expect(tabButton(page, 'people')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(panel(page)).toHaveCount(0);
  await isPressed('people', false);
  await tabButton(page, 'people').click();
  await panel(page).getByRole('button', { name: 'Close' }).press('Enter');
  await expect(panel(page)).toHaveCount(0);
});

test('a panel that a key asked for takes the focus, each time', async ({ page, gallery }) => {
  await gallery.show('panel');
  const tab = panel(page).getByRole('tab', { name: /^People/ });
  const text = page.getByRole('textbox', { name: 'Text' });
  await panel(page).getByRole('button', { name: 'Close' }).click();
  for (const state of ['closed', 'open']) {
    await text.focus();
    await page.keyboard.press('Control+Alt+Shift+p');
    await expect(tab, state).toBeFocused();
    await expect(tab).toHaveAttribute('aria-selected', 'true');
  }
});

test('the panel appears, and with reduced motion it is there at once', async ({ page, gallery }) => {
  const appearing = async (): Promise<string[]> => {
    await gallery.show('panel');
    await expect(panel(page)).toBeVisible();
    return panel(page).evaluate((element) => {
      const style = getComputedStyle(element);
      return [style.animationName === 'none' ? 'none' : 'some', style.animationDuration];
    });
  };
  expect(await appearing()).toEqual(['some', '0.2s']);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  expect((await appearing())[0]).toBe('none');
});

test.describe('on a phone', () => {
  test.use({ viewport: PHONE, hasTouch: true, isMobile: true });

  test('the panel is a sheet that the row opens, with the same tabs', async ({ page, gallery }) => {
    await gallery.show('panel');
    await expect(panel(page)).toHaveCount(0);
    await expect(page.getByTestId('tab-button')).toHaveCount(0);
    await row(page).getByRole('button', { name: HISTORY }).tap();
    await expect(row(page)).toHaveCount(0);
    await expect(panel(page).getByRole('tabpanel', { name: HISTORY })).toBeVisible();
    await expect
      .poll(async () => {
        const { x, y, width, height } = (await panel(page).boundingBox())!;
        return { x, bottom: y + height, width };
      })
      .toEqual({ x: 0, bottom: PHONE.height, width: PHONE.width });
    await panel(page)
      .getByRole('tab', { name: /^People/ })
      .tap();
    await expect(panel(page).getByRole('tabpanel', { name: /^People/ })).toBeVisible();
    await panel(page).getByRole('button', { name: 'Close' }).tap();
    await expect(row(page)).toBeVisible();
  });

  test('the row names what it leads to, cuts what is too long, and works by keys', async ({ page, gallery }) => {
    await gallery.show('row');
    await expect(row(page)).toMatchAriaSnapshot(`
      - navigation "Beside the text":
        - button "Chat 3"
        - button "تعليقات على النص 99+"
        - button "${HISTORY}"
        - button "Notifications of everything you take part in"
        - button "People 99+"
        - button "Outline"
        - button "서식 있는 미리보기"
        - button "مشاركة"
    `);
    for (const width of [690, 390, 320]) {
      await page.setViewportSize({ width, height: PHONE.height });
      const boxes = await row(page)
        .getByRole('button')
        .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON() as DOMRect));
      const [first] = boxes;
      // All as wide, as high, and in one line.
      for (const box of boxes) {
        expect(box.top).toBe(first!.top);
        expect(box.height).toBe(51);
        expect(box.width).toBeCloseTo(first!.width, 0);
        expect(box.width).toBeGreaterThanOrEqual(44);
      }
      await expectCut(row(page).getByText(/^Notifications/), 16);
    }
    await row(page).getByRole('button', { name: 'Chat' }).focus();
    for (const told of ['comments', 'history']) {
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await expect(page.getByTestId('told')).toHaveText(told);
    }
    // Where eight have no room, the row scrolls by itself.
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    await row(page).getByRole('button').last().focus();
    await expect(row(page).getByRole('button').last()).toBeInViewport({ ratio: 1 });
    await row(page).getByRole('button').last().tap();
    await expect(page.getByTestId('told')).toHaveText('share');
  });

  test('the row runs from the right where the page does', async ({ page, gallery }) => {
    await gallery.show('row', 'rtl');
    await page.getByRole('radio', { name: 'Two' }).tap();
    await expect(row(page).getByRole('button')).toHaveCount(4);
    const lefts = await row(page)
      .getByRole('button')
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().left));
    expect(lefts).toEqual([...lefts].sort((a, b) => b - a));
  });
});
