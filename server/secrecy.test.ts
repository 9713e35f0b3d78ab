import { afterAll, beforeAll, expect, it } from 'vitest';
import { ServerProcess } from '../testing/server-process.ts';
import { RawClient } from './testing/raw-client.ts';
import { Stranger } from './testing/stranger.ts';
import { goodClaims, JWT_SECRET, signToken } from './testing/token-maker.ts';

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
}, 60_000);
