import { expect } from '@playwright/test';
import type { Person } from '../sdk/testing.ts';
import { test } from './fixtures/test.ts';

const DAY = 86_400_000;
/** What a browser's timer can count; a longer one fires at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

interface TimerCount {
  count: number;
  longest: number;
}

/** Lets a browser run on a machine whose clock is wrong, and counts the timers that pages set. */
async function misplaceClock({ context }: Person, by: number): Promise<void> {
  await context.addInitScript((ahead) => {
    const RealDate = Date;
    const wrongNow = (): number => RealDate.now() + ahead;
    globalThis.Date = new Proxy(RealDate, {
      construct: (real, given: []) => (given.length === 0 ? new real(wrongNow()) : new real(...given)),
      get: (real, name) => (name === 'now' ? wrongNow : (Reflect.get(real, name) as unknown)),
    });
    const timers: TimerCount = { count: 0, longest: 0 };
    const setTimeoutReally = globalThis.setTimeout;
    const counting = (callback: () => void, delay = 0, ...rest: []): unknown => {
      timers.count += 1;
      timers.longest = Math.max(timers.longest, delay);
      return setTimeoutReally(callback, delay, ...rest);
    };
    Object.assign(globalThis, { setTimeout: counting, timers });
  }, by);
}

for (const [words, by] of [
  ['40 days behind', -40 * DAY],
  ['40 days ahead', 40 * DAY],
  ['30 years behind', -30 * 365 * DAY],
] as const) {
  test(`a computer whose clock is ${words} is calm, and shows times by the server's clock (FR10)`, async ({
    visit,
    openDocument,
  }) => {
    const mina = await visit('Mina');
    await misplaceClock(mina, by);
    await mina.open(await openDocument());
    await mina.type('word');
    await expect(mina.statusLine).toHaveText(/Saved \d?\d:\d\d/);
    const timers = await mina.page.evaluate(() => (globalThis as unknown as { timers: TimerCount }).timers);
    expect(timers.longest).toBeLessThanOrEqual(LONGEST_TIMER);
    expect(timers.count).toBeLessThan(200);

    await mina.context.request.post('/api/documents', { data: { title: 'New' } });
    await mina.page.goto('/');
    // Of today, so it is a time and no date.
    await expect(mina.page.getByTestId('documents').locator('time').first()).toHaveText(/^\d?\d:\d\d$/);
  });
}
