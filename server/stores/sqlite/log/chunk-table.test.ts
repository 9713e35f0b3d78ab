import fc from 'fast-check';
import { brotliDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { editFrom, PROPERTY_RUNS, someDecisions, someText } from '../../../../shared/testing/edits.ts';
import { packChunk, unpackChunk, type TimedChange } from './chunk-table.ts';

const seed = 20261125;
const NOW = 1_790_000_000_000;

const someEdit = fc.tuple(someText, someDecisions).map(([text, decisions]) => editFrom(text, decisions));
const someChange = fc.record({
  client: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.constantFrom(2 ** 31, 2 ** 40)),
  seq: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.constantFrom(2 ** 32, 2 ** 52)),
  timestamp: fc.oneof(fc.integer({ min: NOW, max: NOW + 5 }), fc.constantFrom(0, 1, 2 ** 45)),
  edit: fc.oneof(
    someEdit,
    fc.constantFrom([], ['\ud83d'], ['\ude00'], [7, 'a\ud800', -1, 2, '\0'], [2 ** 40, -(2 ** 33)]),
  ),
});

function typed(count: number): TimedChange[] {
  return Array.from({ length: count }, (_, index) => ({
    ...{ client: 1, seq: index + 1, timestamp: NOW + 100 * index },
    edit: [5000 + index, String.fromCharCode(97 + (index % 26))],
  }));
}

describe('a chunk', () => {
  it(`comes back as it was, with half pairs, gaps and clocks that went back (seed ${seed})`, () => {
    fc.assert(
      fc.property(
        fc.array(someChange, { minLength: 1, maxLength: 40 }),
        fc.constantFrom(1, 1000, 2 ** 40),
        (changes, version) => {
          expect(unpackChunk(packChunk(version, changes), version, changes.length)).toEqual(changes);
        },
      ),
      { seed, numRuns: PROPERTY_RUNS / 3 },
    );
  });

  it('spends less than a quarter of a byte on a keystroke that comes as expected', () => {
    const changes = typed(2000);
    const packed = packChunk(1, changes);
    expect(unpackChunk(packed, 1, 2000)).toEqual(changes);
    expect(packed.body.length).toBeLessThan(500);
  });

  it('is refused with any single bit flipped, cut short, or as one of another size or format', () => {
    const changes = typed(50);
    const packed = packChunk(1, changes);
    const { body } = packed;
    for (let bit = 0; bit < body.length * 8; bit += 1) {
      const damaged = Uint8Array.from(body);
      damaged[bit >> 3]! ^= 1 << (bit & 7);
      let whole: TimedChange[] = [];
      try {
        whole = unpackChunk({ ...packed, body: damaged }, 1, 50);
      } catch {
        continue;
      }
      // Where a bit means nothing to Brotli the changes are still what they were.
      expect(whole).toEqual(changes);
      expect(brotliDecompressSync(damaged).equals(brotliDecompressSync(body))).toBe(true);
    }
    for (let length = 0; length < body.length; length += 1) {
      expect(() => unpackChunk({ ...packed, body: body.subarray(0, length) }, 1, 50), `${length} bytes`).toThrow();
    }
    expect(() => unpackChunk(packed, 1, 49)).toThrow('49 changes');
    expect(() => unpackChunk({ ...packed, checksum: packed.checksum ^ 1 }, 1, 50)).toThrow('checksum');
  });
});
