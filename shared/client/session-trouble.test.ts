import { describe, expect, it } from 'vitest';
import { TestWorld } from './testing/participant.ts';

const DAMAGED = { code: 'unavailable', message: 'The stored document is damaged' } as const;

describe('a socket that is open and silent', () => {
  it('leaves the session saying since when nothing has become durable (B3)', () => {
    const world = new TestWorld('');
    const anna = world.joined('anna');
    world.pass(5000);
    anna.type('a');
    const since = world.clock.monotonic();
    world.server.newestLink.isDead = true;
    world.clock.advance(2000);
    anna.type('b');
    world.clock.advance(6000);
    expect(anna.session.status).toEqual({ kind: 'saving', unsaved: 2, since });

    world.server.newestLink.isDead = false;
    world.server.newestLink.deliver();
    expect(anna.session.status).toEqual({ kind: 'saving', unsaved: 1, since: world.clock.monotonic() });
    world.server.settle();
    expect(anna.status).toBe('saved');
  });
});

describe('what the server cannot do now', () => {
  it('is told with the status while edits wait for it, and until one is acknowledged', () => {
    const world = new TestWorld('');
    const anna = world.joined('anna');
    world.server.refuseWith = 'unavailable';
    anna.type('a');
    world.server.settle();
    const problem = { code: 'unavailable', message: 'unavailable' };
    expect(anna.session.status).toMatchObject({ kind: 'saving', unsaved: 1, problem });
    world.server.refuseWith = undefined;
    world.pass(2000);
    anna.type('b');
    expect(anna.session.status).not.toHaveProperty('problem');
  });

  it('is told while it keeps the document from being opened, and no longer once it is open', () => {
    const world = new TestWorld('text');
    const anna = world.participant('anna');
    const link = world.server.newestLink;
    link.push(JSON.stringify({ type: 'error', ...DAMAGED, retryable: true, retryAfter: 60_000 }));
    while (link.deliverDown()) {
      // What the server says comes before it hears the join.
    }
    expect(anna.session.status).toMatchObject({ kind: 'reconnecting', problem: DAMAGED });
    world.pass(61_000);
    expect(anna.session.status).toEqual({ kind: 'live' });
    world.server.newestLink.cut();
    world.server.settle();
    expect(anna.session.status).not.toHaveProperty('problem');
  });
});

describe('discard', () => {
  it('gives up what was refused for the role, and shows the text of the others again', () => {
    const world = new TestWorld('Hello');
    const anna = world.joined('anna');
    world.server.refuseWith = 'forbidden';
    anna.session.replace(0, 4, 'J');
    anna.type('!');
    world.server.settle();
    world.server.commit([5, '?'], 'ben');
    world.server.settle();
    expect(anna.text).toBe('Jo!?');
    expect(anna.session.discard()).toBe(true);
    expect(anna.text).toBe('Hello?');
    expect(anna.session.unsaved).toBe(0);
    expect(anna.status).toBe('live');
    world.server.commit([6, '\n'], 'ben');
    world.server.settle();
    expect(anna.text).toBe('Hello?\n');
  });

  it('gives up nothing that the server has not refused', () => {
    const world = new TestWorld('');
    const anna = world.joined('anna');
    anna.type('a');
    expect(anna.session.discard()).toBe(false);
    expect(anna.text).toBe('a');
    world.server.newestLink.close(4403);
    world.server.settle();
    expect(anna.status).toBe('refused: access_removed');
    expect(anna.session.discard()).toBe(false);
    expect(anna.text).toBe('a');
  });
});
