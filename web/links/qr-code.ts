import { encode } from 'uqr';

/** Modules of white around the code; readers need four. */
const QUIET = 4;

/** A QR code as one SVG path on a square of `size` modules; dark modules are filled. */
export interface QrCode {
  readonly size: number;
  readonly path: string;
}

/** Level M: readable with 15 % of it smudged, as on paper. */
export function qrCodeOf(text: string): QrCode {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET });
  const runs = data.flatMap((row, y) =>
    [
      ...row
        .map((isDark) => (isDark ? '1' : '0'))
        .join('')
        .matchAll(/1+/g),
    ].map(({ index, 0: run }) => `M${index} ${y}h${run.length}v1h-${run.length}z`),
  );
  return { size, path: runs.join('') };
}

/** A QR code as an SVG file for printing. */
export function qrFile({ size, path }: QrCode): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" width="${size * 10}" height="${size * 10}" shape-rendering="crispEdges">`,
    `<rect width="${size}" height="${size}" fill="#ffffff"/><path d="${path}" fill="#000000"/>`,
    '</svg>',
  ].join('');
}
