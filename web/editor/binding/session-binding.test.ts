import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { TestWorld, type Participant } from '../../../shared/client/testing/participant.ts';
import { applyToString, replaceEdit, type Edit } from '../../../shared/text/edit.ts';
import { LONGEST_HOLD, type LineSpan } from './composition-hold.ts';
import { SessionBinding, type BoundView, type OtherCaret } from './session-binding.ts';

/** A view that is a string. */
class PlainView implements BoundView {
  readonly binding: SessionBinding;
  readonly participant: Participant;
  text: string;
  isReadOnly = false;
  /** The place of what is composed, in UTF-16 units. */
  composing: number | undefined;
  carets: readonly OtherCaret[] = [];

  constructor(participant: Participant) {
    this.participant = participant;
    this.text = participant.text;
    this.binding = new SessionBinding(participant.session);
    this.binding.begin();
    this.binding.attach(this);
  }

  get composed(): LineSpan | undefined {
    if (this.composing === undefined) return undefined;
    const place = Math.min(this.composing, this.text.length);
    const end = this.text.indexOf('\n', place);
    return { from: this.text.lastIndexOf('\n', place - 1) + 1, to: end < 0 ? this.text.length : end };
  }

  show(edit: Edit, carets: readonly OtherCaret[] | undefined): void {
    this.text = applyToString(this.text, edit);
    this.carets = carets ?? this.carets;
  }

  lead(edit: Edit): void {
    this.text = applyToString(this.text, edit);
  }

  /** Replaces some of the text, and tells of it before or after. */
  type(at: number, length: number, text: string, tells: 'before' | 'after' = 'after'): void {
    const from = at % (this.text.length + 1);
    const edit = replaceEdit(from, Math.min(this.text.length, from + length), text);
    const made = { edit, selection: [], isTyping: true };
    if (tells === 'before') this.binding.submit(made);
    this.text = applyToString(this.text, edit);
    if (tells === 'after') this.binding.take(made);
  }
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const action = fc.oneof(
  fc.record({
    kind: fc.constant('type' as const),
    who: fc.nat(1),
    at: fc.nat(40),
    length: fc.nat(3),
    text: fc.constantFrom('x', '\n', '하', 'yz', ''),
    tells: fc.constantFrom('before' as const, 'after' as const),
  }),
  fc.record({ kind: fc.constant('compose' as const), who: fc.nat(1), at: fc.option(fc.nat(40), { nil: undefined }) }),
  fc.record({ kind: fc.constantFrom('undo' as const, 'redo' as const), who: fc.nat(1) }),
  fc.record({ kind: fc.constant('pass' as const), time: fc.nat(200) }),
  fc.record({ kind: fc.constant('settle' as const) }),
);

it('two views of one document show the same in the end, whatever is typed, composed and undone meanwhile', () => {
  fc.assert(
    fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
      const world = new TestWorld('one\ntwo\nthree');
      const views = ['mina', 'joon'].map((name) => new PlainView(world.joined(name)));
      for (const one of actions) {
        if (one.kind === 'settle') world.server.settle();
        else if (one.kind === 'pass') vi.advanceTimersByTime(one.time);
        else {
          const view = views[one.who]!;
          if (one.kind === 'type') view.type(one.at, one.length, one.text, one.tells);
          else if (one.kind === 'compose') view.composing = one.at;
          else view.binding.retract(one.kind);
        }
      }
      for (const view of views) view.composing = undefined;
      world.server.settle();
      vi.advanceTimersByTime(LONGEST_HOLD);
      for (const { text, participant, binding } of views) {
        expect(text).toBe(participant.text);
        expect(text).toBe(world.server.text);
        binding.destroy();
      }
    }),
    { numRuns: 100 },
  );
});

it('what others write on a line that is composed waits, what they write on others does not', () => {
  const world = new TestWorld('one\ntwo');
  const view = new PlainView(world.joined('mina'));
  const joon = world.joined('joon');
  view.composing = 5;
  joon.session.insert(0, 'ONE ');
  joon.session.insert(joon.text.length, ' TWO');
  world.server.settle();
  vi.advanceTimersByTime(100);
  expect(view.text).toBe('ONE one\ntwo');
  expect(view.participant.text).toBe('ONE one\ntwo TWO');
  view.composing = undefined;
  view.binding.releaseSoon();
  vi.advanceTimersByTime(1);
  expect(view.text).toBe('ONE one\ntwo TWO');

  view.composing = view.text.length;
  joon.session.insert(0, '!');
  world.server.settle();
  vi.advanceTimersByTime(100);
  expect(view.text).toBe('!ONE one\ntwo TWO');
});

it('takes back what the session refuses, with all that follows in the same moment', async () => {
  const world = new TestWorld('kept');
  const view = new PlainView(world.joined('mina'));
  view.type(4, 0, '\0');
  view.type(0, 0, 'x');
  expect(view.text).toBe('xkept\0');
  await Promise.resolve();
  expect(view.text).toBe('kept');
  view.type(0, 0, 'y');
  world.server.settle();
  expect(world.server.text).toBe('ykept');
});

it('takes back what a script writes into the view of a reader', async () => {
  const world = new TestWorld('kept');
  world.server.role = 'viewer';
  const view = new PlainView(world.joined('mina'));
  view.type(0, 0, 'x');
  await Promise.resolve();
  expect([view.text, view.participant.text]).toEqual(['kept', 'kept']);
});

it('puts the text of the session in place of another one', () => {
  const world = new TestWorld('of the session');
  const view = new PlainView(world.joined('mina'));
  view.text = 'of the view';
  view.binding.showAll();
  expect(view.text).toBe('of the session');
});

it('tells the carets of others where the view has them, and of nobody after it ended', () => {
  const world = new TestWorld('one\ntwo');
  const view = new PlainView(world.joined('mina'));
  const joon = world.joined('joon');
  joon.session.setSelection([{ anchor: 1, head: 2 }]);
  world.pass(200);
  vi.advanceTimersByTime(100);
  expect(view.carets).toMatchObject([{ anchor: 1, head: 2, isIdle: false }]);
  view.binding.destroy();
  joon.session.insert(0, 'x');
  world.pass(200);
  vi.advanceTimersByTime(100);
  expect(view.text).toBe('one\ntwo');
});
