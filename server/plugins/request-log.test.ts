import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { createLogger } from '../setup/log.ts';
import { AppKit } from '../testing/app-kit.ts';

it('names route, status and document of a request, and neither text nor credentials', async () => {
  const kit = await AppKit.open();
  const guest = await kit.guest();
  const id = await guest.makeDocument({ title: 'hidden title', content: 'hidden text' });
  const response = await guest.get(`/api/documents/${id}/content?version=1&note=hidden`);
  await guest.putText(`/api/documents/${id}/content`, 'hidden \0 text');
  await kit.app.inject({ url: '/api/session', headers: { authorization: 'Bearer hidden' } });
  await kit.close();
  const lines = kit.log.map((line) => JSON.parse(line));
  expect(lines).toContainEqual(
    expect.objectContaining({
      method: 'GET',
      route: '/api/documents/:id/content',
      documentId: id,
      status: 200,
      reqId: response.headers['x-request-id'],
    }),
  );
  expect(kit.log.join('\n')).not.toMatch(/hidden/);
  expect(kit.log.join('\n')).not.toContain(guest.cookie);
});

it('strikes out credentials wherever they are logged (FR9)', () => {
  const lines: string[] = [];
  const logger = createLogger('info', { write: (line) => void lines.push(line) });
  const headers = { cookie: 'hidden', authorization: 'hidden', 'set-cookie': 'hidden', host: 'seen' };
  logger.info({
    headers,
    req: { headers },
    res: { headers },
    token: 'hidden',
    join: { token: 'hidden', clientId: 'hidden' },
  });
  logger.info({ clientId: 'hidden', secret: 'hidden' });
  expect(lines.join()).toContain('seen');
  expect(lines.join()).not.toContain('hidden');
});
it('FR12 names nothing of an address but its route and a document that was found', async () => {
  const webFolder = temporaryFolder();
  for (const page of ['index.html', 'document.html']) writeFileSync(join(webFolder, page), '<!doctype html>');
  const kit = await AppKit.open({ webFolder });
  const guest = await kit.guest();
  const id = await guest.makeDocument();
  const secret = 'hidden'.repeat(6);
  const accept = { accept: 'text/html' };
  for (const path of [
    `/d/${id}%23link=${secret}`,
    `/d/${id}%2523link=${secret}`,
    `/d/${secret}`,
    `/${secret}?${secret}`,
    `/d/%${secret}`,
    `/api/documents/${secret}`,
    `/api/documents/${id}%23link=${secret}`,
    `/api/documents/${id}%23link=${secret}/content`,
    `/live/${id}%23link=${secret}`,
    `/assets/${secret}`,
    `/${'a'.repeat(500)}${secret}`,
  ]) {
    await guest.get(path, { ...accept, referer: `http://localhost${path}` });
    await guest.send('POST', path, { body: {} });
  }
  await guest.get(`/api/documents/${id}`);
  await kit.close();
  expect(kit.log.join('\n')).toContain(`"route":"/api/documents/:id","documentId":"${id}","status":200`);
  expect(kit.log.join('\n')).toContain('"route":"/d/:id"');
  expect(kit.log.join('\n')).not.toContain('hidden');
});

it('FR12 strikes out addresses, and secrets of share links in the words of others', () => {
  const lines: string[] = [];
  const logger = createLogger('info', { write: (line) => void lines.push(line) });
  logger.info({ path: '/hidden', url: '/hidden', req: { url: '/hidden' }, headers: { referer: 'hidden' } });
  for (const mark of ['#', '%23', '%2523', '%252523', '?', '&'])
    logger.warn(`Not a path: /d/x${mark}link=hidden, sorry`);
  logger.error({ err: new Error('/d/x%23link%3Dhidden') });
  expect(lines.join()).toContain('/d/x%23link=[redacted], sorry');
  expect(lines.join()).not.toContain('hidden');
});
