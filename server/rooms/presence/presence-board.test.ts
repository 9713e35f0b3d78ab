import { expect, vi } from 'vitest';
import { roomTest as it, TestClient } from '../../testing/room-kit.ts';
import { insert } from '../../../shared/testing/operations.ts';

const caret = (position: number): object[] => [{ anchor: position, head: position }];

it('P3 tells joins and leaves in at most one message per 100 ms', async ({ kit, node }) => {
  const id = await kit.document('doc');
  const ann = await TestClient.joined(node, id, 'ann');
  kit.clock.advance(200);
  const before = ann.all('collaborators-update').length;
  const others = await Promise.all(['ben', 'cat', 'dan'].map((name) => TestClient.joined(node, id, name)));
  kit.clock.advance(100);
  const [update, ...rest] = ann.all('collaborators-update').slice(before);
  expect(rest).toEqual([]);
  expect(update).toMatchObject({ left: [], changed: [], count: 4 });
  expect(update!.joined.map((c) => c.user.name).sort()).toEqual(['ben', 'cat', 'dan']);
  for (const other of others) other.end();
  kit.clock.advance(100);
  expect(ann.all('collaborators-update').at(-1)).toMatchObject({ joined: [], count: 1 });
  expect(ann.all('collaborators-update').at(-1)!.left).toHaveLength(3);
});

it('P4 coalesces carets, never echoes them to their owner, and carries them to the newest version (FM9)', async ({
  kit,
  node,
}) => {
  const id = await kit.document('doc', 'hello');
  const [ann, ben] = [await TestClient.joined(node, id, 'ann'), await TestClient.joined(node, id, 'ben')];
  kit.clock.advance(1000);
  for (let position = 0; position <= 5; position += 1) ann.say({ type: 'cursor', version: 1, ranges: caret(position) });
  ben.submit(1, 1, insert(0, '>> '));
  await ann.hears('document-update');
  kit.clock.advance(100);
  const [update, ...rest] = ben.all('cursor-update');
  expect(rest).toEqual([]);
  expect(update).toMatchObject({ version: 2, ranges: caret(8) });
  expect(ann.all('cursor-update')).toEqual([]);
  const cat = await TestClient.joined(node, id, 'cat');
  const shown = cat.all('document-init')[0]!.collaborators.find((c) => c.user.name === 'ann');
  expect(shown!.cursor).toEqual({ version: 2, ranges: caret(8) });
});

it('P4 lets a caret follow what its own owner types', async ({ kit, node }) => {
  const id = await kit.document('doc', 'ab');
  const [ann, ben] = [await TestClient.joined(node, id, 'ann'), await TestClient.joined(node, id, 'ben')];
  ann.say({ type: 'cursor', version: 1, ranges: caret(1) });
  ann.submit(1, 1, insert(1, 'XYZ'));
  await ben.hears('document-update');
  kit.clock.advance(200);
  expect(ben.all('cursor-update').at(-1)).toMatchObject({ version: 2, ranges: caret(4) });
});

it('P4 clamps carets beyond the end and drops carets of versions that are not there (FM9)', async ({ kit, node }) => {
  const id = await kit.document('doc', 'ab');
  const [ann, ben] = [await TestClient.joined(node, id, 'ann'), await TestClient.joined(node, id, 'ben')];
  ann.say({ type: 'cursor', version: 1, ranges: caret(99) });
  kit.clock.advance(100);
  expect(ben.all('cursor-update').at(-1)).toMatchObject({ ranges: caret(2) });
  ann.say({ type: 'cursor', version: 7, ranges: caret(0) });
  kit.clock.advance(100);
  expect(ben.all('cursor-update')).toHaveLength(1);
  ann.say({ type: 'cursor', ranges: null });
  kit.clock.advance(100);
  expect(ben.all('cursor-update').at(-1)).toMatchObject({ ranges: null });
});

