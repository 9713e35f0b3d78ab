import { describe, expect, it } from 'vitest';
import { TestWorld } from './testing/participant.ts';

describe('a refused submission', () => {
  it.each(['unavailable', 'rate_limited', 'internal'] as const)(
    '%s is kept and sent again on the same socket',
    (code) => {
      const world = new TestWorld('');
      const anna = world.joined('anna');
      world.server.refuseWith = code;
      anna.type('kept');
      world.pass(60_000);
      expect(anna.status).toBe('saving');
      const tries = world.server.received.filter(({ type }) => type === 'submit').length;
      expect(tries).toBeGreaterThan(3);
      expect(tries).toBeLessThan(30);
      world.server.refuseWith = undefined;
      anna.type(' and more');
      world.pass(31_000);
      expect(world.server.text).toBe('kept and more');
      expect(anna.status).toBe('saved');
      expect(world.server.links).toHaveLength(1);
    },
  );

  it('waits for as long as the server says', () => {
    const world = new TestWorld('');
    const anna = world.joined('anna');
    anna.type('x');
    const link = world.server.newestLink;
    link.up.length = 0;
    link.push('{"type":"error","code":"rate_limited","message":"","seq":1,"retryable":true,"retryAfter":7000}');
    world.pass(7_000);
    expect(world.server.text).toBe('');
    world.pass(600);
    expect(world.server.text).toBe('x');
  });

  it('for length says so once, keeps the text, and is tried again once it fits', async () => {
    const world = new TestWorld('12345');
    world.server.limits.documentLength = 10;
    const anna = world.joined('anna');
    anna.type('6789abc');
    const saved = anna.session.whenSaved();
    const outcome = expect(saved).rejects.toThrow('document_too_large');
    world.server.settle();
    await outcome;
    expect(anna.status).toBe('refused: document_too_large');
    expect(anna.refusedEdits).toEqual([
      { code: 'document_too_large', message: 'document_too_large', text: '123456789abc' },
    ]);
    anna.session.delete(11, 12);
    world.server.settle();
    expect(anna.status).toBe('refused: document_too_large');
    anna.session.delete(10, 11);
    world.server.settle();
    expect(anna.status).toBe('saved');
    expect(world.server.text).toBe('123456789a');
    expect(anna.refusedEdits).toHaveLength(1);
  });

  it('for length ends while the connection is lost too: what fits is sent, not given up', () => {
    const world = new TestWorld('12345');
    world.server.limits.documentLength = 10;
    const anna = world.joined('anna');
    anna.type('6789abc');
    world.server.settle();
    world.server.newestLink.cut();
    world.server.settle();
    anna.session.delete(10, 12);
    expect(anna.session.discard()).toBe(false);
    world.pass(1000);
    expect(anna.status).toBe('saved');
    expect(world.server.text).toBe('123456789a');
  });

  it('for length is tried again when somebody else makes room', () => {
    const world = new TestWorld('12345');
    world.server.limits.documentLength = 10;
    const anna = world.joined('anna');
    anna.type('6789abc');
    world.server.settle();
    world.server.commit([-5], 'ben');
    world.server.settle();
    expect(world.server.text).toBe('6789abc');
    expect(anna.status).toBe('saved');
  });

  it.each(['bad_operation', 'bad_text'] as const)('for %s is never dropped: the text is offered and kept', (code) => {
    const world = new TestWorld('Hello');
    const anna = world.joined('anna');
    world.server.refuseWith = code;
    anna.type('!');
    world.server.settle();
    expect(anna.status).toBe(`refused: ${code}`);
    expect(anna.refusedEdits.map(({ text }) => text)).toEqual(['Hello!']);
    world.server.commit(['> '], 'ben');
    world.server.settle();
    expect(anna.text).toBe('> Hello!');
    world.server.refuseWith = undefined;
    anna.session.reconnect();
    world.server.settle();
    expect(world.server.text).toBe('> Hello!');
  });

  it('for the role is kept, and goes out when the role allows it again', () => {
    const world = new TestWorld('');
    const anna = world.joined('anna');
    world.server.refuseWith = 'forbidden';
    anna.type('kept');
    world.server.settle();
    expect(anna.status).toBe('refused: forbidden');
    world.server.refuseWith = undefined;
    world.server.tellAll({ type: 'role-update', role: 'viewer' });
    world.server.tellAll({ type: 'role-update', role: 'editor' });
    world.server.settle();
    expect(world.server.text).toBe('kept');
    expect(anna.status).toBe('saved');
  });

  it.each(['seq_gap', 'seq_reused', 'version_ahead'] as const)('for %s leads to a new join', (code) => {
    const world = new TestWorld('');
    const anna = world.joined('anna');
    world.server.refuseWith = code;
    anna.type('x');
    world.server.settle();
    world.server.refuseWith = undefined;
    world.pass(1000);
    expect(world.server.links).toHaveLength(2);
    expect(world.server.text).toBe('x');
  });

  it('because the message was too big for the server is cut smaller', () => {
    const world = new TestWorld('');
    const anna = world.joined('anna', { random: () => 0.5 });
    anna.type('0123456789'.repeat(100_000));
    for (let round = 0; round < 3; round += 1) {
      const link = world.server.newestLink;
      link.up.length = 0;
      link.close(1009);
      world.server.settle();
      const { status } = anna.session;
      if (status.kind === 'reconnecting') world.clock.advance(status.retryAt - world.clock.monotonic());
      for (let event = 0; event < 2; event += 1) {
        world.server.newestLink.deliverDown();
        world.server.newestLink.deliverUp();
      }
    }
    const sizes = world.server.newestLink.up.map((frame) => frame.length);
    expect(Math.max(...sizes)).toBeLessThan(1_048_576 / 8 + 1000);
    world.pass(1000);
    expect(world.server.text).toBe('0123456789'.repeat(100_000));
    expect(anna.text).toBe(world.server.text);
  });
});

