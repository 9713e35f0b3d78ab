import fc from 'fast-check';
import { expect, it } from 'vitest';
import { applyToString } from '../../shared/text/edit.ts';
import { editFromMonaco } from './monaco-view.ts';

it('changes at several places, told from the end to the beginning, are one edit of the text before', () => {
  const changes = [
    { rangeOffset: 8, rangeLength: 0, text: '!' },
    { rangeOffset: 4, rangeLength: 3, text: 'TWO' },
    { rangeOffset: 0, rangeLength: 0, text: 'a\r\nb' },
  ];
  expect(applyToString('one two ', editFromMonaco(changes))).toBe('a\nbone TWO !');
});

it('makes the text that comes of the changes one after the other', () => {
  const change = fc.record({ from: fc.nat(20), length: fc.nat(5), text: fc.string({ maxLength: 4 }) });
  fc.assert(
    fc.property(fc.string({ maxLength: 20 }), fc.array(change, { maxLength: 5 }), (before, made) => {
      let text = before;
      const changes = made.map(({ from, length, text: inserted }) => {
        const rangeOffset = Math.min(from, text.length);
        const rangeLength = Math.min(length, text.length - rangeOffset);
        const clean = inserted.replaceAll('\r', '');
        text = text.slice(0, rangeOffset) + clean + text.slice(rangeOffset + rangeLength);
        return { rangeOffset, rangeLength, text: clean };
      });
      expect(applyToString(before, editFromMonaco(changes))).toBe(text);
    }),
  );
});
