import { expect } from 'vitest';
import { roomTest as it, TestClient } from '../../testing/room-kit.ts';

it('L3 of many new titles the first is told at once, and then the newest ten times a second', async ({ kit, node }) => {
  const id = await kit.document('doc', 'text');
  const reader = await TestClient.joined(node, id, 'reader');
  const room = await node.open(id);
  const titles = (): unknown[] =>
    reader.messages.flatMap((message) => (message.type === 'document-meta' ? [message.title] : []));
  for (let count = 1; count <= 500; count += 1) room.configure({ ...room.access.record, title: `Title ${count}` });
  expect(titles()).toEqual(['Title 1']);
  kit.clock.advance(100);
  expect(titles()).toEqual(['Title 1', 'Title 500']);
  kit.clock.advance(1000);
  expect(titles()).toHaveLength(2);
});
