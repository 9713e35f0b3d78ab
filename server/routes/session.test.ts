import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guestFromCookie, SESSION_COOKIE } from '../access/identity.ts';
import { PERSON_COLORS } from '../../shared/person-colors.ts';
import { AppKit, SECRET } from '../testing/app-kit.ts';

let kit: AppKit;
beforeAll(async () => {
  kit = await AppKit.open();
});
afterAll(() => kit.close());

describe('POST /api/session', () => {
  it('H1 makes a guest with a friendly name, a colour and a signed http-only cookie', async () => {
    const guest = kit.caller();
    const response = await guest.send('POST', '/api/session');
    expect(response.statusCode).toBe(200);
    const { user } = response.json();
    expect(user.name).toMatch(/^[A-Z][a-z]+ [A-Z][a-z]+$/);
    expect(PERSON_COLORS.map(({ value }) => value)).toContain(user.color);
    expect(guestFromCookie(SECRET, guest.cookie!)).toEqual(user);
    expect(response.cookies).toEqual([
      { name: SESSION_COOKIE, value: guest.cookie, path: '/', httpOnly: true, sameSite: 'Lax', maxAge: 31_536_000 },
    ]);
  });

  it('H1 renames the guest of a valid cookie, who stays the same guest', async () => {
    const guest = await kit.guest();
    const before = (await guest.get('/api/session')).json().user;
    const renamed = await guest.send('POST', '/api/session', { body: { name: '민아', color: '#2e67c6' } });
    expect(renamed.json().user).toEqual({ id: before.id, name: '민아', color: '#2e67c6' });
    expect((await guest.get('/api/session')).json()).toEqual(renamed.json());
  });

  it('H1 takes no body for no body, also where JSON is announced', async () => {
    const headers = { 'content-type': 'application/json' };
    expect((await kit.caller().send('POST', '/api/session', { headers })).statusCode).toBe(200);
    const broken = await kit.caller().send('POST', '/api/session', { headers, body: '{' });
    expect(broken.json().error.code).toBe('bad_message');
    const poisoned = await kit.caller().send('POST', '/api/session', { headers, body: '{"__proto__": {"name": "x"}}' });
    expect(poisoned.statusCode).toBe(400);
  });

  it('H1 replaces an invalid cookie by a new guest', async () => {
    const stranger = kit.caller();
    stranger.cookie = 'forged';
    expect((await stranger.send('POST', '/api/session')).statusCode).toBe(200);
    expect((await stranger.get('/api/session')).statusCode).toBe(200);
  });

  it('marks the cookie as secure behind a trusted proxy that ends TLS, and only there', async () => {
    const behindProxy = await AppKit.open({ settings: { WEFT_TRUST_PROXY: 'true' } });
    const headers = { 'x-forwarded-proto': 'https' };
    const trusted = await behindProxy.caller().send('POST', '/api/session', { headers });
    const untrusted = await kit.caller().send('POST', '/api/session', { headers });
    await behindProxy.close();
    expect([trusted.cookies[0]!.secure, untrusted.cookies[0]!.secure]).toEqual([true, undefined]);
  });

  it.each([
    [{ name: '' }, 'body.name'],
    [{ name: 'x'.repeat(65) }, 'body.name'],
    [{ name: 'two\nlines' }, 'body.name'],
    [{ name: '\u200b' }, 'body.name'],
    [{ name: 7 }, 'body.name'],
    [{ color: 'red' }, 'body.color'],
    [[], 'body'],
  ])('refuses %j and says where', async (body, place) => {
    const response = await kit.caller().send('POST', '/api/session', { body });
    expect(response.statusCode).toBe(400);
    expect(response.json().error).toMatchObject({ code: 'bad_message', message: expect.stringContaining(place) });
    expect(response.cookies).toEqual([]);
  });
});

it('GET /api/session without a session is 401, and sets no cookie', async () => {
  const response = await kit.caller().get('/api/session');
  expect(response.statusCode).toBe(401);
  expect(response.json().error.code).toBe('unauthenticated');
  expect(response.cookies).toEqual([]);
});

it('DELETE /api/session signs out', async () => {
  const guest = await kit.guest();
  expect((await guest.send('DELETE', '/api/session')).statusCode).toBe(204);
  expect(guest.cookie).toBeUndefined();
  expect((await guest.get('/api/session')).statusCode).toBe(401);
});