it('P3 tells states and new names', async ({ kit, node }) => {
  const id = await kit.document('doc');
  const [ann, ben] = [await TestClient.joined(node, id, 'ann'), await TestClient.joined(node, id, 'ben')];
  kit.clock.advance(200);
  ann.say({ type: 'presence', state: 'away' });
  kit.clock.advance(200);
  expect(ben.all('collaborators-update').at(-1)!.changed).toMatchObject([{ state: 'away', user: { name: 'ann' } }]);
  const { user } = ann.all('document-init')[0]!.session;
  node.documents.renameUser({ ...user, name: 'Anna' });
  kit.clock.advance(200);
  expect(ben.all('collaborators-update').at(-1)!.changed).toMatchObject([{ user: { id: user.id, name: 'Anna' } }]);
});

it('P5 gives everybody a colour of their own, as long as there are colours, unless they chose one', async ({
  kit,
  node,
}) => {
  const id = await kit.document('doc');
  const colors: string[] = [];
  for (let index = 0; index < 12; index += 1) {
    const client = await TestClient.joined(node, id, `guest-${index}`);
    colors.push(client.all('document-init')[0]!.session.user.color);
  }
  expect(new Set(colors).size).toBe(12);
  const picky = new TestClient(node, id, 'picky-----------------');
  picky.say({ type: 'join', clientId: picky.clientId, color: colors[3] });
  expect((await picky.hears('document-init')).session.user.color).toBe(colors[3]);
});

it('P2 shows 64 of a larger room, counts the others, and shows them when they become active', async ({ kit, node }) => {
  const id = await kit.document('doc');
  const clients: TestClient[] = [];
  for (let index = 0; index < 70; index += 1)
    clients.push(await TestClient.joined(node, id, `client ${index}`.replace(' ', '-')));
  const last = clients[69]!.all('document-init')[0]!;
  expect(last.count).toBe(70);
  expect(last.collaborators).toHaveLength(64);
  expect(last.collaborators.map((c) => c.sessionId)).toContain(last.session.id);
  kit.clock.advance(10_000);
  const before = clients[0]!.all('collaborators-update').length;
  clients[69]!.say({ type: 'cursor', version: 0, ranges: caret(0) });
  kit.clock.advance(200);
  const update = clients[0]!.all('collaborators-update')[before]!;
  expect(update.joined.map((c) => c.sessionId)).toEqual([last.session.id]);
  expect(update.left).toHaveLength(1);
  await vi.waitFor(() => expect(clients[0]!.all('cursor-update').at(-1)).toMatchObject({ sessionId: last.session.id }));
});

it('P2 lists of a crowd only those who did something lately, tells of the others when they do, and of all when it has gone', async ({
  kit,
  node,
}) => {
  const id = await kit.document('doc');
  const [ann, ben] = [await TestClient.joined(node, id, 'ann'), await TestClient.joined(node, id, 'ben')];
  const crowd: TestClient[] = [];
  for (let index = 0; index < 127; index += 1) crowd.push(await TestClient.joined(node, id, `client-${index}`));
  ann.say({ type: 'cursor', version: 0, ranges: caret(0) });
  const late = await TestClient.joined(node, id, 'late');
  const namesOf = (entries: readonly { user: { name: string } }[]) => entries.map(({ user }) => user.name).sort();
  const answer = late.all('document-init')[0]!;
  expect(answer.count).toBe(130);
  expect(namesOf(answer.collaborators)).toEqual(['ann', 'late']);

  kit.clock.advance(200);
  const told = (): string[] => namesOf(late.all('collaborators-update').flatMap(({ changed }) => changed));
  ben.say({ type: 'cursor', version: 0, ranges: caret(0) });
  ben.say({ type: 'cursor', version: 0, ranges: caret(0) });
  kit.clock.advance(200);
  expect(told().filter((name) => name === 'ben')).toEqual(['ben']);

  for (const client of crowd.slice(100)) client.end();
  kit.clock.advance(200);
  expect(new Set(told()).size).toBeGreaterThanOrEqual(63);
});
