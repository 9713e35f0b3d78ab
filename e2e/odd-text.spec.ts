import { expect } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import { test } from './fixtures/core.ts';

test('a paste of 300 kB with CRLF and CR arrives whole, with LF, while the other types (T2)', async ({ join }) => {
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  const url = mina.documentUrl;
  await joon.type('Joons line.\n');
  await expectConverged([mina, joon], url, { text: 'Joons line.\n' });

  const lines = Array.from(
    { length: 5000 },
    (_, index) => `${index}: a line of some sixty characters, and an emoji 🍵 ö`,
  );
  const pasted = lines.map((line, index) => `${line}${['\r\n', '\r', '\n'][index % 3]}`).join('');
  expect(pasted.length).toBeGreaterThan(250_000);
  await joon.press('Control+Home');
  await mina.press('Control+End');
  await Promise.all([mina.paste(pasted), joon.type('Hello from the top. ', { delay: 20 })]);

  const text = `Hello from the top. Joons line.\n${lines.join('\n')}\n`;
  await expectConverged([mina, joon], url, { text });
  await mina.press('Control+z');
  await expectConverged([mina, joon], url, { text: 'Hello from the top. Joons line.\n' });
});

test('emoji and combining marks stay whole, when typed, deleted and written between', async ({ join }) => {
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  const url = mina.documentUrl;
  const [accent, flag, family] = ['e\u0301', '🇰🇷', '👩‍👩‍👧‍👦'];
  await mina.type(accent + flag + family);
  await expectConverged([mina, joon], url, { text: accent + flag + family });

  // Arrows step over what a person sees as one character, and keys delete it whole.
  await joon.press('Control+Home');
  await joon.press('ArrowRight');
  await joon.type('|');
  await joon.press('ArrowRight');
  await joon.type('|');
  await expectConverged([mina, joon], url, { text: `${accent}|${flag}|${family}` });
  await mina.press('Backspace');
  await expectConverged([mina, joon], url, { text: `${accent}|${flag}|` });
  await joon.press('Control+Home');
  await joon.press('Delete');
  await joon.press('Delete');
  await joon.press('Delete');
  await expectConverged([mina, joon], url, { text: '|' });
});

test('two people write on both sides of one emoji at once', async ({ join, openDocument }) => {
  const url = await openDocument('🙂');
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  await mina.press('Control+Home');
  await joon.press('Control+End');
  await Promise.all([mina.type('😀a😀b', { delay: 10 }), joon.type('c🎉d🎉', { delay: 10 })]);
  await expectConverged([mina, joon], url, { text: '😀a😀b🙂c🎉d🎉' });
});

test('what is no letter is kept bit for bit: BOM, joiners, NEL, line separators, directions, NFC and NFD', async ({
  join,
}) => {
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  const url = mina.documentUrl;
  const odd = 'a\uFEFFb\u200Dc\u0085d\u2028e\u2029f\u202Eg\u2066h\u00A0i\tj\u00E9k\u0065\u0301';
  await mina.paste(odd);
  await expectConverged([mina, joon], url, { text: odd });
  await joon.press('Control+End');
  await joon.type('!');
  await expectConverged([mina, joon], url, { text: `${odd}!` });
});

test('right-to-left text is written by two people', async ({ join, openDocument }) => {
  const url = await openDocument('שלום עולם');
  const [mina, joon] = [await join('Mina'), await join('Joon')];
  await mina.press('Control+Home');
  await joon.press('Control+End');
  await Promise.all([mina.type('אבג '), joon.type(' مرحبا')]);
  await expectConverged([mina, joon], url, { text: 'אבג שלום עולם مرحبا' });
});

test('a document of 1 MB stays usable: typing, jumping, searching', async ({ join, openDocument }) => {
  const paragraph = `${'Some words of a long document, one after the other. '.repeat(20)}\n`;
  const content = paragraph.repeat(Math.ceil(1_000_000 / paragraph.length));
  const url = await openDocument(content);
  const [mina, joon] = [await join('Mina'), await join('Joon')];

  await mina.press('Control+End');
  await joon.press('Control+Home');
  await Promise.all([mina.type('the very end'), joon.type('The beginning. ')]);
  await expectConverged([mina, joon], url, { text: `The beginning. ${content}the very end` });

  await mina.press('Control+Home');
  await expect.poll(async () => (await mina.shownText()).startsWith('The beginning.')).toBe(true);
  await mina.press('Control+f');
  await expect.poll(() => mina.evaluate(() => document.activeElement?.getAttribute('placeholder'))).toBe('Find');
  await mina.keyboard.type('the very end');
  await mina.keyboard.press('Enter');
  await expect.poll(() => mina.evaluate(shownMatch)).toEqual({ text: 'the very end', isOnScreen: true });
  await expect.poll(() => mina.shown('word-count')).toContain('of 192,205 words');
});

/** Runs in the page: the match that the search has chosen. */
function shownMatch(): { text: string; isOnScreen: boolean } | undefined {
  const match = document.querySelector('.cm-searchMatch-selected');
  if (match === null) return undefined;
  const { top, bottom } = match.getBoundingClientRect();
  return { text: match.textContent ?? '', isOnScreen: bottom > 0 && top < innerHeight };
}
