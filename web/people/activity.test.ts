import { expect, it } from 'vitest';
import { ManualClock } from '../../shared/testing/manual-clock.ts';
import { AWAY_AFTER, IDLE_AFTER, watchActivity, type ActivitySource } from './activity.ts';

function setUp() {
  const clock = new ManualClock();
  const states: string[] = [];
  let active = (): void => undefined;
  let visibility = (): void => undefined;
  const source: ActivitySource & { isHidden: boolean } = {
    isHidden: false,
    onActive: (callback) => ((active = callback), () => (active = () => undefined)),
    onVisibility: (callback) => ((visibility = callback), () => (visibility = () => undefined)),
  };
  const stop = watchActivity(source, clock, (state) => states.push(state));
  const hide = (isHidden: boolean): void => {
    source.isHidden = isHidden;
    visibility();
  };
  return { clock, states, hide, stop, move: () => active() };
}

it('is idle after a minute without a sign of life, and active at the next one', () => {
  const { clock, states, move } = setUp();
  clock.advance(IDLE_AFTER - 1);
  move();
  clock.advance(IDLE_AFTER - 1);
  expect(states).toEqual([]);
  clock.advance(1);
  expect(states).toEqual(['idle']);
  move();
  expect(states).toEqual(['idle', 'active']);
});

it('is away half a minute after the tab was hidden, and active when it is shown', () => {
  const { clock, states, hide } = setUp();
  hide(true);
  clock.advance(AWAY_AFTER - 1);
  hide(false);
  hide(true);
  expect(states).toEqual([]);
  clock.advance(AWAY_AFTER);
  expect(states).toEqual(['away']);
  hide(false);
  expect(states).toEqual(['away', 'active']);
});

it('says nothing once it was stopped', () => {
  const { clock, states, stop } = setUp();
  stop();
  clock.advance(IDLE_AFTER);
  expect(states).toEqual([]);
});
