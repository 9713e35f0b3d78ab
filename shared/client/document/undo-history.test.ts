import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../testing/manual-clock.ts';
import { SeededRandom } from '../../testing/random.ts';
import { ChunkedText } from '../../text/chunked-text.ts';
import { replaceEdit, type Edit } from '../../text/edit.ts';
import { UndoHistory } from './undo-history.ts';

/** A text with its history, without a session around it. */
class Editor {
  readonly clock = new ManualClock();
  readonly history = new UndoHistory(this.clock);
  text: ChunkedText;

  constructor(text: string) {
    this.text = ChunkedText.from(text);
  }

  own(edit: Edit, isTyping = false): void {
    this.history.record(edit, this.text, { isTyping });
    this.text = this.text.apply(edit);
  }

  type(text: string, position: number): void {
    this.own(replaceEdit(position, position, text), true);
  }

  other(edit: Edit): void {
    this.history.carry(edit);
    this.text = this.text.apply(edit);
  }

  undo(): string | undefined {
    const step = this.history.undo(this.text);
    if (step !== undefined) this.text = this.text.apply(step.edit);
    return step && this.text.toString();
  }

  redo(): string | undefined {
    const step = this.history.redo(this.text);
    if (step !== undefined) this.text = this.text.apply(step.edit);
    return step && this.text.toString();
  }
}

describe('undo', () => {
  it('takes back one step after the other, and redo does them again', () => {
    const editor = new Editor('a');
    editor.own([1, 'b']);
    editor.own([-1]);
    expect(editor.undo()).toBe('ab');
    expect(editor.undo()).toBe('a');
    expect(editor.undo()).toBeUndefined();
    expect(editor.redo()).toBe('ab');
    expect(editor.redo()).toBe('b');
    expect(editor.redo()).toBeUndefined();
    expect(editor.undo()).toBe('ab');
  });

  it('keeps what others did meanwhile', () => {
    const editor = new Editor('Hello');
    editor.own([5, ' world']);
    editor.other([2, 'XX']);
    editor.own([-1, 'J']);
    editor.other(['> ']);
    expect(editor.undo()).toBe('> HeXXllo world');
    expect(editor.undo()).toBe('> HeXXllo');
    editor.other([9, '!']);
    expect(editor.redo()).toContain(' world');
    expect(editor.redo()).toContain('J');
  });

  it('skips steps of which others left nothing', () => {
    const editor = new Editor('ab');
    editor.own([2, 'c']);
    editor.own([3, 'd']);
    editor.other([3, -1]);
    expect(editor.undo()).toBe('ab');
    expect(editor.history.canUndo).toBe(false);
    editor.own([2, 'e']);
    editor.other([2, -1]);
    expect(editor.history.canUndo).toBe(false);
  });

  it('joins typing that is close in place and time to one step, also beside others', () => {
    const editor = new Editor('');
    editor.type('a', 0);
    editor.clock.advance(499);
    editor.type('b', 1);
    editor.other(['XX']);
    editor.clock.advance(100);
    editor.type('c', 4);
    editor.own([4, -1], true);
    expect(editor.text.toString()).toBe('XXab');
    editor.clock.advance(500);
    editor.type('d', 4);
    editor.type('far', 0);
    expect(editor.undo()).toBe('XXabd');
    expect(editor.undo()).toBe('XXab');
    expect(editor.undo()).toBe('XX');
    expect(editor.undo()).toBeUndefined();
  });

  it('starts a new step after an undo, and after what is not typing', () => {
    const editor = new Editor('');
    editor.type('a', 0);
    editor.own([1, 'pasted']);
    editor.type('b', 7);
    expect(editor.undo()).toBe('apasted');
    editor.type('c', 7);
    expect(editor.undo()).toBe('apasted');
    expect(editor.history.canRedo).toBe(true);
    editor.type('d', 7);
    expect(editor.history.canRedo).toBe(false);
  });

  it('gives back what was selected before, carried over what others did', () => {
    const editor = new Editor('Hello world');
    editor.history.record([6, 'W', -5], editor.text, { isTyping: false, selection: [{ anchor: 6, head: 11 }] });
    editor.text = editor.text.apply([6, 'W', -5]);
    editor.other(['> ']);
    const step = editor.history.undo(editor.text);
    expect(step?.selection).toEqual([{ anchor: 8, head: 13 }]);
  });
});

/**
 * A model that knows every character for good: who wrote it and who deleted it. A character that both deleted is the other's
 * deletion from then on, for the text cannot tell.
 */
interface Character {
  readonly id: string;
  readonly isOwn: boolean;
  deletedBy: 'own' | 'other' | undefined;
}

describe('undoing everything', () => {
  it.each(Array.from({ length: 400 }, (_, index) => index + 1))(
    'leaves what the others did, seed %i (FO17)',
    (seed) => {
      const random = new SeededRandom(seed);
      const model: Character[] = [];
      let next = 0;
      const character = (isOwn: boolean): Character => {
        next += 1;
        // Every character is another one, so that the text tells which are there.
        return { id: String.fromCodePoint(0x4e00 + next), isOwn, deletedBy: undefined };
      };
      for (let index = 0; index < 12; index += 1) model.push(character(false));
      const editor = new Editor(visible(model));
      for (let step = 0; step < 60; step += 1) {
        const isOwn = random.chance(60);
        const length = editor.text.length;
        const from = random.below(length + 1);
        const to = random.chance(50) ? from : Math.min(length, from + 1 + random.below(4));
        const inserted = Array.from({ length: from === to ? 1 + random.below(3) : random.below(3) }, () =>
          character(isOwn),
        );
        if (from === to && inserted.length === 0) continue;
        change(model, from, to, inserted, isOwn ? 'own' : 'other');
        const edit = replaceEdit(from, to, inserted.map(({ id }) => id).join(''));
        if (isOwn) editor.own(edit, random.chance(70));
        else editor.other(edit);
        if (random.chance(20)) editor.clock.advance(600);
        expect(editor.text.toString().length).toBe(visible(model).length);
        if (random.chance(10)) {
          const before = editor.text.toString();
          if (editor.undo() !== undefined) expect(editor.redo()).toBe(before);
        }
      }
      let steps = 0;
      while (editor.undo() !== undefined) steps += 1;
      const expected = model.filter(({ isOwn, deletedBy }) => !isOwn && deletedBy !== 'other').map(({ id }) => id);
      const text = editor.text.toString();
      expect([...text].sort(), `seed ${seed}, ${steps} steps`).toEqual([...expected].sort());
      // Where nothing that was brought back stood beside what others wrote there, the order is the only possible one.
      const base = (list: string[]): string => list.filter((id) => id.codePointAt(0)! <= 0x4e00 + 12).join('');
      expect(base([...text])).toBe(base(expected));
      while (editor.redo() !== undefined) steps -= 1;
      expect(steps).toBe(0);
      const kept = model.filter(({ deletedBy }) => deletedBy === undefined).map(({ id }) => id);
      expect([...editor.text.toString()].sort()).toEqual([...kept].sort());
    },
  );
});

function visible(model: readonly Character[]): string {
  return model
    .filter(({ deletedBy }) => deletedBy === undefined)
    .map(({ id }) => id)
    .join('');
}

function change(model: Character[], from: number, to: number, inserted: Character[], who: 'own' | 'other'): void {
  let position = 0;
  let at = model.length;
  for (const [index, entry] of model.entries()) {
    if (entry.deletedBy !== undefined) continue;
    if (position === from) at = Math.min(at, index);
    if (position >= from && position < to) entry.deletedBy = who;
    position += 1;
  }
  model.splice(at, 0, ...inserted);
}
