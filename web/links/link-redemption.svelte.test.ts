import { expect, it } from 'vitest';
import { ApiError } from '../app/api.ts';
import { stateAfter, waitWords } from './link-redemption.svelte.ts';

it.each([
  [new ApiError('password_required', ''), { kind: 'password' }],
  [new ApiError('wrong_password', ''), { kind: 'password', problem: 'That is not the password.' }],
  [new ApiError('rate_limited', '', 42_000), { kind: 'limited', until: 43_000 }],
  [new ApiError('rate_limited', ''), { kind: 'limited', until: 61_000 }],
  [new ApiError('not_found', 'There is no such thing'), { kind: 'ended' }],
  [new ApiError('bad_message', 'secret: Invalid'), { kind: 'ended' }],
  [new ApiError('unauthenticated', ''), { kind: 'turned-away' }],
  [
    new ApiError('unreachable', ''),
    { kind: 'failed', message: 'The server cannot be reached. Check the connection and try again.' },
  ],
  [new TypeError('x is not a function'), { kind: 'failed', message: 'Something went wrong.' }],
])('after %s: %j', (error, state) => {
  expect(stateAfter(error, 1000)).toEqual(state);
});

it.each([
  [0, 'in 1 second'],
  [1000, 'in 1 second'],
  [41_001, 'in 42 seconds'],
  [118_999, 'in 119 seconds'],
  [120_001, 'in 3 minutes'],
  [600_000, 'in 10 minutes'],
])('%i ms are said %j', (milliseconds, words) => {
  expect(waitWords(milliseconds)).toBe(words);
});
