import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ServerProcess } from '../../testing/server-process.ts';
import type { RawClient } from '../../testing/raw-client.ts';
import { Stranger, type Answer } from '../../testing/stranger.ts';
import { userIdOf } from '../../testing/visitors.ts';
import { insert } from '../../testing/wire-text.ts';

// What meets a cut on its way is answered as a mistake: never with 5xx or `internal`, never with an error in the log.

let server: ServerProcess;
let owner: Stranger;
beforeAll(async () => {
  server = await ServerProcess.start({ env: { WEFT_DOCUMENTS_PER_MINUTE: '100000' } });
  owner = await Stranger.guest(server.url);
}, 120_000);
afterAll(() => server.dispose());

const ROUNDS = 10;

interface Scene {
  readonly url: string;
  readonly mina: Stranger;
  readonly minaId: string;
  readonly linkId: string;
}

const CUTS: Readonly<Record<string, (scene: Scene) => Promise<Answer>>> = {
  'its document is trashed': ({ url }) => owner.send('DELETE', url),
  'its document is trashed and restored': async ({ url }) => {
    await owner.send('DELETE', url);
    return owner.send('PATCH', url, { trashed: false });
  },
  'its author is removed': ({ url, minaId }) => owner.send('DELETE', `${url}/members/${minaId}`),
  'its author becomes a viewer': ({ url, minaId }) => owner.send('PUT', `${url}/members/${minaId}`, { role: 'viewer' }),
  'the link its author came by is revoked': ({ url, linkId }) => owner.send('DELETE', `${url}/links/${linkId}`),
  'its author signs out': ({ mina }) => mina.send('DELETE', '/api/session'),
  'its author leaves': ({ url, minaId, mina }) => mina.send('DELETE', `${url}/members/${minaId}`),
};

describe('FH21 a change that is under way when', { timeout: 120_000 }, () => {
  it.each(Object.keys(CUTS))('%s', async (name) => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const id = await owner.makeDocument({ content: 'one', linkAccess: 'none' });
      const url = `/api/documents/${id}`;
      const mina = await Stranger.guest(server.url);
      const minaId = await userIdOf(mina);
      const link = (await owner.send('POST', `${url}/links`, { role: 'editor' })).json as Record<string, string>;
      if (name.includes('link')) await mina.send('POST', `${url}/links/redeem`, { secret: link['secret']! });
      else await owner.send('PUT', `${url}/members/${minaId}`, { role: 'editor' });
      const tabs = await Promise.all([mina, mina, owner].map(async (who) => (await who.join(id)).client));
      const cookie = mina.cookie!;
      const asked = [
        mina.send('POST', `${url}/operations`, { version: 1, operations: [insert(0, 'x')] }),
        mina.send('PUT', `${url}/content`, `two ${round}`),
        mina.send('PATCH', url, { title: 'New' }),
        mina.get(`${url}/content`),
        mina.get(`${url}/changes`),
        mina.send('POST', `${url}/links/redeem`, { secret: link['secret']! }),
        owner.send('PUT', `${url}/members/${minaId}`, { role: 'commenter' }),
        owner.get(`${url}/access`),
      ];
      submit(tabs, 1, 20);
      const cut = CUTS[name]!({ url, mina, minaId, linkId: link['id']! });
      submit(tabs, 21, 40);
      const late = Array.from({ length: 4 }, () =>
        mina.send('POST', `${url}/operations`, { version: 0, operations: [insert(0, 'x')] }, { cookie }),
      );
      for (const { status, text } of await Promise.all([...asked, cut, ...late])) {
        expect(status, text).toBeLessThan(500);
      }
      for (const tab of tabs) {
        // Everything is answered, or the socket is closed with the reason.
        await tab.answerTo(40).catch(() => undefined);
        expect([undefined, 4401, 4403, 4404]).toContain(tab.ending?.code);
        const codes = tab.received.filter(({ type }) => type === 'error').map(({ code }) => code);
        expect(codes.filter((code) => code === 'internal')).toEqual([]);
        tab.close();
      }
    }
    expect(server.output.split('\n').filter((line) => /"level":[56]0/.test(line))).toEqual([]);
  });
});

function submit(tabs: readonly RawClient[], first: number, last: number): void {
  for (const tab of tabs) {
    if (tab.ending !== undefined) continue;
    for (let seq = first; seq <= last; seq += 1) tab.submit(seq, 1, [insert(0, 'x')]);
  }
}
