import { expect } from '@playwright/test';
import { COLUMN, countCompositions, LINE, SAME_LINE, TEXT } from './fixtures/compositions.ts';
import { expectConverged } from './fixtures/converged.ts';
import { needs } from './fixtures/lacks.ts';
import { test } from './fixtures/test.ts';

for (const { what, act, meanwhile, after } of SAME_LINE) {
  test(
    `한 is composed on a line where another ${what}: no stray syllable`,
    needs('compositions'),
    async ({ join, openDocument }) => {
      const url = await openDocument(TEXT);
      const [mina, joon] = [await join('Mina'), await join('Joon')];
      const compositions = await countCompositions(mina);
      await mina.caretTo(LINE, COLUMN);
      await mina.compose(['ㅎ', '하'], { commit: false });
      // The syllable reaches the other while it is open.
      await expectConverged([joon], url, { text: '첫째 줄\n가나 하다라\n셋째 줄' });

      await joon.caretTo(LINE, COLUMN);
      await act(joon);
      const { version } = await expectConverged([joon], url, { text: meanwhile });
      await expect.poll(() => mina.version()).toBe(version);
      await mina.composeStep('한');
      await mina.commitComposition('한');

      await expectConverged([mina, joon], url, { text: after });
      for (const person of [mina, joon]) expect(await person.shownText()).toBe(after);
      expect(await compositions()).toBe(1);
    },
  );
}

test(
  'a change on another line is seen at once, while 하 is being composed',
  needs('compositions'),
  async ({ join, openDocument }) => {
    const url = await openDocument(TEXT);
    const [mina, joon] = [await join('Mina'), await join('Joon')];
    const compositions = await countCompositions(mina);
    await mina.caretTo(LINE, COLUMN);
    await mina.compose(['ㅎ', '하'], { commit: false });

    await joon.press('Control+Home');
    await joon.type('Joon\n');
    await expect.poll(() => mina.shownText()).toBe('Joon\n첫째 줄\n가나 하다라\n셋째 줄');
    await joon.press('Control+End');
    await joon.type('!');
    await expect.poll(() => mina.shownText()).toBe('Joon\n첫째 줄\n가나 하다라\n셋째 줄!');
    await joon.press('Control+Home');
    await joon.press('Shift+ArrowDown');
    await joon.press('Delete');
    await expect.poll(() => mina.shownText()).toBe('첫째 줄\n가나 하다라\n셋째 줄!');

    await mina.composeStep('한');
    await mina.commitComposition('한');
    await expectConverged([mina, joon], url, { text: '첫째 줄\n가나 한다라\n셋째 줄!' });
    expect(await compositions()).toBe(1);
  },
);

test(
  'six syllables are composed while another types on the same line: six compositions, all text right',
  needs('compositions'),
  async ({ join, openDocument }) => {
    const url = await openDocument(TEXT);
    const [mina, joon] = [await join('Mina'), await join('Joon')];
    const compositions = await countCompositions(mina);
    await mina.caretTo(LINE, COLUMN);
    await joon.caretTo(LINE, 0);
    const syllables = [
      ['ㅎ', '하', '한'],
      ['ㄱ', '그', '글'],
      ['ㄴ', '나', '날'],
      ['ㅇ', '이'],
      ['ㄷ', '다', '닭'],
      ['ㅇ', '와', '왔'],
    ];
    await Promise.all([
      (async () => {
        for (const steps of syllables) await mina.compose(steps);
      })(),
      joon.type('Joon types here. ', { delay: 15 }),
    ]);
    await expectConverged([mina, joon], url, { text: '첫째 줄\nJoon types here. 가나 한글날이닭왔다라\n셋째 줄' });
    expect(await compositions()).toBe(syllables.length);

    // However many steps the syllables make, undoing them leaves what the other wrote.
    await expect(async () => {
      await mina.press('Control+z');
      expect(await mina.text()).toBe('첫째 줄\nJoon types here. 가나 다라\n셋째 줄');
    }).toPass({ intervals: [0] });
    await expectConverged([mina, joon], url);
  },
);

test('two people compose on one line at once', needs('compositions'), async ({ join, openDocument }) => {
  const url = await openDocument('가 나');
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  const counts = [await countCompositions(mina), await countCompositions(joon)];
  await mina.press('Control+Home');
  await joon.press('Control+End');
  await mina.compose(['ㅎ', '하'], { commit: false });
  await joon.compose(['ㄱ', '그'], { commit: false });
  await mina.composeStep('한');
  await joon.composeStep('글');
  await mina.commitComposition('한');
  await joon.commitComposition('글');
  await expectConverged([mina, joon], url, { text: '한가 나글' });
  for (const count of counts) expect(await count()).toBe(1);
});

test(
  'Japanese is converted while another writes on the same line',
  needs('compositions'),
  async ({ join, openDocument }) => {
    const url = await openDocument('始め終わり');
    const [mina, joon] = [await join('Mina'), await join('Joon')];
    await mina.caretTo(0, '始め'.length);
    await joon.press('Control+End');
    await mina.compose(['n', 'に', 'にh', 'にほ', 'にほn', 'にほん', '日本'], { commit: false });
    await joon.type('。');
    await expectConverged([joon], url, { text: '始め日本終わり。' });
    await mina.commitComposition('日本');
    await expectConverged([mina, joon], url, { text: '始め日本終わり。' });
  },
);

test(
  'a composition that is left open keeps changes of others away for three seconds at most',
  needs('compositions'),
  async ({ join, openDocument }) => {
    const url = await openDocument(TEXT);
    const [mina, joon] = [await join('Mina'), await join('Joon')];
    await mina.caretTo(LINE, COLUMN);
    await mina.compose(['ㅎ', '하'], { commit: false });
    await expectConverged([joon], url, { text: '첫째 줄\n가나 하다라\n셋째 줄' });
    await joon.caretTo(LINE, 0);
    await joon.type('X');
    await expectConverged([joon], url, { text: '첫째 줄\nX가나 하다라\n셋째 줄' });
    // The composition is still open.
    await expect.poll(() => mina.shownText()).toBe('첫째 줄\nX가나 하다라\n셋째 줄');
    await mina.commitComposition('하');
    await expectConverged([mina, joon], url, { text: '첫째 줄\nX가나 하다라\n셋째 줄' });
  },
);

test(
  'a composition is cancelled during a change of another on its line',
  needs('compositions'),
  async ({ join, openDocument }) => {
    const url = await openDocument(TEXT);
    const [mina, joon] = [await join('Mina'), await join('Joon')];
    await mina.caretTo(LINE, COLUMN);
    await mina.compose(['ㅎ', '하'], { commit: false });
    await joon.caretTo(LINE, 0);
    await joon.type('X');
    await mina.composeStep('');
    await mina.press('Control+End');
    await expectConverged([mina, joon], url, { text: '첫째 줄\nX가나 다라\n셋째 줄' });
  },
);
