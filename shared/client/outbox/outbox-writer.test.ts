import { expect, it } from 'vitest';
import { ManualClock } from '../../testing/manual-clock.ts';
import { OutboxWriter } from './outbox-writer.ts';

it('asks the outbox for one thing at a time', async () => {
  const asked: string[] = [];
  let finish: (() => void) | undefined;
  const ask = (name: string) => (): Promise<void> => {
    expect(finish, `${name} while another is under way`).toBeUndefined();
    asked.push(name);
    return new Promise((resolve) => {
      finish = () => {
        finish = undefined;
        resolve();
      };
    });
  };
  const outbox = {
    open: () => Promise.reject(new Error('Not here')),
    save: ask('save'),
    clear: ask('clear'),
    close: ask('close'),
  };
  const names = { clientId: 'a', title: '', version: 0, timestamp: 0, seq: 0, unsaved: 1 };
  const source = {
    record: { ...names, inFlight: undefined, buffer: ['x'] },
    submissionNumber: 0,
    isSaved: false,
    confirmedText: () => '',
  };
  const failures: boolean[] = [];
  const writer = new OutboxWriter(
    outbox,
    new ManualClock(),
    () => source,
    (keeps) => failures.push(keeps),
  );
  const done = Promise.all([writer.flush(), writer.flush(), writer.close()]);
  let isDone = false;
  void done.then(() => (isDone = true));
  for (let turn = 0; turn < 100 && !isDone; turn += 1) {
    finish?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(isDone).toBe(true);
  expect(failures).toEqual([]);
  expect(asked[0]).toBe('save');
  expect(asked.at(-1)).toBe('close');
});

it('notes what is unsent before it returns where the page is left, also while a write is under way', () => {
  const noted: unknown[] = [];
  const never = (): Promise<never> => new Promise(() => {});
  const outbox = {
    open: never,
    save: never,
    clear: never,
    close: never,
    note: (note: unknown) => noted.push(note) > 0,
  };
  const names = { clientId: 'a', userId: 'guest_anna', title: '', version: 3, timestamp: 0, seq: 1, unsaved: 2 };
  const source = {
    record: { ...names, inFlight: undefined, buffer: ['x'] },
    submissionNumber: 0,
    isSaved: false,
    confirmedText: () => 'text',
  };
  const writer = new OutboxWriter(
    outbox,
    new ManualClock(),
    () => source,
    () => {},
  );
  void writer.flush();
  writer.sleep();
  const record = { ...names, inFlight: undefined, buffer: ['x'], drift: [] };
  expect(noted).toMatchObject([{ record, base: 'text' }]);
  writer.sleep();
  expect(noted).toMatchObject([{ record: { writes: 1 } }, { record: { writes: 2 } }]);
  source.isSaved = true;
  writer.sleep();
  expect(noted).toHaveLength(2);
});
