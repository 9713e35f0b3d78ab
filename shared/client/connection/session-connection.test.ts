import { describe, expect, it } from 'vitest';
import type { DocumentSessionOptions } from '../document-session.ts';
import { TestWorld } from '../testing/participant.ts';

it('a transport that says that it failed before it has returned is given up, and the next attempt is made in time', () => {
  const world = new TestWorld('Hello');
  const working = world.server.transport('anna');
  let attempts = 0;
  const anna = world.participant('anna', {
    transport: {
      connect: (handlers) => {
        attempts += 1;
        if (attempts > 2) return working.connect(handlers);
        handlers.onClose(1006, '');
        return { send: () => {}, close: () => {} };
      },
    },
  });
  world.pass(60_000);
  expect(attempts).toBe(3);
  expect([anna.status, anna.text]).toEqual(['live', 'Hello']);
});

describe('a lost connection', () => {
  it('comes back and catches up, with what was typed meanwhile', () => {
    const world = new TestWorld('ab');
    const [anna, ben] = [world.joined('anna'), world.joined('ben')];
    world.server.links[0]!.cut();
    world.server.settle();
    expect(anna.status).toBe('reconnecting');
    anna.type('A', 0);
    ben.type('B', 2);
    world.pass(1000);
    expect(anna.text).toBe('AabB');
    expect(ben.text).toBe('AabB');
    expect(world.server.text).toBe('AabB');
    expect(anna.status).toBe('saved');
    expect(world.server.received.filter(({ type }) => type === 'join').at(-1)).toMatchObject({ version: 1 });
  });

  it('does not send twice what was committed when its acknowledgement was lost (G2)', () => {
    const world = new TestWorld('');
    const anna = world.joined('anna');
    anna.type('once ');
    const link = world.server.newestLink;
    link.deliverUp();
    anna.type('more');
    link.cut();
    world.pass(1000);
    expect(world.server.text).toBe('once more');
    expect(anna.text).toBe('once more');
    expect(world.server.changes.map(({ seq }) => seq)).toEqual([1, 2]);
  });

  it('recognises its lost submission in a snapshot too (G5)', () => {
    const world = new TestWorld('start ');
    world.server.longestTail = 0;
    const anna = world.joined('anna');
    anna.type('once');
    world.server.newestLink.deliverUp();
    world.server.newestLink.cut();
    world.server.settle();
    anna.type(' more', 10);
    world.server.commit(['> '], 'ben');
    world.pass(1000);
    expect(world.server.text).toBe('> start once more');
    expect(anna.text).toBe('> start once more');
    expect(anna.forks).toEqual([]);
  });

  it('rejoins where versions have a hole, and keeps what is unsent (G3, FO13)', () => {
    const world = new TestWorld('ab');
    const anna = world.joined('anna');
    const link = world.server.newestLink;
    world.server.commit(['x'], 'ben');
    world.server.commit(['y'], 'ben');
    anna.type('!');
    link.down.shift();
    world.pass(1000);
    expect(world.server.links).toHaveLength(2);
    expect(anna.text).toBe('yxab!');
    expect(world.server.text).toBe('yxab!');
  });

  it('offers the old text where the server has another history, and keeps what is unsent', () => {
    const world = new TestWorld('one ');
    const anna = world.joined('anna');
    anna.type('two ');
    world.server.settle();
    world.server.newestLink.cut();
    world.server.settle();
    world.server.restore(1);
    world.clock.advance(1);
    world.server.commit([4, 'other '], 'ben');
    anna.type('three');
    world.pass(1000);
    expect(anna.forks).toEqual(['one two three']);
    expect(world.server.text).toContain('other ');
    expect(world.server.text).toContain('three');
    expect(anna.text).toBe(world.server.text);
  });

  it('hears nothing of an old connection any more', () => {
    const world = new TestWorld('ab');
    const anna = world.joined('anna');
    const old = world.server.newestLink;
    old.isDead = true;
    world.clock.advance(20_000);
    world.clock.advance(5_000);
    world.pass(1000);
    expect(anna.status).toBe('live');
    old.isDead = false;
    old.push('{"type":"document-meta","title":"late"}');
    world.server.settle();
    expect(anna.status).toBe('live');
    expect(anna.session.title).toBe('Untitled');
    expect(world.server.links).toHaveLength(2);
  });

  it('tries at once when the page wakes, and when a person asks', () => {
    const world = new TestWorld('');
    const anna = world.joined('anna');
    for (const again of [() => anna.pageLifecycle.wake(), () => anna.session.reconnect()]) {
      world.server.newestLink.cut();
      world.server.settle();
      expect(anna.status).toBe('reconnecting');
      again();
      world.server.settle();
      expect(anna.status).toBe('live');
    }
  });

  it('says offline at once when the network goes while it waits, and no longer when it is back', () => {
    const world = new TestWorld('');
    const anna = world.joined('anna');
    world.server.newestLink.cut();
    world.server.settle();
    expect(anna.status).toBe('reconnecting');
    anna.pageLifecycle.goOffline();
    expect(anna.status).toBe('offline');
    world.clock.advance(30_000);
    expect(anna.status).toBe('offline');
    anna.pageLifecycle.isOnline = true;
    anna.pageLifecycle.wake();
    expect(anna.status).toBe('reconnecting');
    world.server.settle();
    expect(anna.status).toBe('live');
  });

  it('asks at once whether the connection is good when the network goes', () => {
    const world = new TestWorld('');
    const anna = world.joined('anna');
    world.server.newestLink.isDead = true;
    anna.pageLifecycle.goOffline();
    expect(anna.status).toBe('live');
    world.clock.advance(5_000);
    expect(anna.status).toBe('offline');
  });

  it('says offline where the surroundings know it, and still tries', () => {
    const world = new TestWorld('');
    const anna = world.joined('anna');
    anna.pageLifecycle.isOnline = false;
    world.server.newestLink.cut();
    world.server.settle();
    anna.type('kept');
    expect(anna.session.status).toEqual({ kind: 'offline', unsaved: 1 });
    world.pass(1000);
    expect(anna.status).toBe('saved');
    expect(world.server.text).toBe('kept');
  });

  it('waits longer after each failure, never above 30 s (FR7)', () => {
    const world = new TestWorld('');
    const anna = world.joined('anna', { random: () => 0.999 });
    const waits: number[] = [];
    for (let attempt = 0; attempt < 9; attempt += 1) {
      world.server.newestLink.cut();
      world.server.settle();
      const { status } = anna.session;
      if (status.kind !== 'reconnecting') throw new Error(`The session is ${status.kind}`);
      waits.push(status.retryAt - world.clock.monotonic());
      world.clock.advance(waits.at(-1)!);
    }
    expect(waits.map((wait) => Math.ceil(wait / 500))).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
  });

  it('starts from the shortest wait again after a connection that lasted', () => {
    const world = new TestWorld('');
    const anna = world.joined('anna', { random: () => 0.999 });
    const wait = (): number => {
      world.server.newestLink.cut();
      world.server.settle();
      const { status } = anna.session;
      return status.kind === 'reconnecting' ? status.retryAt - world.clock.monotonic() : NaN;
    };
    wait();
    world.pass(1000);
    expect(wait()).toBeGreaterThan(500);
    world.pass(15_000);
    expect(wait()).toBeLessThan(500);
  });
});

