import Fastify from 'fastify';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { App } from './app-deps.ts';
import { ROUTES } from '../access/permissions.ts';
import { AppKit } from '../testing/app-kit.ts';
import { permissionForEveryRoute } from './route-permissions.ts';

it('M5 refuses to register a route without a row', () => {
  const app = Fastify() as unknown as App;
  permissionForEveryRoute(app);
  app.get('/healthz', () => 'ok');
  expect(() => app.post('/healthz', () => 'ok')).toThrow('no row for POST /healthz');
  expect(() => app.get('/api/documents/:id/secrets', () => '')).toThrow('no row for GET /api/documents/:id/secrets');
  expect(() => app.route({ method: ['GET', 'PUT'], url: '/metrics', handler: () => '' })).toThrow('PUT /metrics');
});

it('M5 has no row without a route', async () => {
  const webFolder = mkdtempSync(path.join(tmpdir(), 'weft-pages-'));
  writeFileSync(path.join(webFolder, 'index.html'), '');
  onTestFinished(() => rmSync(webFolder, { recursive: true }));
  const kit = await AppKit.open({ webFolder });
  onTestFinished(() => kit.close());
  for (const key of Object.keys(ROUTES)) {
    const [method, url] = key.split(' ') as ['GET', string];
    expect([key, kit.app.hasRoute({ method, url })]).toEqual([key, true]);
  }
});
