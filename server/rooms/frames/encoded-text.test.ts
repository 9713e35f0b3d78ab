import { expect, it } from 'vitest';
import { ChunkedText } from '../../../shared/text/chunked-text.ts';
import { systemClock } from '../../base/clock.ts';
import { encodedText, prepareText } from './encoded-text.ts';
import { Slices } from '../../base/slices.ts';

/** Counts turns of the event loop until something is done. */
async function turnsUntil(done: Promise<unknown>): Promise<number> {
  let [turns, isDone] = [0, false];
  done.finally(() => (isDone = true)).catch(() => undefined);
  for (; !isDone; turns += 1) await new Promise((resolve) => void setImmediate(resolve));
  return turns;
}

it('FM18 encodes a text in slices for a hundred who join at once, their first slices included, and once for all', async () => {
  const text = ChunkedText.from('"ä😀\n'.repeat(400_000));
  const slices = new Slices(systemClock);
  const readers = Promise.all(Array.from({ length: 100 }, () => prepareText(text, slices)));
  // 131,072 units in each.
  expect(await turnsUntil(readers)).toBeGreaterThanOrEqual(text.length / 131_072);
  const [first, ...others] = await readers;
  for (const other of others) expect(other.every((bytes, index) => bytes === first![index])).toBe(true);
  expect(encodedText(text).every((bytes, index) => bytes === first![index])).toBe(true);
  expect(JSON.parse(`"${Buffer.concat(first!).toString()}"`)).toBe(text.toString());
});
