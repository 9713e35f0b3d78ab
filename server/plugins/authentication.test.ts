import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newGuest, cookieOfGuest, SESSION_COOKIE } from '../access/identity.ts';
import { AppKit, type Caller } from '../testing/app-kit.ts';

let kit: AppKit;
let owner: Caller;
let id: string;
beforeAll(async () => {
  kit = await AppKit.open();
  owner = await kit.guest();
  id = await owner.makeDocument({ content: 'text' });
});
afterAll(() => kit.close());

/** Every route that knows who asks, but for the one that replaces a credential. */
const ROUTES = [
  ['GET', '/api/session'],
  ['DELETE', '/api/session'],
  ['POST', '/api/documents'],
  ['GET', '/api/documents'],
  ['GET', '/api/documents/:id'],
  ['PATCH', '/api/documents/:id'],
  ['DELETE', '/api/documents/:id'],
  ['GET', '/api/documents/:id/content'],
  ['PUT', '/api/documents/:id/content'],
  ['POST', '/api/documents/:id/operations'],
  ['GET', '/api/documents/:id/changes'],
  ['GET', '/live/:id'],
] as const;

const forged = (cookie: string) => ({ cookie: `${SESSION_COOKIE}=${cookie}` });

describe.each(ROUTES)('%s %s', (method, path) => {
  it.each([
    ['a cookie of another server', () => forged(cookieOfGuest('another secret of thirty-two bytes', newGuest()))],
    ['an altered cookie', () => forged(owner.cookie!.replace('.', 'x.'))],
    ['an empty cookie', () => forged('')],
    ['a bearer token', () => ({ authorization: 'Bearer x.y.z' })],
    ['a bearer token beside a good cookie', () => ({ ...forged(owner.cookie!), authorization: 'Bearer x.y.z' })],
    ['an empty Authorization', () => ({ authorization: '' })],
  ])('J4 refuses %s and does nothing (FW2)', async (_name, headers) => {
    const response = await kit.app.inject({ method, url: path.replace(':id', id), headers: headers() });
    expect([response.statusCode, response.json().error.code]).toEqual([401, 'unauthenticated']);
    expect(response.headers['www-authenticate']).toBe('Bearer');
    expect(response.cookies).toEqual([]);
    expect((await owner.get(`/api/documents/${id}`)).json().version).toBe(1);
  });
});

it.each(['/healthz', '/readyz', '/metrics', '/api/openapi.json'])('%s asks nobody who they are', async (url) => {
  expect((await kit.app.inject({ url, headers: forged('x') })).statusCode).toBe(200);
});
