import { expect, it } from 'vitest';
import { FrameArena } from './frame-arena.ts';

const KIB = 1024;

it('gives the same bytes again where nobody keeps them, and others where somebody does', () => {
  const memory = new FrameArena();
  const first = memory.allocate(32 * KIB).fill(1);
  for (let count = 0; count < 3; count += 1) memory.allocate(32 * KIB).fill(2);
  expect(first[0]).toBe(1);
  memory.allocate(32 * KIB).fill(3);
  expect(first[0]).toBe(3);

  const kept = memory.allocate(10).fill(4);
  memory.pin();
  for (let count = 0; count < 20; count += 1) memory.allocate(32 * KIB).fill(5);
  expect([...kept]).toEqual(Array.from({ length: 10 }, () => 4));
});

it('gives frames that lie in no piece, and copies none but its own', () => {
  const memory = new FrameArena();
  const large = memory.allocate(33 * KIB).fill(1);
  const small = memory.allocate(5).fill(2);
  expect(memory.detach(large)).toBe(large);
  expect(memory.detach('text')).toBe('text');
  const copy = memory.detach(small);
  small.fill(3);
  expect(copy).toEqual(Buffer.alloc(5, 2));
});
