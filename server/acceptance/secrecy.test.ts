import { afterAll, beforeAll, expect, it } from 'vitest';
import { ServerProcess } from '../../testing/server-process.ts';
import { RawClient } from '../../testing/raw-client.ts';
import { Stranger } from '../../testing/stranger.ts';
import { goodClaims, JWT_SECRET, signToken } from '../../testing/token-maker.ts';

const exp = Math.floor(Date.now() / 1000) + 3600;

let server: ServerProcess;
beforeAll(async () => {
  server = await ServerProcess.start({ env: { WEFT_JWT_SECRET: JWT_SECRET, WEFT_LOG_LEVEL: 'trace' } });
}, 120_000);
afterAll(() => server.dispose());

it('K3 FR9 no log line holds a token or a cookie, at any level, however they come and whatever becomes of them', async () => {
  const good = await signToken(goodClaims({ exp }));
  const renewed = await signToken(goodClaims({ exp: exp + 60 }));
  const bad = await signToken(goodClaims({ exp, name: '' }));
  const foreign = await signToken(goodClaims({ exp }), { secret: 'another secret of thirty-two bytes' });
  const tokens = [good, renewed, bad, foreign];
  const guest = await Stranger.guest(server.url);
  const id = await guest.makeDocument();
  const stranger = new Stranger(server.url);
  const socketUrl = server.socketUrl(id);

  for (const token of tokens) {
    const authorization = `Bearer ${token}`;
    await stranger.get(`/api/documents/${id}`, { authorization });
    await stranger.send('POST', '/api/documents', { title: 7 }, { authorization });
    await stranger.get(`/api/documents/${id}?token=${token}`);
    await stranger.get(`/nowhere/${token}`, { authorization });
    const upgraded = new RawClient(socketUrl, { headers: { authorization } });
    const inQuery = new RawClient(`${socketUrl}?access_token=${token}`);
    const joining = new RawClient(socketUrl);
    await joining.opened();
    joining.send({ type: 'join', clientId: joining.clientId, token });
    joining.send({ type: 'authenticate', token });
    joining.send({ type: 'join', token });
    joining.sendText(`{"type": "join", "token": "${token}"`);
    await joining.next(({ type }) => type === 'error');
    for (const client of [upgraded, inQuery, joining]) client.cut();
  }
  const { client } = await RawClient.join(socketUrl, { join: { token: good } });
  client.send({ type: 'authenticate', token: renewed });
  await client.next(({ type }) => type === 'authenticated');
  client.cut();
  expect(await server.stop()).toBe(0);

  expect(server.output).toContain('"route":"/api/documents/:id"');
  expect(server.output).toContain(`"documentId":"${id}"`);
  const secrets = [...tokens.flatMap((token) => token.split('.').slice(1)), guest.cookie!.split('=')[1]!, JWT_SECRET];
  for (const secret of secrets) expect(server.output).not.toContain(secret);
});

it('FR12 no log line holds the secret of a share link, at any level, however a mail program has rewritten its address', async () => {
  const own = await ServerProcess.start({ env: { WEFT_LOG_LEVEL: 'trace' } });
  const owner = await Stranger.guest(own.url);
  const id = await owner.makeDocument({ linkAccess: 'none' });
  const { json } = await owner.send('POST', `/api/documents/${id}/links`, { role: 'editor' });
  const { secret } = json as { secret: string };
  const guest = await Stranger.guest(own.url);
  for (const mark of ['%23', '%2523', '?', '&amp;', '/', '%0a', '%']) {
    const mangled = `${id}${mark}link=${secret}`;
    for (const path of [
      `/d/${mangled}`,
      `/api/documents/${mangled}`,
      `/api/documents/${mangled}/content`,
      `/${mangled}`,
    ]) {
      const headers = { accept: 'text/html', referer: `${own.url}/d/${mangled}` };
      await guest.get(path, headers);
      await guest.send('POST', path, {}, headers);
    }
    await new RawClient(own.socketUrl(mangled)).closed();
  }
  expect(own.output).toContain('"route":"/d/:id"');
  expect(own.output).not.toContain(secret);
  await own.dispose();
});
