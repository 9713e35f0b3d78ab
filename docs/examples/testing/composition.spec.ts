import { expect, test } from 'weftdoc/testing';

test('Korean is composed while somebody types on the same line', async ({ join, browserName }) => {
  test.skip(browserName !== 'chromium', 'Only Chromium can be told to compose');
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  await mina.compose(['ㅎ', '하', '한'], { commit: false });
  await joon.press('Control+Home');
  await joon.type('Hello ');
  await mina.commitComposition('한');
  await mina.compose(['ㄱ', '그', '글']);
  await expect([mina, joon]).toConverge({ text: 'Hello 한글' });
});
