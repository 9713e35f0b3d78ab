import { describe, expect, it } from 'vitest';
import { ChunkedText } from '../text/chunked-text.ts';
import { replaceEdit, type Edit } from '../text/edit.ts';
import { Replica, VersionHoleError, type ReplicaState } from './replica.ts';

const WHOLE = { units: 1000, sites: 1000 };

/** A replica with a confirmed text at version 1, and seq 4 committed. */
function replicaOf(text: string, state: Partial<ReplicaState> = {}): Replica {
  const confirmed = { version: 1, timestamp: 10, text: ChunkedText.from(text) };
  return new Replica({ confirmed, seq: 4, inFlight: undefined, buffer: [], ...state });
}

function show(replica: Replica): string {
  return replica.text.toString();
}

/** Types at a place, as an editor does. */
function type(replica: Replica, position: number, text: string, remove = 0): void {
  replica.edit(replaceEdit(position, position + remove, text));
}

const someone = (version: number, edit: Edit) => ({ version, timestamp: version * 10, edit });

describe('Replica: editing and sending', () => {
  it('starts empty at version 0', () => {
    const replica = new Replica();
    expect(show(replica)).toBe('');
    expect(replica.confirmed).toMatchObject({ version: 0, timestamp: 0 });
    expect(replica.isSaved).toBe(true);
    expect(replica.takeSubmission(WHOLE)).toBeUndefined();
  });

  it('S2 shows an edit at once and puts one submission in flight', () => {
    const replica = replicaOf('abc');
    type(replica, 3, 'd');
    type(replica, 4, 'e');
    expect(show(replica)).toBe('abcde');
    expect(replica.confirmed.text.toString()).toBe('abc');
    expect(replica.takeSubmission(WHOLE)).toEqual({ seq: 5, edit: [3, 'de'] });
    expect(replica.takeSubmission(WHOLE)).toBeUndefined();
    type(replica, 5, 'f');
    expect(replica.inFlight).toEqual({ seq: 5, edit: [3, 'de'] });
    expect(replica.buffer).toEqual([5, 'f']);
    expect(replica.takeSubmission(WHOLE)).toBeUndefined();
    expect(replica.isSaved).toBe(false);
  });

  it('sends in parts what is above the budget', () => {
    const replica = replicaOf('');
    type(replica, 0, 'ab😀cd');
    const sent: Edit[] = [];
    for (let version = 2; !replica.isSaved; version += 1) {
      const { seq, edit } = replica.takeSubmission({ units: 3, sites: 1 })!;
      sent.push(edit);
      expect(replica.acknowledge({ version, timestamp: version * 10, seq })).toEqual([]);
    }
    expect(sent).toEqual([['ab'], [2, '😀c'], [5, 'd']]);
    expect(replica.confirmed.text.toString()).toBe('ab😀cd');
  });

  it('refuses an edit beyond the end and stays as it was', () => {
    const replica = replicaOf('abc');
    expect(() => replica.edit([4, 'x'])).toThrow(RangeError);
    expect(show(replica)).toBe('abc');
    expect(replica.isSaved).toBe(true);
  });

  it('takes back what was refused whole, and sends it again with the same seq', () => {
    const replica = replicaOf('abc');
    type(replica, 3, 'd');
    replica.takeSubmission(WHOLE);
    type(replica, 0, '', 1);
    replica.recallInFlight();
    expect(replica.inFlight).toBeUndefined();
    expect(replica.buffer).toEqual([-1, 2, 'd']);
    expect(show(replica)).toBe('bcd');
    expect(replica.takeSubmission(WHOLE)).toEqual({ seq: 5, edit: [-1, 2, 'd'] });
    replica.recallInFlight();
    replica.recallInFlight();
    expect(show(replica)).toBe('bcd');
  });
});

