import { describe, expect, it } from 'vitest';
import { contrast, type Rgb } from './contrast.ts';

const WHITE: Rgb = [255, 255, 255];

describe('contrast', () => {
  // As the calculators for WCAG show them.
  it.each<[string, Rgb, Rgb, number]>([
    ['black on white', [0, 0, 0], WHITE, 21],
    ['white on white', WHITE, WHITE, 1],
    ['#777777 on white, which just fails 4.5:1', [0x77, 0x77, 0x77], WHITE, 4.48],
    ['#767676 on white, which just passes', [0x76, 0x76, 0x76], WHITE, 4.54],
    ['red on white', [255, 0, 0], WHITE, 4],
    ['blue on white', [0, 0, 255], WHITE, 8.59],
  ])('of %s', (_, one, other, ratio) => {
    expect(contrast(one, other)).toBeCloseTo(ratio, 2);
    expect(contrast(other, one)).toBe(contrast(one, other));
  });
});
