/** How wide the window is: under 700 px a phone, under 1100 px narrow. */
export type Width = 'phone' | 'narrow' | 'wide';

/** Where a name goes: behind the end of the line, into the start margin, or over the row above the caret; and how much of it. */
export interface NamePlace {
  readonly where: 'after' | 'margin' | 'over';
  readonly shape: 'name' | 'initials' | 'disc';
}

/** Pixels that each shape of a name needs at least, with what lies between two. */
const LEAST = { name: 60, initials: 29, disc: 19 } as const;
/** Pixels between each shape of a name in the margin and the text. */
export const MARGIN_GAP = { name: 14, initials: 6, disc: 3 } as const;
/** Pixels that a name may have at most. */
export const WIDEST_NAME = 136;

const SHAPES: Readonly<Record<Width, readonly NamePlace['shape'][]>> = {
  wide: ['name', 'initials', 'disc'],
  narrow: ['initials', 'disc'],
  phone: ['disc'],
};

/** Whether a name may stand behind the end of a line, with so many pixels to the end of the column. */
export function hasRoomAfter(pixels: number): boolean {
  return pixels >= LEAST.name;
}

/** How much of a name goes into the margin, with so many pixels before the row, up to the edge of what can be seen; undefined if nothing. */
export function shapeInMargin(pixels: number, width: Width): NamePlace['shape'] | undefined {
  return SHAPES[width].find((one) => pixels >= LEAST[one] + MARGIN_GAP[one]);
}

/**
 * How many of several names in one place are shown there, the others being a number: all, if there is room, in pixels; otherwise
 * one less than has room, because of the number; 0 if the number alone has.
 */
export function shownNames(count: number, shape: NamePlace['shape'], room: number): number {
  const fitting = Math.floor(room / LEAST[shape]);
  return count <= fitting ? count : Math.max(0, fitting - 1);
}
