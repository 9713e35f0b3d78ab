import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SESSION_COOKIE } from '../access/identity.ts';
import { AppKit, type Caller } from '../testing/app-kit.ts';

const host = 'weft.example';
const LISTED = 'https://app.example';
const upgrade = { upgrade: 'websocket', connection: 'upgrade' };

interface Kit {
  readonly kit: AppKit;
  readonly owner: Caller;
  readonly id: string;
}

async function open(origins: string): Promise<Kit> {
  const kit = await AppKit.open({ settings: { WEFT_ORIGINS: origins } });
  const owner = await kit.guest();
  return { kit, owner, id: await owner.makeDocument() };
}

let listed: Kit;
beforeAll(async () => {
  listed = await open(LISTED);
});
afterAll(() => listed.kit.close());

const get = ({ kit }: Kit, url: string, headers: Record<string, string>) => kit.caller().get(url, { host, ...headers });

describe('J12 W5 with a list of origins', () => {
  it.each([
    'https://other.example',
    'http://app.example',
    'https://app.example:8443',
    'null',
    'chrome-extension://abc',
  ])('refuses a page of %s, and says which setting does', async (origin) => {
    for (const url of [`/api/documents/${listed.id}`, '/api/documents', `/live/${listed.id}`]) {
      const headers = { origin, ...(url.startsWith('/live') && upgrade) };
      const response = await get(listed, url, headers);
      expect([response.statusCode, response.json().error.code]).toEqual([403, 'forbidden']);
      expect(response.json().error.message).toContain(origin);
      expect(response.json().error.message).toContain('WEFT_ORIGINS');
      expect(response.headers['access-control-allow-origin']).toBe('*');
    }
  });

  it.each([LISTED, 'https://APP.example:443', `http://${host}`, undefined])('takes %s', async (origin) => {
    const response = await get(listed, `/api/documents/${listed.id}`, { ...(origin !== undefined && { origin }) });
    expect([response.statusCode, response.headers.vary]).toEqual([200, 'Origin']);
  });

  it('is no reason to take a cookie from there (J6)', async () => {
    const cookie = `${SESSION_COOKIE}=${listed.owner.cookie}`;
    const response = await get(listed, `/live/${listed.id}`, { origin: LISTED, cookie, ...upgrade });
    expect([response.statusCode, response.json().error.message]).toEqual([
      403,
      expect.stringContaining('another site'),
    ]);
  });
});

describe.each(['', '*'])('J12 with WEFT_ORIGINS=%s', (origins) => {
  it('takes pages of any origin', async () => {
    const any = await open(origins);
    for (const origin of ['https://other.example', 'null']) {
      expect((await get(any, `/api/documents/${any.id}`, { origin })).statusCode).toBe(200);
    }
    await any.kit.close();
  });
});

describe('H18 a page of another origin', () => {
  const origin = LISTED;

  it('may read every answer, a refusal too, and the headers of a text, but never with cookies', async () => {
    for (const url of [`/api/documents/${listed.id}/content`, '/api/documents/nothing', '/api/openapi.json']) {
      const { headers } = await get(listed, url, { origin });
      expect(headers['access-control-allow-origin']).toBe('*');
      expect(headers).not.toHaveProperty('access-control-allow-credentials');
    }
    const { headers } = await get(listed, `/api/documents/${listed.id}/content`, { origin });
    const exposed = String(headers['access-control-expose-headers']).split(', ');
    expect(exposed).toEqual(expect.arrayContaining(['Weft-Version', 'Weft-Timestamp', 'ETag', 'Retry-After']));
  });

  it.each([LISTED, 'https://other.example'])('of %s hears in a preflight what it may send', async (from) => {
    const response = await listed.kit.caller().send('OPTIONS', `/api/documents/${listed.id}/content`, {
      headers: {
        host,
        origin: from,
        'access-control-request-method': 'PUT',
        'access-control-request-headers': 'authorization,content-type,if-match',
      },
    });
    expect([response.statusCode, response.body]).toEqual([204, '']);
    expect(response.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': expect.stringMatching(/\bPUT\b.*\bDELETE\b/),
      'access-control-allow-headers': expect.stringMatching(/^Authorization, Content-Type, If-Match\b/),
      'access-control-max-age': '7200',
    });
    expect(response.headers).not.toHaveProperty('access-control-allow-credentials');
  });

  it('reads no page of ours', async () => {
    for (const url of ['/', '/d/abc', '/healthz', '/metrics']) {
      expect((await get(listed, url, { origin })).headers).not.toHaveProperty('access-control-allow-origin');
    }
  });
});
