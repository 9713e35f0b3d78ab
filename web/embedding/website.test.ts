import { expect, it } from 'vitest';
import { hostOf, websiteOf } from './website.ts';

it.each([
  ['https://intranet.example', 'https://intranet.example'],
  ['  HTTPS://Intranet.Example:443/news?q#x ', 'https://intranet.example'],
  ['intranet.example', 'https://intranet.example'],
  ['intranet.example:8443/news', 'https://intranet.example:8443'],
  ['http://localhost:5173', 'http://localhost:5173'],
  ['안내.example', 'https://xn--220b630b.example'],
])('understands %s as %s', (given, website) => expect(websiteOf(given)).toBe(website));

it.each(['', '   ', 'ftp://intranet.example', 'file:///etc/hosts', 'two words', 'javascript://x', 'https://'])(
  'takes "%s" for no website',
  (given) => expect(websiteOf(given)).toBeUndefined(),
);

it('names a website by its host, with a port that is not the usual one', () => {
  expect(hostOf('https://intranet.example')).toBe('intranet.example');
  expect(hostOf('http://localhost:5173')).toBe('localhost:5173');
});
