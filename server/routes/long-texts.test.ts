import { expect, it } from 'vitest';
import { Slices } from '../base/slices.ts';
import { systemClock } from '../base/clock.ts';
import { importText, IMPORT_SLICE } from './long-texts.ts';

const slices = new Slices(systemClock);

/** How many turns of the loop others have until something is done. */
async function turnsUntil(done: Promise<unknown>): Promise<number> {
  let [turns, isOver] = [0, false];
  const turn = (): void => {
    turns += 1;
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  await done.finally(() => (isOver = true));
  return turns;
}

it.each([
  ['CR', '\r'],
  ['CRLF', '\r\n'],
  ['CR and LF of every order', '\r\n\n\r\r\n\n'],
  ['pairs', '😀'],
  ['plain text', 'ab日'],
])('makes LF of line breaks in a text of %s, wherever its slices end', async (_name, unit) => {
  const whole = unit.repeat(Math.ceil((2 * IMPORT_SLICE + 10) / unit.length));
  for (let shift = 0; shift < 3; shift += 1) {
    const text = 'x'.repeat(shift) + whole;
    expect((await importText(text, slices)) === text.replace(/\r\n?/g, '\n')).toBe(true);
  }
});

it.each(['\0', '\ud83d', '\ude00'])('refuses %j in every slice and at its ends', async (bad) => {
  for (const before of [0, IMPORT_SLICE - 1, IMPORT_SLICE, 2 * IMPORT_SLICE]) {
    await expect(importText(`${'x'.repeat(before)}${bad}yy`, slices)).rejects.toMatchObject({ code: 'bad_text' });
  }
});

it('FH22 serves others between the slices of a long text', async () => {
  expect(await turnsUntil(importText('\r'.repeat(10 * IMPORT_SLICE), slices))).toBeGreaterThanOrEqual(8);
  expect(await turnsUntil(importText('short\r\n', slices))).toBeLessThanOrEqual(1);
});