describe('a connection that is open and dead', () => {
  it('is found within 25 s when nothing is typed (B2)', () => {
    const world = new TestWorld('');
    const anna = world.joined('anna');
    world.server.newestLink.isDead = true;
    world.clock.advance(24_999);
    expect(anna.status).toBe('live');
    world.clock.advance(1);
    expect(anna.status).toBe('reconnecting');
  });

  it('is found within 15 s of silence while an edit waits', () => {
    const world = new TestWorld('');
    const anna = world.joined('anna');
    world.server.newestLink.isDead = true;
    anna.type('x');
    world.clock.advance(15_000);
    expect(anna.status).toBe('reconnecting');
    expect(anna.session.unsaved).toBe(1);
    world.pass(1000);
    expect(world.server.text).toBe('x');
  });

  it('is found within 5 s of typing after a long silence, and of waking', () => {
    for (const start of ['typing', 'waking']) {
      const world = new TestWorld('');
      const anna = world.joined('anna');
      world.clock.advance(15_000);
      world.server.newestLink.isDead = true;
      if (start === 'typing') anna.type('x');
      else anna.pageLifecycle.wake();
      world.clock.advance(5_000);
      expect(anna.status, start).toBe('reconnecting');
    }
  });

  it('is not suspected while the server answers', () => {
    const world = new TestWorld('');
    const anna = world.joined('anna');
    world.pass(120_000);
    expect(anna.status).toBe('live');
    expect(world.server.links).toHaveLength(1);
    expect(world.server.received.filter(({ type }) => type === 'ping').length).toBeLessThan(8);
  });

  it('is given up where it never opens, or the join is not answered', () => {
    for (const [delivered, patience] of [
      [0, 10_000],
      [1, 60_000],
    ] as const) {
      const world = new TestWorld('');
      const anna = world.participant('anna');
      for (let index = 0; index < delivered; index += 1) world.server.newestLink.deliverDown();
      world.server.newestLink.isDead = true;
      world.clock.advance(patience - 1);
      expect(anna.status).toBe('connecting');
      world.clock.advance(1);
      expect(anna.status).toBe('reconnecting');
    }
  });
});

