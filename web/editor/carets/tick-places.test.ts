import { expect, it } from 'vitest';
import { tickPlaces } from './tick-places.ts';

it('ticks stand where they belong, with room to press them', () => {
  expect(tickPlaces([100, 300], 500)).toEqual([
    { middle: 100, top: 88, bottom: 112 },
    { middle: 300, top: 288, bottom: 312 },
  ]);
});

it('those that would lie on each other are moved apart, and share the room', () => {
  const places = tickPlaces([100, 100, 101], 500);
  expect(places.map(({ middle }) => middle)).toEqual([100, 106, 112]);
  expect(places.map(({ top, bottom }) => [top, bottom])).toEqual([
    [88, 103],
    [103, 109],
    [109, 124],
  ]);
});

it('none stands outside, at either end', () => {
  expect(tickPlaces([-4, 0], 500).map(({ middle }) => middle)).toEqual([3, 9]);
  expect(tickPlaces([499, 499, 500], 500).map(({ middle }) => middle)).toEqual([485, 491, 497]);
});

it('is empty for nobody', () => {
  expect(tickPlaces([], 500)).toEqual([]);
});
