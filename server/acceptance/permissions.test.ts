import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../shared/protocol/roles.ts';
import { ServerProcess } from '../../testing/server-process.ts';
import { ROUTES } from '../access/permissions.ts';
import { Stranger } from '../../testing/stranger.ts';
import { receive, stateOf, VISITOR_SETTINGS, VISITORS, type Premises, type Visitor } from '../../testing/visitors.ts';

interface Attempt {
  /** The row of the table. */
  readonly route: string;
  /** The field of the body that asks for more. */
  readonly field?: string;
  readonly path: (premises: Premises) => string;
  readonly body?: (premises: Premises, version: number) => object | string;
}

/** One good request for every row, those that take something away last. */
const ATTEMPTS: readonly Attempt[] = [
  { route: 'POST /api/session', path: () => '/api/session', body: () => ({}) },
  { route: 'GET /api/session', path: () => '/api/session' },
  { route: 'DELETE /api/session', path: () => '/api/session' },
  { route: 'POST /api/documents', path: () => '/api/documents', body: () => ({ title: 'Mine' }) },
  { route: 'GET /api/documents', path: () => '/api/documents' },
  { route: 'GET /api/openapi.json', path: () => '/api/openapi.json' },
  { route: 'GET /healthz', path: () => '/healthz' },
  { route: 'GET /readyz', path: () => '/readyz' },
  { route: 'GET /metrics', path: () => '/metrics' },
  { route: 'GET /api/documents/:id', path: ({ url }) => url },
  { route: 'GET /api/documents/:id/content', path: ({ url }) => `${url}/content` },
  { route: 'GET /api/documents/:id/changes', path: ({ url }) => `${url}/changes` },
  { route: 'GET /api/documents/:id/access', path: ({ url }) => `${url}/access` },
  { route: 'PATCH /api/documents/:id', path: ({ url }) => url, body: () => ({}) },
  { route: 'PATCH /api/documents/:id', field: 'title', path: ({ url }) => url, body: () => ({ title: 'Theirs' }) },
  {
    route: 'POST /api/documents/:id/operations',
    path: ({ url }) => `${url}/operations`,
    body: (_, version) => ({ version, operations: [{ type: 'insert', position: 0, text: 'x' }] }),
  },
  { route: 'PUT /api/documents/:id/content', path: ({ url }) => `${url}/content`, body: () => 'theirs' },
  { route: 'POST /api/documents/:id/copy', path: ({ url }) => `${url}/copy`, body: () => ({ title: 'Copy' }) },
  { route: 'PUT /api/documents/:id/watch', path: ({ url }) => `${url}/watch` },
  { route: 'DELETE /api/documents/:id/watch', path: ({ url }) => `${url}/watch` },
  { route: 'GET /api/documents/:id/people', path: ({ url }) => `${url}/people` },
  {
    route: 'PUT /api/documents/:id/members/:userId',
    path: ({ url }) => `${url}/members/a-friend`,
    body: () => ({ role: 'owner' }),
  },
  { route: 'POST /api/documents/:id/links', path: ({ url }) => `${url}/links`, body: () => ({ role: 'editor' }) },
  { route: 'DELETE /api/documents/:id/members/:userId', path: ({ url }) => `${url}/members/somebody` },
  {
    route: 'PATCH /api/documents/:id',
    field: 'linkAccess',
    path: ({ url }) => url,
    body: () => ({ linkAccess: 'edit' }),
  },
  {
    route: 'PATCH /api/documents/:id',
    field: 'embedOrigins',
    path: ({ url }) => url,
    body: () => ({ embedOrigins: [] }),
  },
  { route: 'GET /api/documents/:id/embedding', path: ({ url }) => `${url}/embedding?origin=https://app.example` },
  { route: 'DELETE /api/documents/:id/links/:linkId', path: ({ url, linkId }) => `${url}/links/${linkId}` },
  { route: 'DELETE /api/documents/:id', path: ({ url }) => url },
  { route: 'DELETE /api/bin/:id', path: ({ url }) => url.replace('/documents/', '/bin/') },
];
/** Tried elsewhere: sockets in permissions-live.test.ts, links and oEmbed in routes, pages and what they load in plugins/answers, preflights in plugins/cross-origin.test.ts. */
const ELSEWHERE = [
  'OPTIONS *',
  'GET /live/:documentId',
  'POST /api/documents/:id/links/redeem',
  'GET /',
  'GET /d/:id',
  'GET /d/:id/',
  'GET /api/oembed',
  'GET /embed/:id',
  'GET /embed/:id/',
  'GET /embed.js',
  'GET /embed-assets/*',
  'GET /*',
];

