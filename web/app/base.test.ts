import { expect, it } from 'vitest';
import { BASE_PATH, hrefOf, ownPath, SERVER } from './base.ts';

it('is one folder above the scripts', () => {
  expect(SERVER).toBe(new URL('../..', import.meta.url).href + 'web');
  expect(BASE_PATH).toBe(new URL(SERVER).pathname);
  expect(ownPath(hrefOf('/d/abc'))).toBe('/d/abc');
});

it.each([
  ['/weft', '/'],
  ['/weft/', '/'],
  ['/weft/d/abc', '/d/abc'],
  ['/weft/d/abc#link=x', '/d/abc#link=x'],
  ['/weft?show=bin', '/?show=bin'],
  ['/weft/weft', '/weft'],
])('%s is %s of Weft', (path, own) => expect(ownPath(path, '/weft')).toBe(own));

it.each(['/', '/d/abc', '/weftier/d/abc', '/Weft/', '/other/weft/'])('%s is not of Weft below /weft', (path) =>
  expect(ownPath(path, '/weft')).toBeUndefined(),
);

it.each(['/', '/d/abc', '/weft'])('at the root of the host, %s is of Weft', (path) =>
  expect(ownPath(path, '')).toBe(path),
);
