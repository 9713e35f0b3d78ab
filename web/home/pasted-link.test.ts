import { expect, it } from 'vitest';
import { LINK_SECRET_LENGTH } from '../../shared/protocol/bounds.ts';
import { readPastedLink } from './pasted-link.ts';

const HOST = 'weft.example:3000';
const HERE = { host: HOST, basePath: '' };
const BELOW = { host: HOST, basePath: '/weft' };
const ID = 'V1StGXR8_Z5jdHi6B-my';
const SECRET = 'aB-_'.repeat(9).slice(0, LINK_SECRET_LENGTH);

it.each([
  `https://${HOST}/d/${ID}`,
  `http://WEFT.example:3000/d/${ID}`,
  `  <https://${HOST}/d/${ID}>.`,
  `${HOST}/d/${ID}?utm_source=mail`,
  `/d/${ID}`,
  `d/${ID}`,
  `“https://${HOST}/d/${ID}”`,
])('opens the document of %s', (pasted) =>
  expect(readPastedLink(pasted, HERE)).toEqual({ kind: 'here', path: `/d/${ID}` }),
);

it.each([
  `https://${HOST}/d/${ID}#link=${SECRET}`,
  `/d/${ID}%23link%3D${SECRET}`,
  `\u200b${HOST}/d/${ID}#link=${SECRET}).`,
])('redeems the invite link %s', (pasted) =>
  expect(readPastedLink(pasted, HERE)).toEqual({ kind: 'here', path: `/d/${ID}#link=${SECRET}` }),
);

it.each([
  ['https://other.example/d/abc', { kind: 'elsewhere', host: 'other.example' }],
  ['https://weft.example/d/abc', { kind: 'elsewhere', host: 'weft.example' }],
  ['', { kind: 'empty' }],
  [' \u200b ', { kind: 'empty' }],
  ['plans', { kind: 'unclear' }],
  [`https://${HOST}/`, { kind: 'unclear' }],
  [`https://${HOST}/d/`, { kind: 'unclear' }],
  [`/d/${ID}/edit`, { kind: 'unclear' }],
  ['javascript:alert(1)', { kind: 'unclear' }],
])('does not open %j', (pasted, link) => expect(readPastedLink(pasted, HERE)).toEqual(link));

it.each([`https://${HOST}/weft/d/${ID}`, `${HOST}/weft/d/${ID}.`, `/weft/d/${ID}`, `/d/${ID}`, `d/${ID}`])(
  'below /weft opens the document of %s',
  (pasted) => expect(readPastedLink(pasted, BELOW)).toEqual({ kind: 'here', path: `/d/${ID}` }),
);

it.each([`https://${HOST}/d/${ID}`, `https://${HOST}/weftier/d/${ID}`, `${HOST}/d/${ID}`, `https://${HOST}`])(
  'below /weft leaves %s to what else is on its host',
  (pasted) => expect(readPastedLink(pasted, BELOW)).toEqual({ kind: 'elsewhere', host: HOST }),
);
