import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../app/api.ts';
import { CurrentUser } from '../app/current-user.svelte.ts';
import { FakeServer, type FakeRequest } from '../testing/fake-server.ts';
import { Seen } from '../testing/seen.svelte.ts';
import { LinkRedemption, stateAfter, waitWords } from './link-redemption.svelte.ts';

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

describe('coming by a link', () => {
  const SESSION = 'POST /api/session';
  const REDEEM = 'POST /api/documents/plan/links/redeem';
  const READ = 'GET /api/documents/plan';
  let server: FakeServer;
  let redemption: LinkRedemption;

  beforeEach(() => {
    server = new FakeServer();
    redemption = new LinkRedemption('plan', 'secret', new CurrentUser());
  });

  /** Shows the link; the server knows who it is. */
  async function redeem(password?: string): Promise<{ asked: FakeRequest; done: Promise<void> }> {
    const done = redemption.redeem(password);
    if (server.waiting.includes(SESSION)) (await server.next(SESSION)).answer({ user: { id: 'joon' } });
    return { asked: await server.next(REDEEM), done };
  }

  it('is somebody first, then shows the secret, and the document is open', async () => {
    const kinds = new Seen(() => redemption.state.kind);
    const { asked, done } = await redeem();
    expect(asked.body).toEqual({ secret: 'secret' });
    asked.answer({});
    await done;
    expect(kinds.values).toEqual(['asking', 'open']);
    expect(redemption.hasOwnAccess).toBe(false);
  });

  it('without guests there is nothing to show it with', async () => {
    const done = redemption.redeem();
    (await server.next(SESSION)).refuse(401, 'unauthenticated');
    await done;
    expect(redemption.state).toEqual({ kind: 'turned-away' });
    expect(server.waiting).toEqual([]);
  });

  it('asks for the password, and again if it was another one', async () => {
    const kinds = new Seen(() => redemption.state.kind);
    const first = await redeem();
    first.asked.refuse(403, 'password_required');
    await first.done;
    expect(redemption.state).toEqual({ kind: 'password' });
    const second = await redeem('wrong');
    expect(second.asked.body).toEqual({ secret: 'secret', password: 'wrong' });
    second.asked.refuse(403, 'wrong_password');
    await second.done;
    expect(redemption.state).toEqual({ kind: 'password', problem: 'That is not the password.' });
    const third = await redeem('right');
    third.asked.answer({});
    await third.done;
    expect(kinds.values).toEqual(['asking', 'password', 'asking', 'password', 'asking', 'open']);
  });

  it('a link that gives nothing opens what is open to them anyway', async () => {
    const { asked, done } = await redeem();
    asked.refuse(404, 'not_found');
    (await server.next(READ)).answer({ id: 'plan' });
    await done;
    expect(redemption.state).toEqual({ kind: 'open' });
    expect(redemption.hasOwnAccess).toBe(true);
  });

  it('and is at its end if nothing is', async () => {
    const { asked, done } = await redeem();
    asked.refuse(404, 'not_found');
    (await server.next(READ)).refuse(404, 'not_found');
    await done;
    expect(redemption.state).toEqual({ kind: 'ended' });
    expect(redemption.hasOwnAccess).toBe(false);
  });

  it('what failed may be tried again', async () => {
    const first = await redeem();
    first.asked.drop();
    await first.done;
    expect(redemption.state.kind).toBe('failed');
    const second = await redeem();
    expect(redemption.state.kind).toBe('asking');
    second.asked.answer({});
    await second.done;
    expect(redemption.state.kind).toBe('open');
  });

  describe('after too many passwords', () => {
    beforeEach(() => vi.useFakeTimers());
    afterEach(() => vi.useRealTimers());

    async function limit(): Promise<number> {
      const { asked, done } = await redeem('wrong');
      asked.refuse(429, 'rate_limited', 'Too many', 3000);
      await done;
      if (redemption.state.kind !== 'limited') throw new Error(redemption.state.kind);
      return redemption.state.until - redemption.now;
    }

    it('waits as long as the server says, counts down, and asks for the password again', async () => {
      expect(await limit()).toBe(3000);
      const begun = redemption.now;
      const passed = new Seen(() => redemption.now - begun);
      await vi.advanceTimersByTimeAsync(2999);
      expect(redemption.state.kind).toBe('limited');
      expect(passed.values.at(-1)).toBe(2500);
      await vi.advanceTimersByTimeAsync(1);
      expect(redemption.state).toEqual({ kind: 'password' });
      expect(vi.getTimerCount()).toBe(0);
    });

    it('nothing goes on when the page is left', async () => {
      await limit();
      redemption.stop();
      await vi.advanceTimersByTimeAsync(10_000);
      expect(redemption.state.kind).toBe('limited');
      expect(vi.getTimerCount()).toBe(0);
    });
  });
});
