import { describe, expect, it } from 'vitest';
import type { Edit } from '../../../../shared/text/edit.ts';
import { Writer } from '../../testing/runs.ts';
import { decodeRun, encodeRun } from './run-table.ts';
import { packText, unpackText } from './snapshot-table.ts';

const EDITS: readonly Edit[] = [['x'], [], [5, '\ud83d\ude00\ud800', -2, 7, -1], [100_000, '"\\\u2028\0']];

describe('the data of a run', () => {
  it('comes back as it was, half surrogates and NUL included', () => {
    const { changes } = new Writer('a').run(EDITS);
    const data = encodeRun(changes, () => 7);
    expect(data).not.toContain('\0');
    expect(data.isWellFormed()).toBe(true);
    expect(decodeRun(data, 1, EDITS.length)).toEqual(EDITS.map((edit, index) => ({ client: 7, seq: index + 1, edit })));
  });

  it('costs 13 units around the position and text of a keystroke', () => {
    const writer = new Writer('a');
    writer.head = { version: 99_999, timestamp: 5 };
    const [change] = writer.run([[50_000, 'x']]).changes;
    expect(encodeRun([{ ...change!, seq: 100_000 }], () => 1)).toBe('[1,0,[50000,"x"]]');
  });

  const refused: Record<string, string> = {
    'not JSON': '[1,0',
    'not a list': '{}',
    'too few changes': '[1,0,["x"]]',
    'too many changes': '[1,0,["x"],1,0,["y"],1,0,["z"]]',
    'no client': '[null,0,["x"],1,0,["y"]]',
    'a broken seq': '[1,0.5,["x"],1,0,["y"]]',
    'no edit': '[1,0,"x",1,0,["y"]]',
    'an empty part': '[1,0,[""],1,0,["y"]]',
    'a part that is no number': '[1,0,[1e999],1,0,["y"]]',
    'a retain at the end': '[1,0,["x",5],1,0,["y"]]',
    'neighbours that should be one': '[1,0,["x","z"],1,0,["y"]]',
    'a deletion before its insertion': '[1,0,[-1,"x"],1,0,["y"]]',
  };
  for (const [kind, data] of Object.entries(refused)) {
    it(`is refused: ${kind}`, () => expect(() => decodeRun(data, 1, 2)).toThrow());
  }
});

describe('the body of a snapshot', () => {
  it('comes back as it was', async () => {
    for (const text of ['', '\ufeff', 'a\u2028👩‍👩‍👧‍👦漢字', 'x'.repeat(100_000)]) {
      const { checksum, body } = await packText(text);
      expect(unpackText(checksum, body)).toBe(text);
    }
  });

  it('is refused with any single bit flipped', async () => {
    const { checksum, body } = await packText('The quick brown fox jumps over the lazy dog. '.repeat(3));
    let read = 0;
    for (let bit = 0; bit < body.length * 8; bit += 1) {
      const damaged = Uint8Array.from(body);
      damaged[bit >> 3]! ^= 1 << (bit & 7);
      try {
        // Where a bit means nothing to Brotli the text is still whole.
        expect(unpackText(checksum, damaged)).toBe(unpackText(checksum, body));
        read += 1;
      } catch (error) {
        expect((error as Error).name).not.toBe('AssertionError');
      }
    }
    expect(read).toBeLessThan(16);
  });

  it('cannot hold half of a surrogate pair', async () => {
    await expect(packText('a\ud800')).rejects.toThrow(RangeError);
  });
});
