import { expect, it } from 'vitest';
import { ManualClock } from '../../shared/testing/manual-clock.ts';
import { ApiError } from './api.ts';
import { SavedField, type KeptDraft } from './saved-field.ts';

/** A field on a server that answers when the test says so. */
function kit(kept?: KeptDraft) {
  const clock = new ManualClock();
  const sent: { value: string; isLast: boolean; answer: (error?: Error) => Promise<void> }[] = [];
  const failures: { value: string; isFinal: boolean }[] = [];
  const shelf = { kept };
  const field = new SavedField({
    clock,
    changed: () => undefined,
    failed: (_error, value, isFinal) => void failures.push({ value, isFinal }),
    save: (value, { isLast = false } = {}) =>
      new Promise((resolve, reject) => {
        const answer = (error?: Error): Promise<void> => {
          if (error === undefined) resolve();
          else reject(error);
          return new Promise((done) => setTimeout(done));
        };
        sent.push({ value, isLast, answer });
      }),
    shelf: { read: () => shelf.kept, write: (draft) => void (shelf.kept = draft) },
  });
  const enter = (value: string): void => {
    field.type(value);
    field.commit();
  };
  return { clock, field, sent, failures, shelf, enter, values: () => sent.map(({ value }) => value) };
}

const UNREACHABLE = new ApiError('unreachable', '');

it('an answer does not take the place of what was typed since', async () => {
  const { field, sent, enter } = kit();
  field.tell('Untitled');
  enter('Minutes');
  field.type('Minutes of May');
  field.tell('Minutes');
  await sent[0]!.answer();
  expect(field.shown).toBe('Minutes of May');
  field.commit();
  expect(sent[1]!.value).toBe('Minutes of May');
  await sent[1]!.answer();
  expect([field.shown, field.isTouched, sent.length]).toEqual(['Minutes of May', false, 2]);
});

it('what is finished while a save is under way is sent after it, and only the last of it', async () => {
  const { field, sent, enter, values } = kit();
  field.tell('A');
  for (const value of ['B', 'C', 'D']) enter(value);
  expect(values()).toEqual(['B']);
  await sent[0]!.answer();
  expect(field.shown).toBe('D');
  await sent[1]!.answer();
  expect(values()).toEqual(['B', 'D']);
  expect(field.isTouched).toBe(false);
});

it('going back to the value of before is a value too, while another is under way', async () => {
  const { field, sent, enter, values } = kit();
  field.tell('A');
  enter('B');
  enter('A');
  await sent[0]!.answer();
  await sent[1]!.answer();
  expect([field.shown, values()]).toEqual(['A', ['B', 'A']]);
});

it('what others make of it is shown where nobody types, and after a save where they came later', async () => {
  const { field, sent, enter } = kit();
  field.tell('A');
  field.tell('B');
  expect(field.shown).toBe('B');
  field.type('mine');
  field.tell('C');
  expect(field.shown).toBe('mine');
  enter('mine');
  field.tell('mine');
  field.tell('D');
  await sent[0]!.answer();
  expect(field.shown).toBe('D');
});

it('a save that fails in passing is kept, said once and tried again, later and later; the connection calls it at once', async () => {
  const { field, sent, enter, failures, clock, shelf } = kit();
  field.tell('A');
  enter('B');
  await sent[0]!.answer(UNREACHABLE);
  expect([field.shown, field.hasFailed, shelf.kept]).toEqual(['B', true, { value: 'B', before: 'A' }]);
  clock.advance(1000);
  await sent[1]!.answer(UNREACHABLE);
  clock.advance(1999);
  expect(sent).toHaveLength(2);
  field.retry();
  await sent[2]!.answer(new ApiError('rate_limited', '', 60_000));
  clock.advance(59_999);
  expect(sent).toHaveLength(3);
  clock.advance(1);
  await sent[3]!.answer();
  expect([field.shown, field.hasFailed, shelf.kept]).toEqual(['B', false, undefined]);
  expect(failures).toEqual([{ value: 'B', isFinal: false }]);
  clock.advance(1_000_000);
  expect(sent).toHaveLength(4);
});

it('a refusal is said and not tried again; what was typed stays until it is put away', async () => {
  const { field, sent, enter, failures, clock, shelf } = kit();
  field.tell('A');
  enter('B');
  await sent[0]!.answer(new ApiError('forbidden', 'No'));
  clock.advance(1_000_000);
  expect([sent.length, field.shown, shelf.kept]).toEqual([1, 'B', undefined]);
  expect(failures).toEqual([{ value: 'B', isFinal: true }]);
  field.cancel();
  expect([field.shown, field.hasFailed]).toEqual(['A', false]);
});

it('a page that ends sends what was typed, finished or under way, and keeps it for the next one', async () => {
  const { field, sent, shelf } = kit();
  field.tell('A');
  field.type(' B ');
  field.leave();
  expect(sent.map(({ value, isLast }) => ({ value, isLast }))).toEqual([{ value: 'B', isLast: true }]);
  const next = kit(shelf.kept);
  next.field.tell('A');
  expect([next.field.shown, next.values()]).toEqual(['B', ['B']]);
  const late = kit(shelf.kept);
  late.field.tell('Called otherwise meanwhile');
  expect([late.field.shown, late.values(), late.shelf.kept]).toEqual(['Called otherwise meanwhile', [], undefined]);
});

it('nothing is sent of an empty field, of one that nobody changed, and of one that was given up', () => {
  const { field, enter, sent } = kit();
  field.tell('A');
  enter('  ');
  enter(' A ');
  field.type('B');
  field.cancel();
  field.commit();
  field.leave();
  expect([field.shown, sent]).toEqual(['A', []]);
});
