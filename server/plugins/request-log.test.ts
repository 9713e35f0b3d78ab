import { expect, it } from 'vitest';
import { createLogger } from '../log.ts';
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