describe('Replica: changes of others', () => {
  it('are shown, with what is unsent to the left of them', () => {
    const replica = replicaOf('ab');
    type(replica, 1, 'X');
    replica.takeSubmission(WHOLE);
    type(replica, 2, 'Y');
    expect(replica.receive(someone(2, [1, 'O']))).toEqual([3, 'O']);
    expect(show(replica)).toBe('aXYOb');
    expect(replica.inFlight).toEqual({ seq: 5, edit: [1, 'X'] });
    expect(replica.buffer).toEqual([2, 'Y']);
  });

  it('are ignored where they are known already', () => {
    const replica = replicaOf('ab');
    expect(replica.receive(someone(1, ['X']))).toEqual([]);
    expect(show(replica)).toBe('ab');
  });

  it('are refused where one is missing, and nothing is lost', () => {
    const replica = replicaOf('ab');
    type(replica, 2, 'c');
    expect(() => replica.receive(someone(3, ['X']))).toThrow(VersionHoleError);
    expect(() => replica.acknowledge({ version: 3, timestamp: 30, seq: 5 })).not.toThrow();
    expect(show(replica)).toBe('abc');
    replica.takeSubmission(WHOLE);
    expect(() => replica.acknowledge({ version: 3, timestamp: 30, seq: 5 })).toThrow(VersionHoleError);
    expect(show(replica)).toBe('abc');
    expect(replica.inFlight).toEqual({ seq: 5, edit: [2, 'c'] });
    expect(replica.confirmed.version).toBe(1);
  });

  it('may leave nothing of what is in flight, and it stays in flight', () => {
    const replica = replicaOf('ab');
    type(replica, 0, '', 2);
    replica.takeSubmission(WHOLE);
    replica.receive(someone(2, [-2]));
    expect(replica.inFlight).toEqual({ seq: 5, edit: [] });
    expect(replica.isSaved).toBe(false);
    expect(replica.acknowledge({ version: 3, timestamp: 30, seq: 5 })).toEqual([]);
    expect(replica.isSaved).toBe(true);
  });

  it('are met one at a time, where @codemirror/collab diverges', () => {
    // The server has x; A inserts z and its push is slow; B deletes x, A hears it; B inserts y; A's push arrives.
    const a = replicaOf('x');
    const b = replicaOf('x');
    type(a, 0, 'z');
    a.takeSubmission(WHOLE);
    type(b, 0, '', 1);
    const deletion = b.takeSubmission(WHOLE)!;
    b.acknowledge({ version: 2, timestamp: 20, seq: 5 });
    a.receive(someone(2, deletion.edit));
    type(b, 0, 'y');
    const insertion = b.takeSubmission(WHOLE)!;
    b.acknowledge({ version: 3, timestamp: 30, seq: 6 });
    // What the authority makes of ['z'] at version 1: over [-1], then over ['y'], left of it.
    b.receive(someone(4, ['z']));
    a.receive(someone(3, insertion.edit));
    a.acknowledge({ version: 4, timestamp: 40, seq: 5 });
    expect([show(a), show(b)]).toEqual(['zy', 'zy']);
    expect(a.isSaved && b.isSaved).toBe(true);
  });
});

describe('Replica: own changes', () => {
  it('are acknowledged without moving the text', () => {
    const replica = replicaOf('ab');
    type(replica, 2, 'c');
    replica.takeSubmission(WHOLE);
    type(replica, 3, 'd');
    expect(replica.acknowledge({ version: 2, timestamp: 20, seq: 5 })).toEqual([]);
    expect(replica.confirmed).toMatchObject({ version: 2, timestamp: 20 });
    expect(replica.confirmed.text.toString()).toBe('abc');
    expect(replica.takeSubmission(WHOLE)).toEqual({ seq: 6, edit: [3, 'd'] });
  });

  it('are found among missed ones by their seq', () => {
    const replica = replicaOf('ab');
    type(replica, 2, 'c');
    replica.takeSubmission(WHOLE);
    replica.receive(someone(2, ['O']));
    expect(replica.receive({ ...someone(3, [3, 'c']), seq: 5 })).toEqual([]);
    replica.receive(someone(4, [4, '!']));
    replica.synchronised(5);
    expect(show(replica)).toBe('Oabc!');
    expect(replica.isSaved).toBe(true);
  });

  it('are adopted as committed where an older copy of them was', () => {
    const replica = replicaOf('abc');
    type(replica, 0, 'X');
    replica.takeSubmission(WHOLE);
    type(replica, 1, '!');
    const visible = replica.receive({ ...someone(2, [3, 'X']), seq: 5 });
    expect(show(replica)).toBe('!abcX');
    expect(ChunkedText.from('X!abc').apply(visible).toString()).toBe('!abcX');
    expect(replica.inFlight).toBeUndefined();
    expect(replica.buffer).toEqual(['!']);
    expect(replica.state.seq).toBe(5);
  });

  it('are not taken for what is in flight where they insert other text: that one was recalled', () => {
    const replica = replicaOf('abc');
    type(replica, 3, 'new');
    replica.takeSubmission(WHOLE);
    replica.receive({ ...someone(2, ['old']), seq: 5 });
    expect(show(replica)).toBe('oldabcnew');
    expect(replica.inFlight).toEqual({ seq: 6, edit: [6, 'new'] });
  });

  it('are not acknowledged twice', () => {
    const replica = replicaOf('ab');
    type(replica, 2, 'c');
    replica.takeSubmission(WHOLE);
    replica.acknowledge({ version: 2, timestamp: 20, seq: 5 });
    expect(replica.acknowledge({ version: 2, timestamp: 20, seq: 5 })).toEqual([]);
    expect(replica.receive({ ...someone(2, [2, 'c']), seq: 5 })).toEqual([]);
    expect(show(replica)).toBe('abc');
    expect(replica.confirmed.version).toBe(2);
  });
});