let server: ServerProcess;
let owner: Stranger;
beforeAll(async () => {
  server = await ServerProcess.start({ env: VISITOR_SETTINGS });
  owner = await Stranger.guest(server.url);
}, 120_000);
afterAll(() => server.dispose());

/** What the table says becomes of an attempt: `ok`, 403 or 404. */
function expected({ route, field }: Attempt, { role, isGranted, ownsTrash }: Visitor): 'ok' | 403 | 404 {
  const row = ROUTES[route]!;
  if (row.notByGrant === true && isGranted) return 403;
  const roles: 'anybody' | readonly Role[] = field === undefined ? row.roles : row.fields![field]!.roles;
  if (roles === 'anybody' || (row.inTrash === true && ownsTrash === true)) return 'ok';
  if (role === undefined) return 404;
  return roles.includes(role) ? 'ok' : 403;
}

it('M5 every row of the table is tried, with every field that asks for more', () => {
  const tried = [...new Set(ATTEMPTS.map(({ route }) => route)), ...ELSEWHERE];
  const untried = Object.keys(ROUTES).filter((route) => !tried.includes(route));
  expect(untried, 'routes of server/access/permissions.ts without an attempt in this file').toEqual([]);
  expect(tried.sort()).toEqual(Object.keys(ROUTES).sort());
  for (const [route, { fields = {} }] of Object.entries(ROUTES)) {
    const tried = ATTEMPTS.filter((attempt) => attempt.route === route).flatMap(({ field }) => field ?? []);
    expect(tried.sort()).toEqual(Object.keys(fields).sort());
  }
});

describe.each(VISITORS)('$name', (visitor) => {
  it('M5 and E3 FA5, FH7: is answered on every route as the table says, and changes nothing that it does not allow', async () => {
    const premises = await receive(visitor, server.url, owner);
    const results: Record<string, unknown> = {};
    const wanted: Record<string, unknown> = {};
    for (const attempt of ATTEMPTS) {
      const name = `${attempt.route} ${attempt.field ?? ''}`.trim();
      const outcome = expected(attempt, visitor);
      const before = await stateOf(premises);
      const status = await ask(attempt, premises, Number(/\d+/.exec(String((before as { version: string }).version))));
      const isUntouched = status < 300 || JSON.stringify(await stateOf(premises)) === JSON.stringify(before);
      // Whoever has no session hears 401 where they ask who they are.
      const isAllowed = status < 300 || status === 401;
      results[name] = isUntouched ? (isAllowed ? 'ok' : status) : 'changed although refused';
      wanted[name] = outcome;
    }
    expect(results).toEqual(wanted);
  });
});

describe.each(VISITORS.filter(({ canLeave }) => canLeave))('$name', (visitor) => {
  it('M2 and M5: may give up what they have', async () => {
    const premises = await receive(visitor, server.url, owner);
    const who = await fetch(`${server.url}/api/session`, { headers: premises.headers });
    const { user } = (await who.json()) as { user: { id: string } };
    const leaving = { method: 'DELETE', headers: premises.headers };
    const answer = await fetch(`${server.url}${premises.url}/members/${user.id}`, leaving);
    expect(answer.status).toBe(204);
    expect((await fetch(`${server.url}${premises.url}`, { headers: premises.headers })).status).toBe(404);
  });
});

/** The status of an attempt; cookies that come with the answer are not kept. */
async function ask(
  { route, path, body }: Attempt,
  premises: Premises & { headers: Record<string, string> },
  version: number,
): Promise<number> {
  const [method] = route.split(' ');
  const content = body?.(premises, version);
  const type = typeof content === 'string' ? 'text/plain' : 'application/json';
  const answer = await fetch(`${server.url}${path(premises)}`, {
    method: method!,
    headers: { ...premises.headers, ...(content !== undefined && { 'content-type': type }) },
    body: typeof content === 'object' ? JSON.stringify(content) : (content ?? null),
  });
  await answer.arrayBuffer();
  return answer.status;
}