describe('a clientId', () => {
  it('of somebody else is replaced, and what is unsent is kept', () => {
    const world = new TestWorld('');
    const clientId = 'a'.repeat(22);
    const ben = world.joined('ben', { clientId });
    ben.type('ben ');
    world.server.settle();
    void ben.session.leave();
    world.server.settle();
    const anna = world.participant('anna', { clientId });
    anna.type('anna');
    world.pass(1000);
    expect(anna.status).toBe('saved');
    expect([...world.server.text].sort()).toEqual([...'ben anna'].sort());
    const ids = world.server.received.flatMap((message) => (message.type === 'join' ? [message.clientId] : []));
    expect(new Set(ids).size).toBe(2);
  });

  it('that was lost with a submission in flight does not commit it twice', () => {
    const world = new TestWorld('');
    const anna = world.joined('anna');
    anna.type('once');
    world.server.newestLink.deliverUp();
    world.server.newestLink.down.length = 0;
    world.server.newestLink.push('{"type":"error","code":"client_taken","message":"","retryable":false}');
    world.pass(1000);
    expect(world.server.text).toBe('once');
    expect(anna.status).toBe('saved');
    expect(anna.text).toBe('once');
  });
});

describe('large edits', () => {
  it.each([
    ['ASCII', 'lorem ipsum '.repeat(200_000)],
    ['CJK', '漢字かな'.repeat(300_000)],
    ['control characters', '\u0001\u0002"\\'.repeat(100_000)],
    ['emoji', '👩‍👧😀'.repeat(150_000)],
  ])('of %s travel in messages that fit', (_name, text) => {
    const world = new TestWorld('');
    const anna = world.joined('anna');
    anna.type(text);
    const sizes: number[] = [];
    const link = world.server.newestLink;
    while (anna.session.unsaved > 0) {
      for (const frame of link.up) sizes.push(Buffer.byteLength(frame));
      if (!link.deliver()) throw new Error('Nothing moves');
    }
    expect(world.server.text).toBe(text);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(world.server.limits.messageBytes);
    expect(sizes.length).toBeLessThanOrEqual(Math.ceil(Buffer.byteLength(JSON.stringify(text)) / 1_000_000) + 1);
  });

  it('with many places are cut by the number of operations, and stay one undo step', () => {
    const world = new TestWorld('x'.repeat(5000));
    const anna = world.joined('anna');
    anna.session.edit(Array.from({ length: 2500 }, () => [1, '-', -1]).flat());
    world.server.settle();
    expect(world.server.text).toBe('x-'.repeat(2500));
    expect(world.server.changes).toHaveLength(4);
    expect(anna.session.undo()).toBe(true);
    world.server.settle();
    expect(world.server.text).toBe('x'.repeat(5000));
    expect(anna.session.canUndo).toBe(false);
  });

  it('that were torn into too many places while the connection was lost go out in parts', async () => {
    const world = new TestWorld('abcdefghij');
    world.server.limits.operations = 3;
    const anna = world.joined('anna');
    anna.session.replace(0, 10, 'new');
    const saved = anna.session.whenSaved();
    world.server.newestLink.cut();
    world.server.settle();
    for (const place of [8, 6, 4, 2]) world.server.commit([place, '-', 10 + (8 - place) / 2 - place], 'ben');
    anna.type('er', 3);
    world.pass(2000);
    expect(anna.refusedEdits).toEqual([]);
    expect(anna.status).toBe('saved');
    await saved;
    expect(world.server.text).toBe('newer----');
    expect(anna.text).toBe('newer----');
    expect(world.server.changes.map(({ seq, clientId }) => clientId !== 'ben' && clientId !== 'author' && seq)).toEqual(
      [false, false, false, false, false, 1, 2],
    );
    expect([anna.session.undo(), anna.session.undo()]).toEqual([true, true]);
    world.server.settle();
    expect(world.server.text.replaceAll('-', '')).toBe('abcdefghij');
  });

  it('that were torn while the server could take nothing go out in parts on the same connection', () => {
    const world = new TestWorld('abcdefghij');
    world.server.limits.operations = 3;
    const anna = world.joined('anna');
    world.server.refuseWith = 'unavailable';
    anna.session.delete(0, 10);
    world.server.settle();
    for (const place of [8, 6, 4, 2]) world.server.commit([place, '-', 10 + (8 - place) / 2 - place], 'ben');
    world.server.refuseWith = undefined;
    world.pass(2000);
    expect(anna.refusedEdits).toEqual([]);
    expect(anna.status).toBe('saved');
    expect(world.server.text).toBe('----');
    expect(world.server.links).toHaveLength(1);
  });
});
