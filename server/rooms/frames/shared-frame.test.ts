import fc from 'fast-check';
import { expect, it } from 'vitest';
import { textOf } from '../../testing/room-kit.ts';
import { FrameArena } from './frame-arena.ts';
import { SharedFrame } from './shared-frame.ts';
import { headerLength, wireFrame, writeHeader } from './wire-frame.ts';

const seed = 20261126;
const someMessage = fc.oneof(
  { weight: 9, arbitrary: fc.record({ type: fc.string(), text: fc.string({ unit: 'grapheme' }) }) },
  { weight: 1, arbitrary: fc.constant({ type: 'long', text: 'ä😀'.repeat(12_000) }) },
);

it(`says to every reader what is for them, whatever is replaced or left out (seed ${seed})`, () => {
  const somePlan = fc.array(
    fc.record({ message: someMessage, fate: fc.constantFrom('as it is', 'replaced', 'left out') }),
    { minLength: 1, maxLength: 12 },
  );
  fc.assert(
    fc.property(fc.array(somePlan, { minLength: 1, maxLength: 3 }), (plans) => {
      const messages = plans[0]!.map(({ message }) => JSON.stringify(message));
      const frame = new SharedFrame(messages, new FrameArena());
      const read = (bytes: Buffer): unknown[] => [JSON.parse(textOf(bytes)) as unknown].flat();
      for (const plan of plans) {
        const fates = messages.map((message, index) => ({ message, index, fate: plan[index]?.fate ?? 'as it is' }));
        const variations = fates
          .filter(({ fate }) => fate !== 'as it is')
          .map(({ index, fate }) => ({ index, message: fate === 'replaced' ? `{"index":${index}}` : undefined }));
        const expected = fates
          .filter(({ fate }) => fate !== 'left out')
          .map(({ message, index, fate }) => (fate === 'replaced' ? { index } : (JSON.parse(message) as unknown)));
        const bytes = frame.vary(variations);
        expect(bytes === undefined ? [] : read(bytes)).toEqual(expected);
      }
      expect(read(frame.wire)).toEqual(messages.map((message) => JSON.parse(message) as unknown));
    }),
    { seed, numRuns: 300 },
  );
});

it('puts the header in front that RFC 6455 wants for a text of each length', () => {
  const headerOf = (payload: number): number[] => {
    const bytes = Buffer.alloc(10);
    return [...bytes.subarray(0, writeHeader(bytes, payload))];
  };
  expect(headerOf(0)).toEqual([0x81, 0]);
  expect(headerOf(125)).toEqual([0x81, 125]);
  expect(headerOf(126)).toEqual([0x81, 126, 0, 126]);
  expect(headerOf(65_535)).toEqual([0x81, 126, 0xff, 0xff]);
  expect(headerOf(65_536)).toEqual([0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0]);
  expect(headerOf(2 ** 33 + 5)).toEqual([0x81, 127, 0, 0, 0, 2, 0, 0, 0, 5]);
  const frame = wireFrame('ä'.repeat(100));
  expect(frame.length).toBe(headerLength(200) + 200);
  expect(frame.toString('utf8', 4)).toBe('ä'.repeat(100));
});
