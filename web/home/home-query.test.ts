import { expect, it } from 'vitest';
import { addressOf, readQuery } from './home-query.ts';

const USUAL = { show: 'all', sort: 'edited', words: '' } as const;

it.each([
  ['/', USUAL],
  ['/?show=bin', { ...USUAL, show: 'bin' }],
  ['/?show=mine&sort=title&q=%ED%9A%8C%EC%9D%98+100%25', { show: 'mine', sort: 'title', words: '회의 100%' }],
] as const)('%s says what is shown, and the other way round', (address, query) => {
  expect(readQuery(address.slice(1))).toEqual(query);
  expect(addressOf(query)).toBe(address);
});

it.each(['?show=everything&sort=constructor', '?utm_source=mail', '?q=%20', '?link'])(
  '%s counts as nothing',
  (search) => expect(readQuery(search)).toEqual(USUAL),
);

it('the secret of a link that was pasted into the search does not get into the address', () => {
  expect(addressOf({ ...USUAL, words: `https://weft.example/d/abc#link=${'s'.repeat(34)}` })).toBe('/');
});
