import { expect, it } from 'vitest';
import { encode } from 'uqr';
import { qrCodeOf, qrFile } from './qr-code.ts';

const ADDRESS = 'https://weft.example/d/V1StGXR8_Z5jdHi6#link=tYQmZ0mC1Hk2v9XwBnR4eA';

it('draws exactly the modules of the code, with white around it', () => {
  const { size, path } = qrCodeOf(ADDRESS);
  const drawn = Array.from({ length: size }, () => Array.from({ length: size }, () => false));
  for (const [, x, y, run] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let at = Number(x); at < Number(x) + Number(run); at += 1) drawn[Number(y)]![at] = true;
  }
  expect(drawn).toEqual(encode(ADDRESS, { ecc: 'M', border: 4 }).data);
  expect(drawn.slice(0, 4).flat()).not.toContain(true);
});

it('the file is the same drawing', () => {
  const code = qrCodeOf(ADDRESS);
  expect(qrFile(code)).toContain(`d="${code.path}"`);
  expect(qrFile(code)).toContain(`viewBox="0 0 ${code.size} ${code.size}"`);
});