describe('close codes and credentials', () => {
  const cases: [number, string][] = [
    [4409, 'refused: taken_over'],
    [4403, 'refused: access_removed'],
    [4404, 'refused: not_found'],
    [4401, 'refused: unauthenticated'],
    [4426, 'refused: client_too_old'],
    [4400, 'refused: bad_client'],
    [1012, 'reconnecting'],
    [4430, 'reconnecting'],
    [1006, 'reconnecting'],
    [1000, 'reconnecting'],
  ];
  it.each(cases)('close %i leads to %s', async (code, expected) => {
    const world = new TestWorld('');
    const anna = world.joined('anna');
    anna.type('kept');
    const saved = anna.session.whenSaved().then(
      () => 'saved',
      () => 'rejected',
    );
    world.server.newestLink.up.length = 0;
    world.server.newestLink.close(code);
    world.server.settle();
    expect(anna.status).toBe(expected);
    expect(anna.session.unsaved).toBe(1);
    expect(anna.text).toBe('kept');
    if (expected.startsWith('refused')) {
      expect(await saved).toBe('rejected');
      expect(world.clock.pending).toBe(0);
      anna.session.reconnect();
    }
    world.pass(3000);
    expect(world.server.text).toBe('kept');
    expect(anna.status).toBe('saved');
  });

  it('asks a token function before every join, and once more where the server refused a live session', () => {
    const world = new TestWorld('');
    const tokens = ['first', 'second', 'third'];
    const options: Partial<DocumentSessionOptions> = { token: () => tokens.shift() ?? 'none' };
    const anna = world.participant('anna', options);
    return world
      .until(() => anna.status === 'live')
      .then(async () => {
        world.server.newestLink.close(4401);
        world.pass(1000);
        await world.until(() => anna.status === 'live');
        const joins = world.server.received.filter(({ type }) => type === 'join');
        expect(joins.map((join) => (join.type === 'join' ? join.token : undefined))).toEqual(['first', 'second']);
      });
  });

  it('asks a token function once more where the server refuses to let it join, and then stops', async () => {
    const world = new TestWorld('');
    world.server.refuseJoinsWith = 'unauthenticated';
    const asked: string[] = [];
    const token = (): string => {
      asked.push(`token ${asked.length + 1}`);
      return asked.at(-1)!;
    };
    const anna = world.participant('anna', { token });
    const untilStatus = (status: string): Promise<void> =>
      world.until(() => {
        if (anna.status === status) return true;
        world.pass(1000);
        return false;
      });
    await untilStatus('refused: unauthenticated');
    expect(asked).toEqual(['token 1', 'token 2']);

    world.server.refuseJoinsWith = undefined;
    anna.session.reconnect();
    await untilStatus('live');
    expect(asked).toEqual(['token 1', 'token 2', 'token 3']);
  });
});
