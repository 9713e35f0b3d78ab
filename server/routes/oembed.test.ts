import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { AppKit, type Caller } from '../testing/app-kit.ts';

const SERVER = 'https://weft.example';
const headers = { host: 'weft.example', accept: 'text/html' };

let kit: AppKit;
let webFolder: string;
let owner: Caller;
let id: string;
beforeAll(async () => {
  webFolder = temporaryFolder();
  for (const page of ['index.html', 'document.html'])
    await writeFile(join(webFolder, page), '<html><head></head></html>');
  kit = await AppKit.open({ webFolder });
  owner = await kit.guest();
  id = await owner.makeDocument({ title: 'Plans "A" & <b>', linkAccess: 'view' });
});
afterAll(() => kit.close());

const ask = (url: string, more = '') => kit.caller().get(`/api/oembed?url=${encodeURIComponent(url)}${more}`, headers);

describe('H20 W22 oEmbed', () => {
  it('tells how to show a document, whatever stands in its title', async () => {
    for (const url of [`${SERVER}/d/${id}`, `${SERVER}/d/${id}/?x#heading`, `${SERVER}/embed/${id}`]) {
      const response = await ask(url, '&format=json');
      expect(response.statusCode).toBe(200);
      const { html, ...rest } = response.json<{ html: string }>();
      expect(rest).toMatchObject({ version: '1.0', type: 'rich', title: 'Plans "A" & <b>', width: 720, height: 480 });
      expect(rest).toMatchObject({ provider_name: 'Weft', provider_url: `${SERVER}/`, cache_age: 3600 });
      expect(html).toContain(
        `<iframe src="${SERVER}/embed/${id}" title="Plans &quot;A&quot; &amp; &lt;b&gt;" width="720"`,
      );
      expect(html).toContain('sandbox="allow-scripts allow-same-origin allow-popups allow-forms"');
    }
  });

  it('keeps within the room that the site has', async () => {
    const small = (await ask(`${SERVER}/d/${id}`, '&maxwidth=400&maxheight=300')).json();
    expect(small).toMatchObject({ width: 400, height: 300, html: expect.stringContaining('width="400" height="300"') });
    expect((await ask(`${SERVER}/d/${id}`, '&maxwidth=4000')).json()).toMatchObject({ width: 720, height: 480 });
    expect((await ask(`${SERVER}/d/${id}`, '&maxwidth=0')).statusCode).toBe(400);
  });

  it('speaks JSON alone', async () => {
    const response = await ask(`${SERVER}/d/${id}`, '&format=xml');
    expect([response.statusCode, response.json().error.code]).toEqual([501, 'bad_message']);
  });

  it.each([
    ['another server', 'https://other.example/d/ID'],
    ['a page without a document', `${SERVER}/`],
    ['a document that is not there', `${SERVER}/d/aaaaaaaaaaaaaaaa`],
    ['no address', 'ID'],
  ])('knows nothing of %s', async (_what, url) => {
    expect((await ask(url.replace('ID', id))).statusCode).toBe(404);
  });

  it.each([
    ['closed to the link', { linkAccess: 'none' }, 401],
    ['embedded nowhere', { embedOrigins: [] }, 404],
  ])('shows none that is %s, and its page points to none', async (_how, fields, status) => {
    const hidden = await owner.makeDocument({ linkAccess: 'view' });
    await owner.send('PATCH', `/api/documents/${hidden}`, { body: fields });
    expect((await ask(`${SERVER}/d/${hidden}`)).statusCode).toBe(status);
    expect((await kit.caller().get(`/d/${hidden}`, headers)).body).not.toContain('oembed');
  });

  it('is found in the page of a document', async () => {
    const { body } = await kit.caller().get(`/d/${id}`, headers);
    const [, href] = /<link rel="alternate" type="application\/json\+oembed" href="([^"]*)"/.exec(body)!;
    const { pathname, search } = new URL(href!.replaceAll('&amp;', '&'));
    expect((await kit.caller().get(`${pathname}${search}`, headers)).json()).toMatchObject({ type: 'rich' });
    for (const other of ['/d/aaaaaaaaaaaaaaaa', '/d/%00', '/']) {
      expect((await kit.caller().get(other, headers)).body).not.toContain('oembed');
    }
  });
});

it('M6 the page of a document is framed by those alone who may embed it', async () => {
  const origins = ['https://app.example', 'https://wiki.example'];
  const other = await AppKit.open({ webFolder, settings: { WEFT_ORIGINS: origins.join() } });
  const mina = await other.guest();
  const narrowed = await mina.makeDocument();
  await mina.send('PATCH', `/api/documents/${narrowed}`, { body: { embedOrigins: origins.slice(1) } });
  const policies: unknown[] = [];
  for (const url of [`/d/${narrowed}`, `/d/${await mina.makeDocument()}`]) {
    policies.push((await other.caller().get(url, headers)).headers['content-security-policy']);
  }
  await other.close();
  expect(policies).toEqual([
    expect.stringContaining("frame-ancestors 'self' https://wiki.example;"),
    expect.stringContaining("frame-ancestors 'self' https://app.example https://wiki.example;"),
  ]);
});
