import { expect, it } from 'vitest';
import { Slices } from '../../base/slices.ts';
import { systemClock } from '../../base/clock.ts';
import { parseLongJson } from './request-bodies.ts';

const slices = new Slices(systemClock);

const read = (json: string): Promise<unknown> => parseLongJson(Buffer.from(json), slices, (rest) => JSON.parse(rest));

it.each([
  ['control characters, six bytes each', '\u0001'.repeat(300_000)],
  ['quotes and backslashes', '"\\\n\\"'.repeat(200_000)],
  ['characters of two to four bytes, cut nowhere', 'ä日😀x'.repeat(100_000)],
  ['a text as short as any', 'a'],
])('reads %s as JSON.parse does', async (_name, text) => {
  for (const shift of ['', 'a', 'ab', 'abc']) {
    const value = { title: shift, content: shift + text, list: [text, { again: text }] };
    expect(JSON.stringify(await read(JSON.stringify(value))) === JSON.stringify(value)).toBe(true);
  }
});

it('reads escaped halves of a pair, and keys that are long', async () => {
  const json = `{"${'k'.repeat(20_000)}":"${'\\ud83d\\ude00'.repeat(100_000)}"}`;
  expect(JSON.stringify(await read(json)) === JSON.stringify(JSON.parse(json))).toBe(true);
});

it('refuses what is long beside its texts before it is parsed', async () => {
  const parse = (): never => expect.fail('it was parsed');
  const many = Buffer.from(`{"content":"${'a'.repeat(20_000)}","unknown":[${'{},'.repeat(100_000)}0]}`);
  await expect(parseLongJson(many, slices, parse)).rejects.toMatchObject({ code: 'bad_message' });
  const strings = Buffer.from(`["a"${',"a"'.repeat(100_000)}]`);
  await expect(parseLongJson(strings, slices, parse)).rejects.toMatchObject({ code: 'bad_message' });
});

it.each(['{"content":"', `{"content":"${'a'.repeat(400_000)}`, `{"content":"${'\\x'.repeat(400_000)}"}`, '"a" "b"'])(
  'refuses what is no JSON: %.20s',
  async (json) => {
    await expect(read(json)).rejects.toThrow();
  },
);
