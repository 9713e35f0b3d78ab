import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { SeededRandom } from '../../../shared/testing/random.ts';
import { FanOut, SLICE, type Batch } from './fan-out.ts';
import type { JoinedSession } from './joined-session.ts';
import type { Frame } from '../frames/wire-frame.ts';

/** A room of which only the way out is real. */
class Crowd {
  readonly stays = new Map<string, { session: JoinedSession }>();
  readonly received = new Map<JoinedSession, number[]>();
  readonly joinedAt = new Map<JoinedSession, number>();
  readonly fanOut = new FanOut(this.stays);
  told = 0;
  #names = 0;

  constructor(size: number) {
    for (let index = 0; index < size; index += 1) this.join();
  }

  join(): JoinedSession {
    const received: number[] = [];
    const sessionId = `session ${(this.#names += 1)}`;
    const send = (frame: Frame): void => void received.push(Number(frame));
    const session = { sessionId, send } as Partial<JoinedSession> as JoinedSession;
    this.stays.set(sessionId, { session });
    this.received.set(session, received);
    this.joinedAt.set(session, this.told);
    this.fanOut.joined(session);
    return session;
  }

  leave(session: JoinedSession): void {
    this.stays.delete(session.sessionId);
    this.fanOut.left(session);
  }

  tell(ahead: string[] = []): void {
    this.told += 1;
    const frame = String(this.told);
    const batch: Batch = { frameFor: () => frame, messages: 1 };
    this.fanOut.tell(batch, ahead);
  }

  get sessions(): JoinedSession[] {
    return [...this.stays.values()].map(({ session }) => session);
  }

  /** How many sessions have got the newest batch. */
  get reached(): number {
    return this.sessions.filter((session) => this.received.get(session)!.at(-1) === this.told).length;
  }

  async settled(): Promise<void> {
    while (this.fanOut.isUnderWay) await setImmediate();
  }
}

it('serves a small room in one turn', () => {
  const crowd = new Crowd(SLICE);
  crowd.tell();
  expect(crowd.reached).toBe(SLICE);
  expect(crowd.fanOut.isUnderWay).toBe(false);
});

it('serves a large room a slice a turn, and authors at once', async () => {
  const crowd = new Crowd(2 * SLICE + 10);
  const author = crowd.sessions.at(-1)!;
  crowd.tell([author.sessionId]);
  expect(crowd.received.get(author)).toEqual([1]);
  expect(crowd.reached).toBe(SLICE + 1);
  await setImmediate();
  expect(crowd.reached).toBe(2 * SLICE + 1);
  await crowd.settled();
  expect(crowd.reached).toBe(2 * SLICE + 10);
});

it('G3 gives an author what came before its own change first', async () => {
  const crowd = new Crowd(3 * SLICE);
  const author = crowd.sessions.at(-1)!;
  crowd.tell();
  crowd.tell([author.sessionId]);
  expect(crowd.received.get(author)).toEqual([1, 2]);
  await crowd.settled();
  expect(crowd.received.get(author)).toEqual([1, 2]);
});

it('G3 goes on where somebody is sent away for being too slow', async () => {
  const crowd = new Crowd(2 * SLICE);
  const slow = crowd.sessions[3]!;
  Object.assign(slow, { send: () => crowd.leave(slow) });
  crowd.tell();
  crowd.tell();
  await crowd.settled();
  expect(crowd.reached).toBe(2 * SLICE - 1);
});

it.each([20261125, 20261126, 20261127])(
  'G3 gives everybody each batch from the join on once and in order, whoever comes and goes meanwhile (seed %i)',
  async (seed) => {
    const random = new SeededRandom(seed);
    const crowd = new Crowd(SLICE + 100);
    let underWay = 0;
    for (let step = 0; step < 3000; step += 1) {
      const sessions = crowd.sessions;
      const someone = sessions[random.below(sessions.length)]!;
      const what = random.below(10);
      if (what < 3) crowd.join();
      else if (what < 6) crowd.leave(someone);
      else if (what < 8) crowd.tell(random.chance(50) ? [someone.sessionId] : []);
      else await setImmediate();
      if (crowd.fanOut.isUnderWay) underWay += 1;
    }
    await crowd.settled();
    expect(underWay).toBeGreaterThan(100);
    for (const [session, received] of crowd.received) {
      const from = crowd.joinedAt.get(session)!;
      expect(received).toEqual(received.map((_, index) => from + 1 + index));
      if (crowd.stays.has(session.sessionId)) expect(received).toHaveLength(crowd.told - from);
    }
  },
);
