import { describe, expect, it } from 'vitest';
import { LINK_SECRET_LENGTH } from '../../shared/protocol/bounds.ts';
import { readAddress } from './router.svelte.ts';

const ID = 'V1StGXR8_Z5jdHi6B-my';
const SECRET = 'aB-_'.repeat(9).slice(0, LINK_SECRET_LENGTH);

describe('opens what was certainly meant', () => {
  it.each([
    ['as it was given', `/d/${ID}`],
    ['with a slash', `/d/${ID}/`],
    ['with two slashes', `//d//${ID}`],
    ['with a full stop', `/d/${ID}.`],
    ['with what closes a parenthesis and a sentence', `/d/${ID}).`],
    ['with the end of a quotation', `/d/${ID}%E2%80%9D,`],
    ['out of angle brackets', `/d/${ID}%3E`],
    ['with parameters', `/d/${ID}?utm_source=mail&amp;fbclid=x`],
    ['with parameters that lost their question mark', `/d/${ID}&utm_source=mail`],
    ['with a fragment of nothing', `/d/${ID}#lin`],
    ['with characters that nobody sees', `/d/%E2%80%8B${ID}%EF%BB%BF`],
    ['with a line break', `/d/${ID.slice(0, 9)}%0D%0A${ID.slice(9)}`],
  ])('%s', (_, address) => expect(readAddress(address)).toEqual({ path: `/d/${ID}` }));

  it.each([
    ['as it was given', `/d/${ID}#link=${SECRET}`],
    ['escaped', `/d/${ID}%23link=${SECRET}`],
    ['escaped whole', `/d/${ID}%23link%3D${SECRET}`],
    ['escaped twice', `/d/${ID}%2523link=${SECRET}`],
    ['escaped three times, in small letters', `/d/${ID}%252523link%25253d${SECRET}`],
    ['as in HTML', `/d/${ID}&#35;link=${SECRET}`],
    ['as in HTML in HTML', `/d/${ID}&amp;#x23;link=${SECRET}`],
    ['behind parameters', `/d/${ID}?utm_source=mail&fbclid=x#link=${SECRET}`],
    ['before parameters', `/d/${ID}#link=${SECRET}?utm_source=mail&fbclid=x`],
    ['escaped, with parameters behind it', `/d/${ID}%23link=${SECRET}?utm_source=mail`],
    ['as a parameter', `/d/${ID}?utm_source=mail&amp;link=${SECRET}`],
    ['behind a slash', `/d/${ID}/#link=${SECRET}`],
    ['with what closes a sentence', `/d/${ID}#link=${SECRET}).`],
    ['out of angle brackets', `/d/${ID}%23link=${SECRET}%3E`],
    ['with what marks it in Markdown', `/d/${ID}#link=${SECRET}_`],
    ['with the next word', `/d/${ID}%23link=${SECRET}%20Mina`],
    ['with a line break in it', `/d/${ID}#link=${SECRET.slice(0, 20)}%0A%20${SECRET.slice(20)}`],
    ['with characters that nobody sees', `/d/${ID}%E2%81%A0#link=%E2%80%8B${SECRET}`],
  ])('a share link, %s', (_, address) => expect(readAddress(address)).toEqual({ path: `/d/${ID}`, link: SECRET }));

  it.each(['/', '//', '/?utm_source=mail', '/)', '/#'])('the home page, as %s', (address) =>
    expect(readAddress(address)).toEqual({ path: '/' }),
  );
});

it('a link that lost its end is a link all the same, and who tries it hears so', () => {
  expect(readAddress(`/d/${ID}%23link=aB`)).toEqual({ path: `/d/${ID}`, link: 'aB' });
});

it.each(['/nowhere', `/d/${ID}/edit`, `/d/${ID}.md`, '/d/', '/d', `/d/${'a'.repeat(65)}`, '/d/%C3%A9', `/d/%zz${ID}`])(
  'does not guess what %s means',
  (address) => expect(readAddress(address)).toEqual({ path: undefined }),
);

it('finds the secret also where the page is not certain, so that it does not stay', () => {
  expect(readAddress(`/x/${ID}%23link=${SECRET}`)).toEqual({ path: undefined, link: SECRET });
});
