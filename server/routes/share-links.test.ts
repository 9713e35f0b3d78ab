import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccessBody, ShareLinkBody } from '../../shared/protocol/http.ts';
import { AppKit, type Caller } from '../testing/app-kit.ts';

let kit: AppKit;
let owner: Caller;
beforeAll(async () => {
  kit = await AppKit.open({ settings: { WEFT_MAX_SHARE_LINKS: '3', WEFT_PASSWORD_FAILURES: '1' } });
  owner = await kit.guest();
});
afterAll(() => kit.close());

async function closedDocument(): Promise<string> {
  return `/api/documents/${await owner.makeDocument({ linkAccess: 'none', content: 'text' })}`;
}

async function makeLink(url: string, body: object): Promise<ShareLinkBody> {
  const response = await owner.send('POST', `${url}/links`, { body });
  if (response.statusCode !== 201) throw new Error(`No link was made: ${response.body}`);
  return response.json();
}

const redeem = (caller: Caller, url: string, body: object, remoteAddress = '192.0.2.1') =>
  caller.send('POST', `${url}/links/redeem`, { body, remoteAddress });
const codeOf = async (answer: ReturnType<typeof redeem>): Promise<string> => {
  const { statusCode, json } = await answer;
  return `${statusCode} ${json().error?.code ?? ''}`.trim();
};
const linksOf = async (url: string): Promise<ShareLinkBody[]> =>
  (await owner.get(`${url}/access`)).json<AccessBody>().links;

describe('share links', () => {
  it('N1 are made with what they say, listed, and their secret can be copied again', async () => {
    const url = await closedDocument();
    const plain = await makeLink(url, { role: 'viewer' });
    const expiresAt = kit.clock.now() + 60_000;
    const full = await makeLink(url, { role: 'editor', name: ' Für Jun ', expiresAt, password: 'open sesame' });
    const createdAt = kit.clock.now();
    const [id, secret] = [expect.stringMatching(/^[\w-]{12}$/), expect.stringMatching(/^[\w-]{34}$/)];
    expect(plain).toEqual({ id, role: 'viewer', hasPassword: false, createdAt, uses: 0, secret });
    expect(full).toMatchObject({ role: 'editor', name: 'Für Jun', expiresAt, hasPassword: true });
    expect(await linksOf(url)).toEqual([plain, full]);
    const stored = JSON.stringify(await kit.store.listLinks(url.split('/').at(-1)!));
    for (const word of ['open sesame', plain.secret, full.secret]) expect(stored).not.toContain(word);
  });

  it('N2 give their role to whoever redeems them, also without a session', async () => {
    const url = await closedDocument();
    const { secret } = await makeLink(url, { role: 'commenter' });
    for (const caller of [await kit.guest(), kit.caller()]) {
      expect((await caller.get(url)).statusCode).toBe(404);
      const response = await redeem(caller, url, { secret });
      expect(response.json().document).toMatchObject({ role: 'commenter', isNamed: false });
      expect(caller.cookie).toBeDefined();
      expect((await caller.get(url)).json().role).toBe('commenter');
      expect((await redeem(caller, url, { secret })).statusCode).toBe(200);
      expect((await caller.get('/api/documents')).json()).toEqual({ documents: [] });
    }
    expect(await linksOf(url)).toMatchObject([{ uses: 2, lastUsedAt: kit.clock.now() }]);
    expect((await kit.caller().get(url)).statusCode).toBe(404);
  });

  it('N2 never make less of somebody than they are', async () => {
    const url = await closedDocument();
    const { secret } = await makeLink(url, { role: 'viewer' });
    expect((await redeem(owner, url, { secret })).json().document.role).toBe('owner');
  });

  it('N3 end when they say, and give nothing from then on', async () => {
    const url = await closedDocument();
    const { secret } = await makeLink(url, { role: 'editor', expiresAt: kit.clock.now() + 1000 });
    const mina = await kit.guest();
    await redeem(mina, url, { secret });
    kit.clock.advance(999);
    expect((await mina.get(url)).statusCode).toBe(200);
    kit.clock.advance(1);
    expect((await mina.get(url)).statusCode).toBe(404);
    expect(await codeOf(redeem(await kit.guest(), url, { secret }))).toBe('404 not_found');
    expect(await linksOf(url)).toHaveLength(1);
  });

  it('N3 give nothing once they are revoked, and others stay', async () => {
    const url = await closedDocument();
    const [first, second] = [await makeLink(url, { role: 'editor' }), await makeLink(url, { role: 'viewer' })];
    const mina = await kit.guest();
    for (const { secret } of [first, second]) await redeem(mina, url, { secret });
    expect((await mina.get(url)).json().role).toBe('editor');
    expect((await owner.send('DELETE', `${url}/links/${first.id}`)).statusCode).toBe(204);
    expect((await mina.get(url)).json().role).toBe('viewer');
    expect(await codeOf(redeem(mina, url, { secret: first.secret }))).toBe('404 not_found');
    expect(await codeOf(owner.send('DELETE', `${url}/links/${first.id}`))).toBe('404 not_found');
    await owner.send('DELETE', `${url}/links/${second.id}`);
    expect((await mina.get(url)).statusCode).toBe(404);
  });

  it('N2 and M2 FA10: somebody whom an owner removed cannot come back by a link, somebody who left can', async () => {
    const url = await closedDocument();
    const { secret } = await makeLink(url, { role: 'editor' });
    const mina = await kit.guest();
    const member = `${url}/members/${(await mina.get('/api/session')).json().user.id}`;
    await redeem(mina, url, { secret });
    expect((await mina.send('DELETE', member)).statusCode).toBe(204);
    expect((await mina.get(url)).statusCode).toBe(404);
    expect((await redeem(mina, url, { secret })).statusCode).toBe(200);
    expect((await owner.send('DELETE', member)).statusCode).toBe(204);
    expect((await mina.get(url)).statusCode).toBe(404);
    expect(await codeOf(redeem(mina, url, { secret }))).toBe('404 not_found');
  });

  it('N2 are of one document, and no other secret will do', async () => {
    const [url, other] = [await closedDocument(), await closedDocument()];
    const { id, secret } = await makeLink(url, { role: 'editor' });
    const wrong = [
      [other, secret],
      [url, `${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`],
      [url, `${secret}A`],
      [url, `${id}${'A'.repeat(22)}`],
      [url, `${'A'.repeat(12)}${secret.slice(12)}`],
      ['/api/documents/nowhere', secret],
    ] as const;
    for (const [at, given] of wrong) {
      expect(await codeOf(redeem(await kit.guest(), at, { secret: given }))).toBe('404 not_found');
    }
    expect(await codeOf(owner.send('DELETE', `${other}/links/${id}`))).toBe('404 not_found');
    await owner.send('DELETE', url);
    expect(await codeOf(redeem(await kit.guest(), url, { secret }))).toBe('404 not_found');
  });

  it.each([
    [{ role: 'owner' }],
    [{}],
    [{ role: 'viewer', expiresAt: 1 }],
    [{ role: 'viewer', expiresAt: -1 }],
    [{ role: 'viewer', expiresAt: 1e300 }],
    [{ role: 'viewer', password: '' }],
    [{ role: 'viewer', password: 'x'.repeat(201) }],
    [{ role: 'viewer', name: 'two\nlines' }],
    [{ role: 'viewer', name: 'x'.repeat(101) }],
  ])('N1 are not made of %.60j', async (body) => {
    const url = await closedDocument();
    expect(await codeOf(owner.send('POST', `${url}/links`, { body }))).toBe('400 bad_message');
    expect(await linksOf(url)).toEqual([]);
  });

  it('N1 are no more than the setting says', async () => {
    const url = await closedDocument();
    for (let count = 0; count < 3; count += 1) await makeLink(url, { role: 'viewer' });
    expect(await codeOf(owner.send('POST', `${url}/links`, { body: { role: 'viewer' } }))).toBe('400 bad_message');
    await owner.send('DELETE', `${url}/links/${(await linksOf(url))[0]!.id}`);
    await makeLink(url, { role: 'viewer' });
  });
});

