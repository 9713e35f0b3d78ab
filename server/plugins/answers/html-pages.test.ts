import Fastify, { type FastifyInstance } from 'fastify';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, expect, it } from 'vitest';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { HtmlPage, type HeadLink } from './html-pages.ts';

const BUILT = `<!doctype html>
<html>
  <head>
    <link rel="icon" href="./favicon.svg" />
    <script type="module" crossorigin src="./assets/app-0a.js"></script>
  </head>
  <body>A link "./somewhere" in words, href=./unquoted, and <a href="../up">up</a></body>
</html>
`;

let app: FastifyInstance;
afterEach(() => app.close());

async function serve(basePath: string, links?: readonly HeadLink[]): Promise<void> {
  const file = path.join(temporaryFolder(), 'page.html');
  writeFileSync(file, BUILT);
  const page = await HtmlPage.read(file, basePath);
  app = Fastify();
  app.get('/', (_request, reply) => page.send(reply, links));
  app.get('/missing', (_request, reply) => page.send(reply.code(404)));
}

it.each(['', '/weft', '/apps/weft'])('names what it loads below "%s", and leaves everything else', async (base) => {
  await serve(base);
  const { body, headers } = await app.inject('/');
  expect(body).toBe(
    BUILT.replace('./favicon.svg', `${base}/favicon.svg`).replace('./assets/app-0a.js', `${base}/assets/app-0a.js`),
  );
  expect(headers['content-type']).toBe('text/html; charset=utf-8');
});

it('has the links that it is given at the end of its head, whatever stands in them', async () => {
  const title = 'Ada & "Mina" <b>$& $1</b>';
  await serve('/weft', [{ rel: 'alternate', type: 'application/json+oembed', title }]);
  const { body } = await app.inject('/');
  expect(body).toContain(
    '<link rel="alternate" type="application/json+oembed" title="Ada &amp; &quot;Mina&quot; &lt;b&gt;$&amp; $1&lt;/b&gt;" />\n  </head>',
  );
});

it('is looked for anew each time, and sent only if it has changed', async () => {
  await serve('');
  const { headers } = await app.inject('/');
  expect(headers).toMatchObject({ 'cache-control': 'no-cache', vary: 'Accept-Encoding' });
  const tag = String(headers.etag);
  for (const kept of [tag, `"other", ${tag}`]) {
    const again = await app.inject({ url: '/', headers: { 'if-none-match': kept } });
    expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', tag]);
  }
  expect((await app.inject({ url: '/', headers: { 'if-none-match': '"other"' } })).statusCode).toBe(200);
  await app.close();
  await serve('/weft');
  expect((await app.inject({ url: '/', headers: { 'if-none-match': tag } })).statusCode).toBe(200);
});

it('is told as missing where it says so, also to browsers that have it', async () => {
  await serve('');
  const { etag } = (await app.inject('/')).headers;
  const missing = await app.inject({ url: '/missing', headers: { 'if-none-match': String(etag) } });
  expect([missing.statusCode, missing.body]).toEqual([
    404,
    BUILT.replaceAll('"./', '"/').replace('"/somewhere', '"./somewhere'),
  ]);
});

it.each([
  ['gzip, deflate, br', 'gzip'],
  ['br;q=1, gzip;q=0.2', 'gzip'],
  ['*', 'gzip'],
  ['gzip;q=0, br', undefined],
  ['identity', undefined],
  ['', undefined],
])('is packed for "%s" as %s', async (accepted, encoding) => {
  await serve('');
  const plain = await app.inject('/');
  const { headers, rawPayload } = await app.inject({ url: '/', headers: { 'accept-encoding': accepted } });
  expect(headers['content-encoding']).toBe(encoding);
  expect((encoding === undefined ? rawPayload : gunzipSync(rawPayload)).toString()).toBe(plain.body);
  expect(headers.etag).toBe(plain.headers.etag);
});
