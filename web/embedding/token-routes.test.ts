import { spawnSync } from 'node:child_process';
import { parseAst } from 'vite';
import { describe, expect, it } from 'vitest';
import { BACKENDS, tokenRouteOf, type Backend } from './token-routes.ts';

const route = (backend: Backend, mode: 'edit' | 'view' = 'edit'): string =>
  tokenRouteOf(backend, { document: '7hQ2mVx0', mode }, { signedIn: 'Whoever is signed in' });

const has = (program: string): boolean => spawnSync(program, ['--version']).status === 0;

describe.each(BACKENDS)('the route for %s', (backend) => {
  it.each([
    ['edit', 'editor'],
    ['view', 'viewer'],
  ] as const)('opens one document, to %s, as %s', (mode, role) => {
    const code = route(backend, mode);
    expect(code).toContain('7hQ2mVx0');
    expect(code).toContain(role);
    expect(code).toContain('WEFT_JWT_SECRET');
    expect(code).toContain('weft-token');
  });

  it('turns away who is not signed in, keeps nothing in caches, and says whom it means', () => {
    const code = route(backend);
    expect(code).toContain('401');
    expect(code).toMatch(/no-store|never_cache/);
    expect(code).toContain('Whoever is signed in');
  });
});

// The browser tests run them: e2e/share-embed.spec.ts.
it.each(['Express', 'Fastify', 'Next'] as const)('%s is JavaScript', (backend) => {
  expect(parseAst(route(backend)).body.length).toBeGreaterThan(1);
});

it.skipIf(!has('python3'))('Django is Python', () => {
  const parse = 'import ast, sys; ast.parse(sys.stdin.read())';
  expect(spawnSync('python3', ['-c', parse], { input: route('Django'), encoding: 'utf8' })).toMatchObject({
    status: 0,
    stderr: '',
  });
});

it.skipIf(!has('php'))('Laravel is PHP', () => {
  expect(spawnSync('php', ['-l'], { input: route('Laravel'), encoding: 'utf8' })).toMatchObject({ status: 0 });
});

it.each(['Django', 'Laravel'] as const)('%s writes the claims that docs/tokens.md asks for', (backend) => {
  for (const claim of ['sub', 'name', 'aud', 'exp', 'documents'])
    expect(route(backend)).toMatch(new RegExp(`["']${claim}["'] ?(:|=>)`));
});