describe('passwords of share links', () => {
  it('N4 FH15 cost nothing where there are as many links as there may be, and a bounded number per minute', async () => {
    const tight = await AppKit.open({ settings: { WEFT_MAX_SHARE_LINKS: '1', WEFT_PASSWORDS_PER_MINUTE: '2' } });
    const somebody = await tight.guest();
    const url = `/api/documents/${await somebody.makeDocument()}`;
    const make = () => somebody.send('POST', `${url}/links`, { body: { role: 'viewer', password: 'open sesame' } });
    const made = [await make(), await make(), await make()];
    expect(made.map(({ statusCode }) => statusCode)).toEqual([201, 400, 400]);
    await somebody.send('DELETE', `${url}/links/${made[0]!.json().id}`);
    const again = await make();
    expect(again.statusCode).toBe(201);
    await somebody.send('DELETE', `${url}/links/${again.json().id}`);
    const refused = await make();
    expect([refused.statusCode, refused.headers['retry-after']]).toEqual([429, '30']);
    await tight.close();
  });

  it('N4 are asked for once, and compared whatever way the keyboard wrote them', async () => {
    const url = await closedDocument();
    const { secret } = await makeLink(url, { role: 'viewer', password: 'é한' });
    const mina = await kit.guest();
    expect(await codeOf(redeem(mina, url, { secret }))).toBe('403 password_required');
    expect(await codeOf(redeem(mina, url, { secret, password: 'e한' }))).toBe('403 wrong_password');
    expect((await mina.get(url)).statusCode).toBe(404);
    kit.clock.advance(60_000);
    expect((await redeem(mina, url, { secret, password: 'e\u0301한'.normalize('NFD') })).statusCode).toBe(200);
    expect((await redeem(mina, url, { secret })).statusCode).toBe(200);
    expect(await codeOf(redeem(await kit.guest(), url, { secret }))).toBe('403 password_required');
  });

  it('N4 are tried only so often', async () => {
    const url = await closedDocument();
    const { secret } = await makeLink(url, { role: 'viewer', password: 'right' });
    const [mina, address] = [await kit.guest(), '198.51.100.1'];
    const guess = (password: string) => redeem(mina, url, { secret, password }, address);
    expect(await codeOf(guess('wrong'))).toBe('403 wrong_password');
    const refused = await guess('right');
    expect([refused.statusCode, refused.json().error.code, refused.headers['retry-after']]).toEqual([
      429,
      'rate_limited',
      '60',
    ]);
    kit.clock.advance(60_000);
    expect((await guess('right')).statusCode).toBe(200);
  });
});
