import Fastify from 'fastify';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import type { App } from './app-deps.ts';
import { ROUTES } from '../access/permissions.ts';
import { AppKit } from '../testing/app-kit.ts';
import { onlyListedRoutes } from './route-permissions.ts';

it('M5 refuses to register a route without a row', () => {
  const app = Fastify() as unknown as App;
  onlyListedRoutes(app);
  app.get('/healthz', () => 'ok');
  expect(() => app.post('/healthz', () => 'ok')).toThrow('no row for POST /healthz');
  expect(() => app.get('/api/documents/:id/secrets', () => '')).toThrow('no row for GET /api/documents/:id/secrets');
  expect(() => app.route({ method: ['GET', 'PUT'], url: '/metrics', handler: () => '' })).toThrow('PUT /metrics');
});

it('M5 has no row without a route', async () => {
  const webFolder = temporaryFolder();
  for (const page of ['index.html', 'document.html']) writeFileSync(path.join(webFolder, page), '');
  const embedFolder = temporaryFolder();
  mkdirSync(path.join(embedFolder, 'embed-assets'));
  writeFileSync(path.join(embedFolder, 'frame.html'), '');
  const kit = await AppKit.open({ webFolder, embedFolder });
  onTestFinished(() => kit.close());
  const isThere = (key: string): boolean => {
    const [method, url] = key.split(' ') as ['GET', string];
    // The router adds the slash.
    return kit.app.hasRoute({ method, url: url === '*' ? '/*' : url });
  };
  const absent = Object.keys(ROUTES).filter((key) => !isThere(key));
  expect(absent, 'rows of server/access/permissions.ts without a route').toEqual([]);
});
