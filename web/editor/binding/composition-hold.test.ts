import { describe, expect, it } from 'vitest';
import { applyToString, replaceEdit, type Edit } from '../../../shared/text/edit.ts';
import { CompositionHold, touchesLine } from './composition-hold.ts';

describe('touchesLine', () => {
  // "ab\ncd\nef": the middle line is [3, 5].
  const line = { from: 3, to: 5 };
  it.each<[string, Edit, boolean]>([
    ['an insertion in the line', replaceEdit(4, 4, 'x'), true],
    ['an insertion at its start', replaceEdit(3, 3, 'x'), true],
    ['an insertion at its end', replaceEdit(5, 5, 'x'), true],
    ['an insertion in the line before', replaceEdit(1, 1, 'x'), false],
    ['an insertion at the end of the line before', replaceEdit(2, 2, 'x'), false],
    ['an insertion in the line after', replaceEdit(6, 6, 'x'), false],
    ['a deletion that joins the line before', replaceEdit(2, 3, ''), true],
    ['a deletion that joins the line after', replaceEdit(5, 6, ''), true],
    ['a deletion that covers the line', replaceEdit(0, 8, ''), true],
    ['a deletion before', replaceEdit(0, 2, ''), false],
    ['a deletion after', replaceEdit(6, 8, ''), false],
    ['two places around it', [1, 'x', 6, 'y'], false],
    ['two places, one in it', [1, 'x', 3, 'y'], true],
    ['nothing', [], false],
  ])('%s', (_name, edit, expected) => {
    expect(touchesLine(edit, line)).toBe(expected);
  });
});

describe('CompositionHold', () => {
  it('lets edits of other lines through until the first one touches the line, then keeps the order', () => {
    const hold = new CompositionHold();
    const [above, within, below] = [replaceEdit(0, 0, 'x\n'), replaceEdit(5, 5, 'x'), replaceEdit(9, 9, 'x')];
    for (const edit of [above, within, below]) hold.add(edit);
    // "ab\ncd\nef": the middle line, which the edit above moves on by two.
    expect(hold.releaseFree({ from: 3, to: 5 })).toEqual([above]);
    expect(hold.isEmpty).toBe(false);
    expect(hold.releaseFree({ from: 5, to: 7 })).toEqual([]);
    expect(hold.release()).toEqual([within, below]);
  });

  it('lets everything through where nothing touches the line, and where nothing is composed', () => {
    const hold = new CompositionHold();
    hold.add(replaceEdit(0, 0, 'x'));
    expect(hold.releaseFree({ from: 3, to: 5 })).toEqual([replaceEdit(0, 0, 'x')]);
    hold.add(replaceEdit(4, 4, 'x'));
    expect(hold.releaseFree(undefined)).toEqual([replaceEdit(4, 4, 'x')]);
    expect(hold.isEmpty).toBe(true);
  });

  it('carries a syllable past an insertion at its place: the later one goes left', () => {
    const hold = new CompositionHold();
    hold.add(replaceEdit(2, 2, 'REMOTE'));
    const carried = hold.carry(replaceEdit(2, 2, '하'));
    carried.keep();
    expect(applyToString('abcd', replaceEdit(2, 2, 'REMOTE'))).toBe('abREMOTEcd');
    expect(applyToString('abREMOTEcd', carried.edit)).toBe('ab하REMOTEcd');
    const [held] = hold.release();
    expect(applyToString('ab하cd', held!)).toBe('ab하REMOTEcd');
  });

  it('carries a syllable that replaces its beginning to the right of an insertion before it', () => {
    const hold = new CompositionHold();
    hold.add(replaceEdit(1, 1, 'X'));
    hold.add(replaceEdit(1, 1, '\n'));
    const carried = hold.carry(replaceEdit(1, 2, '한'));
    carried.keep();
    expect(applyToString('가\nX하나', carried.edit)).toBe('가\nX한나');
    expect(hold.release().reduce(applyToString, '가한나')).toBe('가\nX한나');
  });

  it('changes nothing where the session refuses the edit', () => {
    const hold = new CompositionHold();
    hold.add(replaceEdit(0, 0, 'x'));
    hold.carry(replaceEdit(0, 0, 'never taken'));
    expect(hold.release()).toEqual([replaceEdit(0, 0, 'x')]);
  });

  it('carries a selection to where the session has it', () => {
    const hold = new CompositionHold();
    hold.add(replaceEdit(0, 0, 'xx'));
    hold.add(replaceEdit(0, 1, ''));
    expect(hold.carryRange({ anchor: 3, head: 5 })).toEqual({ anchor: 4, head: 6 });
  });

  it.each(Array.from({ length: 300 }, (_, seed) => seed))('view and session end with one text (seed %i)', (seed) => {
    const random = generator(seed);
    const hold = new CompositionHold();
    let view = 'one two\nthree 😀 four\nfive';
    let session = view;
    for (let step = 0; step < 12; step += 1) {
      if (random() < 0.5) {
        const edit = randomEdit(session, random);
        session = applyToString(session, edit);
        hold.add(edit);
      } else {
        const edit = randomEdit(view, random);
        const carried = hold.carry(edit);
        session = applyToString(session, carried.edit);
        view = applyToString(view, edit);
        carried.keep();
      }
    }
    for (const edit of hold.release()) view = applyToString(view, edit);
    expect(view).toBe(session);
  });
});

function randomEdit(text: string, random: () => number): Edit {
  const characters = [...text];
  const from = Math.floor(random() * (characters.length + 1));
  const to = Math.min(characters.length, from + Math.floor(random() * 4));
  const start = characters.slice(0, from).join('').length;
  const removed = characters.slice(from, to).join('').length;
  const inserted = ['하', 'x', '😀', 'e\u0301', '\n', ''][Math.floor(random() * 6)]!;
  return replaceEdit(start, start + removed, inserted);
}

function generator(seed: number): () => number {
  let state = seed + 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
