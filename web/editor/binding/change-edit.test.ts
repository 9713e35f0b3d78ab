import { ChangeSet, Text, type ChangeSpec } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import { applyToString, type Edit } from '../../../shared/text/edit.ts';
import { changedPlace, changesFromEdit, editFromChanges } from './change-edit.ts';

const SOURCE = 'one\ntwo 😀 three';
const text = Text.of(SOURCE.split('\n'));

function edit(spec: ChangeSpec): Edit {
  return editFromChanges(ChangeSet.of(spec, text.length), text);
}

describe('editFromChanges', () => {
  it.each<[string, ChangeSpec, Edit]>([
    ['an insertion', { from: 3, insert: '!' }, [3, '!']],
    ['a deletion', { from: 1, to: 3 }, [1, -2]],
    ['a replacement: the insertion stands first', { from: 0, to: 3, insert: 'zero' }, ['zero', -3]],
    ['line breaks', { from: 3, insert: Text.of(['', 'a', '']) }, [3, '\na\n']],
    [
      'several places',
      [
        { from: 0, insert: 'a' },
        { from: 4, to: 7, insert: 'b' },
      ],
      ['a', 4, 'b', -3],
    ],
  ])('reads %s', (_name, spec, expected) => {
    expect(edit(spec)).toEqual(expected);
  });

  it('takes a whole pair where CodeMirror changed half of it', () => {
    expect(edit({ from: 9, to: 10, insert: '\ude01' })).toEqual([8, '\ud83d\ude01', -2]);
    expect(edit({ from: 8, to: 9, insert: '\ud83e' })).toEqual([8, '\ud83e\ude00', -2]);
  });

  it('makes the text that CodeMirror makes, and back', () => {
    const changes = ChangeSet.of(
      [{ from: 2, to: 6, insert: 'X\nY' }, { from: 11 }, { from: 12, insert: '하' }],
      text.length,
    );
    const made = editFromChanges(changes, text);
    expect(applyToString(SOURCE, made)).toBe(changes.apply(text).toString());
    expect(ChangeSet.of(changesFromEdit(made), text.length).apply(text).toString()).toBe(applyToString(SOURCE, made));
  });
});

describe('changedPlace', () => {
  it.each<[Edit, number, number]>([
    [[4, 'abc', 5, -2], 4, 7],
    [[4, -3], 4, 4],
    [[], 0, 0],
  ])('of %j', (made, from, to) => {
    expect(changedPlace(made)).toEqual({ from, to });
  });
});
