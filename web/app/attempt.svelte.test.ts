import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Seen } from '../testing/seen.svelte.ts';
import { ApiError } from './api.ts';
import { Attempt } from './attempt.svelte.ts';
import { Toasts } from './toasts.svelte.ts';

let toasts: Toasts;
let attempt: Attempt;

beforeEach(() => {
  vi.useFakeTimers();
  toasts = new Toasts();
  attempt = new Attempt(toasts);
});
afterEach(() => vi.useRealTimers());

const texts = (): string[] => (toasts.shown === undefined ? [] : [toasts.shown.text]);
const failing = (error: Error) => (): Promise<never> => Promise.reject(error);

it('is busy until it is done', async () => {
  const busy = new Seen(() => attempt.isBusy);
  let finish = (): void => undefined;
  const done = attempt.run(() => new Promise<void>((resolve) => (finish = resolve)));
  expect(busy.values).toEqual([false, true]);
  finish();
  expect(await done).toBe(true);
  expect(busy.values).toEqual([false, true, false]);
  expect(attempt.problem).toBe('');
});

it.each<[Error, string]>([
  [new ApiError('last_owner', ''), 'A document needs an owner. Make somebody else the owner first.'],
  [new ApiError('forbidden', ''), 'Only an owner of this document can do that.'],
  [new ApiError('not_found', ''), 'It no longer exists, or somebody else has changed it in the meantime.'],
  [new ApiError('unreachable', ''), 'The server cannot be reached. Check the connection and try again.'],
  [new ApiError('rate_limited', ''), 'That was a little too fast. Try again in a moment.'],
  [new ApiError('bad_message', 'name: Too long'), 'The server did not understand that. Nothing was changed.'],
  [new ApiError('client_taken', 'Another user has it'), 'Another user has it.'],
  [new TypeError('x is not a function'), 'Something went wrong.'],
])('%s is shown beside it, and it is no longer busy', async (error, problem) => {
  const problems = new Seen(() => attempt.problem);
  expect(await attempt.run(failing(error))).toBe(false);
  expect(problems.values).toEqual(['', problem]);
  expect([attempt.isBusy, texts()]).toEqual([false, []]);
});

it('says of a refusal what its caller has to say', async () => {
  const words = { not_found: 'There is nothing to leave.' };
  await attempt.run(failing(new ApiError('not_found', '')), words);
  expect(attempt.problem).toBe('There is nothing to leave.');
  await attempt.run(failing(new ApiError('forbidden', '')), words);
  expect(attempt.problem).toBe('Only an owner of this document can do that.');
});

it('the next attempt takes the reason of the last one away', async () => {
  attempt.refuse('Choose when the link ends.');
  expect(attempt.problem).toBe('Choose when the link ends.');
  const done = attempt.run(() => Promise.resolve());
  expect(attempt.problem).toBe('');
  await done;
});

it('a reason that arrives when what showed it is closed goes into a toast', async () => {
  let fail = (): void => undefined;
  const done = attempt.run(() => new Promise((_, reject) => (fail = () => reject(new ApiError('forbidden', '')))));
  attempt.close();
  expect(texts()).toEqual([]);
  fail();
  await done;
  expect(texts()).toEqual(['Only an owner of this document can do that.']);
});
