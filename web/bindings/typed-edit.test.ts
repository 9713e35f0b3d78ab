import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyToString, replaceEdit, type Edit } from '../../shared/text/edit.ts';
import { typedEdit } from './typed-edit.ts';

/** Few letters, so that equal ones stand beside each other; and pairs whose halves are alike. */
const text = fc
  .array(fc.constantFrom('a', 'b', '\n', '😀', '😁', '하'), { maxLength: 12 })
  .map((parts) => parts.join(''));

function splitsNoPair(edit: Edit, before: string): boolean {
  return (
    edit.every((part) => typeof part === 'number' || part.isWellFormed()) && applyToString(before, edit).isWellFormed()
  );
}

describe('typedEdit', () => {
  it('makes the one text of the other, wherever the caret is, and splits no pair', () => {
    fc.assert(
      fc.property(text, text, fc.nat(30), (before, after, caret) => {
        const edit = typedEdit(before, after, caret);
        expect(applyToString(before, edit)).toBe(after);
        let position = 0;
        for (const part of edit) {
          if (typeof part === 'string') expect(part.isWellFormed()).toBe(true);
          else {
            position += Math.abs(part);
            expect(before.slice(0, position).isWellFormed()).toBe(true);
          }
        }
        expect(splitsNoPair(edit, before)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('of what is typed or deleted at the caret it is just that, also among equal letters', () => {
    fc.assert(
      fc.property(text, fc.nat(), fc.constantFrom('a', 'b', 'ab', 'aa', 'X'), (before, place, typed) => {
        const letters = [...before];
        const at = letters.slice(0, place % (letters.length + 1)).join('').length;
        const after = before.slice(0, at) + typed + before.slice(at);
        expect(typedEdit(before, after, at + typed.length)).toEqual(replaceEdit(at, at, typed));
        // Backspace.
        expect(typedEdit(after, before, at)).toEqual(replaceEdit(at, at + typed.length, ''));
      }),
      { numRuns: 2000 },
    );
  });

  it.each<[string, string, string, number, Edit]>([
    ['a letter between equal ones', 'aaaa', 'aaaaa', 3, [2, 'a']],
    ['a selection replaced by its own end', 'one two', 'two', 3, [-4]],
    ['one emoji for another', '😀', '😁', 2, ['😁', -2]],
    ['nothing', 'same', 'same', 0, []],
    ['a change far from the caret', 'one two', 'ONE two', 7, ['ONE', -3]],
  ])('%s', (_, before, after, caret, edit) => {
    expect(typedEdit(before, after, caret)).toEqual(edit);
  });
});
