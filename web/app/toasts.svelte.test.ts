import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Seen } from '../testing/seen.svelte.ts';
import { Toasts } from './toasts.svelte.ts';

let toasts: Toasts;

beforeEach(() => {
  vi.useFakeTimers();
  toasts = new Toasts();
});

afterEach(() => {
  vi.useRealTimers();
});

const text = (): string | undefined => toasts.shown?.text;

it('a toast stays for six seconds', () => {
  toasts.show('One');
  vi.advanceTimersByTime(5999);
  expect(text()).toBe('One');
  vi.advanceTimersByTime(1);
  expect(text()).toBeUndefined();
});

it('there is one at a time, and none is lost', () => {
  for (const words of ['One', 'Two', 'Three']) toasts.show(words);
  const seen = [text()];
  for (let second = 0; second < 20; second += 1) {
    vi.advanceTimersByTime(1000);
    if (text() !== seen.at(-1)) seen.push(text());
  }
  expect(seen).toEqual(['One', 'Two', 'Three', undefined]);
});

it('one that was there for long gives way to the next at once', () => {
  toasts.show('One');
  vi.advanceTimersByTime(5000);
  toasts.show('Two');
  vi.advanceTimersByTime(0);
  expect(text()).toBe('Two');
});

it('one that somebody is at stays, and for six seconds more when it is left', () => {
  toasts.show('One');
  vi.advanceTimersByTime(5000);
  toasts.hold();
  vi.advanceTimersByTime(60_000);
  expect(text()).toBe('One');
  toasts.release();
  vi.advanceTimersByTime(5999);
  expect(text()).toBe('One');
  vi.advanceTimersByTime(1);
  expect(text()).toBeUndefined();
});

it('one that was dismissed under the pointer does not hold the next', () => {
  toasts.show('One');
  toasts.hold();
  toasts.dismiss(toasts.shown!.id);
  toasts.show('Two');
  vi.advanceTimersByTime(6000);
  expect(text()).toBeUndefined();
});

it('what shows it hears of it', () => {
  const seen = new Seen(text);
  toasts.show('One');
  expect(seen.values).toEqual([undefined, 'One']);
});
