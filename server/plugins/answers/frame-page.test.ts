import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { AppKit, type Caller } from '../../testing/app-kit.ts';

const APP = 'https://app.example';
const WIKI = 'https://wiki.example';
const FRAME = '<!doctype html><html><head></head><body>the frame page</body></html>';
/** What a browser says of itself when a page shows an address in a frame. */
const framedBy = (origin: string) => ({
  host: 'weft.example',
  'sec-fetch-dest': 'iframe',
  'sec-fetch-site': 'cross-site',
  referer: `${origin}/`,
});

let embedFolder: string;
let kit: AppKit;
let owner: Caller;
let id: string;
beforeAll(async () => {
  embedFolder = temporaryFolder();
  await mkdir(join(embedFolder, 'embed-assets'));
  await writeFile(join(embedFolder, 'embed.js'), '');
  await writeFile(join(embedFolder, 'frame.html'), FRAME);
  kit = await AppKit.open({ embedFolder, settings: { WEFT_ORIGINS: `${APP} ${WIKI}` } });
  owner = await kit.guest();
  id = await owner.makeDocument();
});
afterAll(() => kit.close());

const ancestors = (headers: Record<string, unknown>): string | undefined =>
  /frame-ancestors ([^;]*)/.exec(String(headers['content-security-policy']))?.[1];

describe('F1 the frame page', () => {
  it.each(['', '/', '?mode=view&theme=dark'])(
    'at /embed/:id%s is framed by our own pages and those of the setting',
    async (end) => {
      const { statusCode, body, headers } = await kit.caller().get(`/embed/${id}${end}`, framedBy(APP));
      expect([statusCode, body]).toEqual([200, FRAME]);
      expect(ancestors(headers)).toBe(`'self' ${APP} ${WIKI}`);
      expect(headers).toMatchObject({ 'cache-control': 'no-cache', 'cross-origin-resource-policy': 'cross-origin' });
      for (const name of ['x-frame-options', 'cross-origin-opener-policy']) expect(headers).not.toHaveProperty(name);
      expect(headers['content-security-policy']).toContain("require-trusted-types-for 'script'");
    },
  );

  it('is framed by those alone to whom the owner narrowed it, and by none but ours at last', async () => {
    const narrowed = await owner.makeDocument();
    const setTo = (embedOrigins: string[]) =>
      owner.send('PATCH', `/api/documents/${narrowed}`, { body: { embedOrigins } });
    await setTo([WIKI, 'https://not-of-the-server.example']);
    const wiki = await kit.caller().get(`/embed/${narrowed}`, framedBy(WIKI));
    expect([wiki.statusCode, ancestors(wiki.headers)]).toEqual([200, `'self' ${WIKI}`]);
    expect((await kit.caller().get(`/embed/${narrowed}`, framedBy(APP))).statusCode).toBe(403);
    await setTo([]);
    const again = await kit.caller().get(`/embed/${narrowed}`, { host: 'weft.example' });
    expect([again.statusCode, ancestors(again.headers)]).toEqual([200, "'self'"]);
  });

  it.each([
    ['of our own', framedBy('https://weft.example')],
    ['at the top that follows a link', { ...framedBy('https://evil.example'), 'sec-fetch-dest': 'document' }],
    ['that does not say who it is', { host: 'weft.example', 'sec-fetch-dest': 'iframe' }],
  ])('is given to a page %s, and the browser decides by its ancestors', async (_which, headers) => {
    const response = await kit.caller().get(`/embed/${id}`, headers);
    expect([response.body, ancestors(response.headers)]).toEqual([FRAME, `'self' ${APP} ${WIKI}`]);
  });
});

describe('F2 a page that may not frame the document', () => {
  it.each([framedBy('https://evil.example'), { host: 'weft.example', referer: 'https://evil.example/' }])(
    'shows one that says so and offers a tab of its own, to whoever frames it (%j)',
    async (headers) => {
      const response = await kit.caller().get(`/embed/${id}`, headers);
      expect(response.statusCode).toBe(403);
      expect(response.body).toContain('https://evil.example');
      expect(response.body).toContain(`<a href="/d/${id}" target="_blank" rel="noopener">Open in a new tab</a>`);
      expect(response.body).not.toMatch(/<script|the frame page/);
      expect(ancestors(response.headers)).toBe('*');
      expect(response.headers['content-security-policy']).toContain("default-src 'none'");
      expect(response.headers).not.toHaveProperty('x-frame-options');
    },
  );

  it('says so in Korean to whoever prefers it', async () => {
    const headers = { ...framedBy('https://evil.example'), 'accept-language': 'ko-KR,ko;q=0.9,en;q=0.8' };
    expect((await kit.caller().get(`/embed/${id}`, headers)).body).toContain('새 탭에서 열기');
  });

  it('writes no address as markup', async () => {
    const { body } = await kit
      .caller()
      .get(`/embed/${encodeURIComponent('"><img src=x>')}`, framedBy('https://evil.example'));
    expect(body).not.toContain('<img');
  });
});

it.each([
  ['', 403, '*'],
  ['*', 200, '*'],
])('F1 where WEFT_ORIGINS is "%s" a foreign page gets %d', async (origins, status, expected) => {
  const other = await AppKit.open({ embedFolder, settings: { WEFT_ORIGINS: origins } });
  const response = await other.caller().get('/embed/some-document', framedBy(APP));
  await other.close();
  expect([response.statusCode, ancestors(response.headers)]).toEqual([status, expected]);
});