describe('Replica: a snapshot in place of what was missed', () => {
  const snapshot = (text: string, seq: number) => ({ version: 9, timestamp: 90, text, seq });

  it('carries what is unsent over the difference', () => {
    const replica = replicaOf('one two three');
    type(replica, 7, '!');
    replica.takeSubmission(WHOLE);
    type(replica, 0, '', 4);
    const visible = replica.reset(snapshot('zero one two three four', 4));
    expect(show(replica)).toBe('zero two! three four');
    expect(ChunkedText.from('two! three').apply(visible).toString()).toBe('zero two! three four');
    expect(replica.confirmed).toMatchObject({ version: 9, timestamp: 90 });
    expect(replica.confirmed.text.toString()).toBe('zero one two three four');
    expect(replica.inFlight).toEqual({ seq: 5, edit: [12, '!'] });
  });

  it('does not repeat what is in flight where it is inside already', () => {
    const replica = replicaOf('one two');
    type(replica, 7, '!');
    replica.takeSubmission(WHOLE);
    type(replica, 8, '?');
    replica.reset(snapshot('zero one two!', 5));
    expect(show(replica)).toBe('zero one two!?');
    expect(replica.inFlight).toBeUndefined();
    expect(replica.takeSubmission(WHOLE)).toEqual({ seq: 6, edit: [13, '?'] });
  });

  it('of another history gives what is in flight the next seq there', () => {
    const replica = replicaOf('one two');
    type(replica, 7, '!');
    replica.takeSubmission(WHOLE);
    replica.reset({ version: 1, timestamp: 11, text: 'one', seq: 2 });
    expect(show(replica)).toBe('one!');
    expect(replica.inFlight).toEqual({ seq: 3, edit: [3, '!'] });
    expect(replica.confirmed).toMatchObject({ version: 1, timestamp: 11 });
  });

  it('may come before anything else, and after somebody has typed', () => {
    const replica = new Replica();
    type(replica, 0, 'mine ');
    replica.reset(snapshot('theirs', 0));
    expect(show(replica)).toBe('mine theirs');
    expect(replica.takeSubmission(WHOLE)).toEqual({ seq: 1, edit: ['mine '] });
  });
});

describe('Replica: kept and brought back', () => {
  it('goes on where it was', () => {
    const replica = replicaOf('abc');
    type(replica, 3, 'd');
    replica.takeSubmission(WHOLE);
    type(replica, 4, 'e');
    const again = new Replica(replica.state);
    expect(show(again)).toBe('abcde');
    expect(again.state).toEqual(replica.state);
    again.acknowledge({ version: 2, timestamp: 20, seq: 5 });
    expect(again.takeSubmission(WHOLE)).toEqual({ seq: 6, edit: [4, 'e'] });
    expect(replica.inFlight).toEqual({ seq: 5, edit: [3, 'd'] });
  });
});

describe('Replica: what is in flight was torn into too many places', () => {
  /** Replaces all of `abcdef`, and somebody else writes in between. */
  function torn(): Replica {
    const replica = replicaOf('abcdef');
    type(replica, 0, 'new', 6);
    replica.takeSubmission(WHOLE);
    replica.receive(someone(2, [4, '-', 2]));
    replica.receive(someone(3, [2, '-', 5]));
    expect(replica.inFlight!.edit).toEqual(['new', -2, 1, -2, 1, -2]);
    return replica;
  }

  it('puts off deletions, and keeps what it inserts', () => {
    const replica = torn();
    expect(replica.thinInFlight(3)).toBe(false);
    expect(replica.thinInFlight(2)).toBe(true);
    expect(replica.inFlight).toEqual({ seq: 5, edit: ['new', -2, 1, -2] });
    expect(show(replica)).toBe('new--');
    replica.receive({ version: 4, timestamp: 40, seq: 5, edit: ['new', -2, 1, -2] });
    expect(show(replica)).toBe('new--');
    expect(replica.takeSubmission(WHOLE)).toEqual({ seq: 6, edit: [5, -2] });
  });

  it('S5 recognises the older copy, which was whole, and deletes nothing twice', () => {
    const replica = torn();
    replica.thinInFlight(1);
    replica.receive({ version: 4, timestamp: 40, seq: 5, edit: ['new', -2, 1, -2, 1, -2] });
    expect(show(replica)).toBe('new--');
    expect(replica.confirmed.text.toString()).toBe('new--');
    expect(replica.isSaved).toBe(true);
  });
});
