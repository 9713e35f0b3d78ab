/** The engine of browsers and programs beside a real server whose clock the test moves: tokens that end, are renewed and refused. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDocument, type DocumentSession } from '../../shared/client/node.ts';
import type { SessionStatus } from '../../shared/client/events/session-status.ts';
import { AppKit } from '../testing/app-kit.ts';
import { goodClaims, JWT_SECRET, signToken } from '../../testing/token-maker.ts';

const START = 1_700_000_000;
const MINUTE = 60;
/** How long a test waits for what comes at once on an idle machine. */
const PATIENCE = { timeout: 10_000 };

let kit: AppKit;
let id: string;
let address: string;
const open: DocumentSession[] = [];

beforeEach(async () => {
  const settings = {
    WEFT_JWT_SECRET: JWT_SECRET,
    WEFT_HEARTBEAT_INTERVAL_MS: '600000',
    WEFT_HEARTBEAT_TIMEOUT_MS: '3600000',
  };
  kit = await AppKit.open({ settings });
  await kit.listen();
  id = await (await kit.guest()).makeDocument({ linkAccess: 'none' });
  address = `http://127.0.0.1:${kit.port}/d/${id}`;
});
afterEach(async () => {
  for (const session of open.splice(0)) await session.leave();
  await kit.close();
});

/** A token that is good until so many seconds after the start. */
const tokenUntil = (seconds: number, changes: object = {}) =>
  signToken(goodClaims({ documents: [{ id, role: 'editor' }], exp: START + seconds, ...changes }));

/** A session, and every status it has been in. */
async function join(token: string | (() => string | Promise<string>)) {
  const session = openDocument(address, { token });
  open.push(session);
  const statuses: SessionStatus[] = [];
  session.on('status', (status) => statuses.push(status));
  await session.whenReady();
  return { session, statuses };
}

const stored = async (): Promise<string> => (await kit.documents.content(id))!.text;
const kinds = (statuses: readonly SessionStatus[]): string[] => [...new Set(statuses.map(({ kind }) => kind))];
const refusedIn = (session: DocumentSession): Promise<void> =>
  vi.waitFor(() => expect(session.status.kind).toBe('refused'), PATIENCE);
/** Lets time pass until the server has tried again to commit. */
const savedBy = (session: DocumentSession): Promise<void> =>
  vi.waitFor(() => {
    kit.clock.advance(1000);
    expect(session.status.kind).toBe('saved');
  }, PATIENCE);

describe('K7 FA8 a client with a way to fresh tokens', () => {
  it('renews the token when it is warned, and its socket stays', async () => {
    let asked = 0;
    const { session, statuses } = await join(async () => {
      asked += 1;
      return tokenUntil(asked * 10 * MINUTE);
    });
    for (let round = 1; round <= 3; round += 1) {
      kit.clock.advance(10 * MINUTE * 1000 - 30_000);
      await vi.waitFor(() => expect(asked).toBe(round + 1), PATIENCE);
      session.insert(0, `${round}`);
      await session.whenSaved();
      kit.clock.advance(30_000);
    }
    expect(await stored()).toBe('321');
    expect(kinds(statuses)).not.toContain('reconnecting');
  });

  it('K6 keeps what was not sent when the token ran out, joins with a fresh one, and sends it', async () => {
    const tokens = [await tokenUntil(5 * MINUTE)];
    let giveFresh: () => void;
    const gate = new Promise<void>((resolve) => (giveFresh = resolve));
    const { session, statuses } = await join(() => tokens.shift() ?? gate.then(() => tokenUntil(60 * MINUTE)));
    // The storage fails, so that what is typed now cannot be acknowledged before the socket is closed.
    kit.faults.fault = 'refuse';
    session.insert(0, 'typed before the end');
    kit.clock.advance(6 * MINUTE * 1000);
    await vi.waitFor(() => expect(session.status.kind).toBe('reconnecting'), PATIENCE);
    session.insert(0, 'and after it; ');
    kit.faults.fault = 'none';
    giveFresh!();
    await savedBy(session);
    expect(await stored()).toBe('and after it; typed before the end');
    expect(kinds(statuses)).not.toContain('refused');
  });

  it('is refused where the fresh token is not taken, and keeps its edits', async () => {
    const tokens = [await tokenUntil(5 * MINUTE)];
    const { session } = await join(async () => tokens.shift() ?? tokenUntil(60 * MINUTE, { aud: 'elsewhere' }));
    kit.faults.fault = 'refuse';
    session.insert(0, 'unsent');
    kit.clock.advance(4 * MINUTE * 1000);
    await refusedIn(session);
    kit.faults.fault = 'none';
    expect(session.status).toMatchObject({ reason: 'unauthenticated', unsaved: 1 });
    expect(session.text.toString()).toBe('unsent');
    tokens.push(await tokenUntil(60 * MINUTE));
    session.reconnect();
    await savedBy(session);
    expect(await stored()).toBe('unsent');
  });

  it('tries again where no token can be had for a while', async () => {
    let failures = 2;
    const { session } = await join(async () => {
      failures -= 1;
      if (failures >= 0) throw new Error('The host application is away');
      return tokenUntil(60 * MINUTE);
    });
    session.insert(0, 'x');
    await session.whenSaved();
  });
});

describe('K6 a client with one token', () => {
  it('is refused when the token has run out, and keeps its edits', async () => {
    const { session } = await join(await tokenUntil(5 * MINUTE));
    session.insert(0, 'saved');
    await session.whenSaved();
    kit.clock.advance(6 * MINUTE * 1000);
    await refusedIn(session);
    session.insert(0, 'un');
    expect(session.status).toMatchObject({ reason: 'unauthenticated', unsaved: 1 });
    expect([session.text.toString(), await stored()]).toEqual(['unsaved', 'saved']);
    await expect(session.whenSaved()).rejects.toThrow('unauthenticated');
  });

  it('J4 that is invalid is refused at once, and becomes no guest', async () => {
    const session = openDocument(address, { token: 'x.y.z' });
    open.push(session);
    await expect(session.whenReady()).rejects.toMatchObject({ reason: 'unauthenticated' });
    expect(session.self).toBeUndefined();
  });
});
