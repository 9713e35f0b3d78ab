/** How much of the screen a sheet takes: 58 % or all of it. */
export type SheetSize = 'part' | 'full';

/** The share of the screen that a sheet takes which is not full. */
export const PART = 0.58;
/** A sheet that is left moving as fast, in screens per second, goes on to the next size. */
const FLING = 0.6;

/**
 * What becomes of a sheet that somebody drags and lets go: `share` is how much of the screen it takes then, `speed` how fast that
 * grows, in screens per second.
 */
export function settled(share: number, speed: number): SheetSize | 'closed' {
  if (speed > FLING) return share > PART / 2 ? 'full' : 'part';
  if (speed < -FLING) return share > PART ? 'part' : 'closed';
  if (share < PART / 2) return 'closed';
  return share < (PART + 1) / 2 ? 'part' : 'full';
}
