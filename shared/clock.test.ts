import { expect, it } from 'vitest';
import { afterInPieces, LONGEST_TIMER } from './clock.ts';
import { ManualClock } from './testing/manual-clock.ts';

const DAY = 86_400_000;

/** Timers as engines have them: a delay that is too long for them is none. */
function engineTimers(clock: ManualClock) {
  return afterInPieces((delay, callback) => clock.after(delay > LONGEST_TIMER ? 1 : delay, callback));
}

it('a timer of forty days fires after forty days, and not before', () => {
  const clock = new ManualClock();
  const fired: number[] = [];
  const begun = clock.monotonic();
  engineTimers(clock)(40 * DAY, () => fired.push(clock.monotonic() - begun));
  clock.advance(40 * DAY - 1);
  expect(fired).toEqual([]);
  clock.advance(1);
  expect(fired).toEqual([40 * DAY]);
  expect(clock.pending).toBe(0);
});

it('a long timer that is cancelled, in its first piece or a later one, never fires', () => {
  for (const wait of [1, 30 * DAY]) {
    const clock = new ManualClock();
    const cancel = engineTimers(clock)(100 * DAY, () => expect.unreachable());
    clock.advance(wait);
    cancel();
    expect(clock.pending).toBe(0);
    clock.advance(200 * DAY);
  }
});

it('setting the machine’s time moves stamps and neither intervals nor timers', () => {
  const clock = new ManualClock();
  const [now, elapsed] = [clock.now(), clock.monotonic()];
  clock.after(100, () => expect.unreachable());
  clock.setBy(-DAY);
  clock.advance(99);
  expect(clock.now()).toBe(now - DAY + 99);
  expect(clock.monotonic()).toBe(elapsed + 99);
});
