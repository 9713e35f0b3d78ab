import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { AppKit } from '../../testing/app-kit.ts';

const chunk = '/embed-assets/editor-abc123.js';

let embedFolder: string;
let webFolder: string;
beforeAll(async () => {
  embedFolder = temporaryFolder();
  webFolder = temporaryFolder();
  await mkdir(join(embedFolder, 'embed-assets'));
  for (const [name, content] of [
    ['embed.js', 'define()'],
    ['frame.html', '<!doctype html>'],
    [chunk, 'run()'],
  ] as const) {
    await writeFile(join(embedFolder, name), content);
    await writeFile(join(embedFolder, `${name}.gz`), 'zipped');
  }
  for (const page of ['index.html', 'document.html']) await writeFile(join(webFolder, page), '<title>Weft</title>');
});

describe.each(['with', 'without'])('a server %s the web app', (app) => {
  let kit: AppKit;
  beforeAll(async () => {
    kit = await AppKit.open({ embedFolder, ...(app === 'with' && { webFolder }) });
  });
  afterAll(() => kit.close());

  it.each([
    ['/embed.js', 'define()', 'no-cache'],
    [chunk, 'run()', 'public, max-age=31536000, immutable'],
  ])('lets pages of every origin load %s', async (url, body, kept) => {
    const response = await kit.caller().get(url, { origin: 'https://app.example' });
    expect([response.statusCode, response.body]).toEqual([200, body]);
    expect(response.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': kept,
      'content-type': expect.stringMatching(/^(text|application)\/javascript/),
    });
    const again = await kit.caller().get(url, { 'if-none-match': String(response.headers.etag) });
    expect(again.statusCode).toBe(304);
    const packed = await kit.caller().get(url, { 'accept-encoding': 'gzip' });
    expect([packed.body, packed.headers['content-encoding']]).toEqual(['zipped', 'gzip']);
    expect(packed.headers['content-type']).toMatch(/javascript/);
    expect(packed.headers.vary).toMatch(/accept-encoding/i);
  });

  it.each(['/frame.html', '/embed-assets/gone.js', '/embed-assets/..%2fframe.html'])('has nothing at %s', async (url) =>
    expect((await kit.caller().get(url)).statusCode).toBe(404),
  );
});

it('has none of it before it is built', async () => {
  const kit = await AppKit.open({ webFolder });
  expect((await kit.caller().get('/embed.js')).statusCode).toBe(404);
  await kit.close();
});
