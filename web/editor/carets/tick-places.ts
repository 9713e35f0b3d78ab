/** Where a tick stands, in pixels from the top: its middle, and the part around it that can be pressed. */
export interface TickPlace {
  readonly middle: number;
  readonly top: number;
  readonly bottom: number;
}

/** Pixels between the middles of two ticks, at least. */
const APART = 6;
/** Pixels from the middle of a tick to the edge of what can be pressed, where no other one is near. */
const REACH = 12;

/**
 * Places for ticks at certain heights, rising, in pixels within a rail of `length`. Those that would lie on each other are moved
 * apart, as little as that needs; what can be pressed ends halfway to the next.
 */
export function tickPlaces(heights: readonly number[], length: number): TickPlace[] {
  const middles: number[] = [];
  for (const [index, height] of heights.entries())
    middles.push(Math.max(height, index === 0 ? APART / 2 : middles[index - 1]! + APART));
  let limit = length - APART / 2;
  for (let index = middles.length - 1; index >= 0; index -= 1) {
    middles[index] = Math.min(middles[index]!, limit);
    limit = middles[index]! - APART;
  }
  return middles.map((middle, index) => {
    const [before, next] = [middles[index - 1] ?? -Infinity, middles[index + 1] ?? Infinity];
    return {
      middle,
      top: Math.max(middle - REACH, (before + middle) / 2),
      bottom: Math.min(middle + REACH, (middle + next) / 2),
    };
  });
}
