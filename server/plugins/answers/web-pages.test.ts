import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { AppKit } from '../../testing/app-kit.ts';

const page = '<!doctype html><title>Weft</title>';
const documentPage = `${page}<link rel="modulepreload" href="/assets/document-abc123.js">`;
const html = { accept: 'text/html,application/xhtml+xml' };

let kit: AppKit;
let folder: string;
beforeAll(async () => {
  folder = temporaryFolder();
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), page);
  await writeFile(join(folder, 'document.html'), documentPage);
  await writeFile(join(folder, 'assets/index-abc123.js'), 'run()');
  await writeFile(join(folder, 'assets/index-abc123.js.gz'), 'zipped');
  await writeFile(join(folder, '.hidden'), 'hidden');
  kit = await AppKit.open({ webFolder: folder });
});
afterAll(() => kit.close());

it.each([
  ['/', page],
  ['/index.html', page],
  ['/d/abc', documentPage],
  ['/d/abc/', documentPage],
])('serves the app at %s, looked for anew each time', async (url, body) => {
  const response = await kit.caller().get(url, html);
  expect([response.statusCode, response.body, response.headers['cache-control']]).toEqual([200, body, 'no-cache']);
  const again = await kit.caller().get(url, { ...html, 'if-none-match': String(response.headers.etag) });
  expect(again.statusCode).toBe(304);
});

it('serves assets to be kept for ever, packed where they are packed and the browser unpacks', async () => {
  const response = await kit.caller().get('/assets/index-abc123.js');
  expect([response.statusCode, response.body]).toEqual([200, 'run()']);
  expect(response.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  const packed = await kit.caller().get('/assets/index-abc123.js', { 'accept-encoding': 'gzip' });
  expect([packed.body, packed.headers['content-encoding']]).toEqual(['zipped', 'gzip']);
  expect(packed.headers['content-type']).toMatch(/javascript/);
});

it.each(['/nowhere', '/assets/gone.js', '/.hidden', '/d', '/d/a/b', '/..%2fpackage.json'])(
  'shows people the app at %s as not found, and tells programs so',
  async (url) => {
    const shown = await kit.caller().get(url, html);
    expect(shown.statusCode).toBe(404);
    expect(shown.body).not.toContain('hidden');
    const told = await kit.caller().get(url);
    expect(told.json().error.code).toBe('not_found');
  },
);

it.each(['/api/nothing', '/live', '/live/a/b'])('never answers %s with a page', async (url) => {
  const response = await kit.caller().get(url, html);
  expect([response.statusCode, response.json().error.code]).toEqual([404, 'not_found']);
});

it('lets browsers run and frame only what is ours', async () => {
  const { headers } = await kit.caller().get('/', html);
  const policy = String(headers['content-security-policy']);
  expect(policy).toContain("default-src 'self'");
  expect(policy).toContain("frame-ancestors 'self'");
  expect(policy).not.toMatch(/unsafe|upgrade-insecure-requests/);
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['referrer-policy']).toBe('no-referrer');
  expect(headers).not.toHaveProperty('strict-transport-security');
  const api = await kit.caller().get('/api/documents');
  expect(api.headers['cache-control']).toBe('no-store');
  expect(api.headers['x-content-type-options']).toBe('nosniff');
});
