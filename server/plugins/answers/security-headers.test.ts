import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { AppKit } from '../../testing/app-kit.ts';

let folder: string;
let kit: AppKit;
beforeAll(async () => {
  folder = temporaryFolder();
  for (const page of ['index.html', 'document.html']) await writeFile(join(folder, page), '<title>Weft</title>');
});
afterEach(() => kit.close());

async function open(settings: Record<string, string> = {}): Promise<void> {
  kit = await AppKit.open({ settings, webFolder: folder });
}
const headersOf = async (url: string): Promise<Record<string, unknown>> =>
  (await kit.caller().get(url, { accept: 'text/html' })).headers;

/** The directives of a policy by their names. */
function directives(policy: unknown): Record<string, string> {
  const all = String(policy).split(';');
  return Object.fromEntries(all.map((each) => [each.split(' ', 1)[0]!, each.split(' ').slice(1).join(' ')]));
}

it.each(['/', '/d/some-document', '/nowhere', '/api/session', '/healthz'])(
  '%s lets nothing but our own code run',
  async (url) => {
    await open();
    const headers = await headersOf(url);
    const policy = directives(headers['content-security-policy']);
    expect(policy).toMatchObject({
      'default-src': "'self'",
      'base-uri': "'none'",
      'object-src': "'none'",
      'script-src-attr': "'none'",
      'frame-ancestors': "'self'",
      'require-trusted-types-for': "'script'",
      'trusted-types': 'svelte-trusted-html weft-preview',
    });
    expect(headers['content-security-policy']).not.toMatch(/unsafe|\*|http:|https:/);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'SAMEORIGIN',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
    });
    expect(headers['permissions-policy']).toMatch(/\bcamera=\(\), .*\bmicrophone=\(\)/);
    expect(headers).not.toHaveProperty('x-powered-by');
  },
);

it('names the origins whose pages may frame a document, and no others', async () => {
  await open({ WEFT_ORIGINS: 'https://app.example, https://wiki.example:8443' });
  const headers = await headersOf('/d/some-document');
  expect(directives(headers['content-security-policy'])['frame-ancestors']).toBe(
    "'self' https://app.example https://wiki.example:8443",
  );
  expect(headers).not.toHaveProperty('x-frame-options');
});
