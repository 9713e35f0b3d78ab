import { expect, it } from 'vitest';
import { piecesOf } from './code-format.ts';

it('tells what is between quotation marks, and loses nothing', () => {
  const code = `<a href="x">\n// somebody's\nconst a = 'b';`;
  const pieces = piecesOf(code);
  expect(pieces.map(({ text }) => text).join('')).toBe(code);
  expect(pieces.filter(({ isQuoted }) => isQuoted).map(({ text }) => text)).toEqual(['"x"', "'b'"]);
});
