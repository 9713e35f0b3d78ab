import { expect, it } from 'vitest';
import { FrameArena, type FrameReader, type SendOutcome } from './frame-arena.ts';
import type { Frame } from './wire-frame.ts';

const KIB = 1024;

/** A reader that keeps what it is sent, and says so or not. */
class Reader implements FrameReader {
  readonly queuedBytes = 0;
  readonly frames: Frame[] = [];
  readonly #outcome: SendOutcome;

  constructor(outcome: SendOutcome) {
    this.#outcome = outcome;
  }

  send(frame: Frame): SendOutcome {
    this.frames.push(frame);
    return this.#outcome;
  }
}

it('gives the same bytes again where nobody keeps them, and others where somebody does', () => {
  const arena = new FrameArena();
  const first = arena.allocate(32 * KIB).fill(1);
  arena.send(new Reader('written'), first, 1, false);
  for (let count = 0; count < 3; count += 1) arena.allocate(32 * KIB).fill(2);
  expect(first[0]).toBe(1);
  arena.allocate(32 * KIB).fill(3);
  expect(first[0]).toBe(3);

  const kept = arena.allocate(10).fill(4);
  arena.send(new Reader('kept'), kept, 1, false);
  for (let count = 0; count < 20; count += 1) arena.allocate(32 * KIB).fill(5);
  expect([...kept]).toEqual(Array.from({ length: 10 }, () => 4));
});

it('keeps no piece for a frame that lies elsewhere', () => {
  const arena = new FrameArena();
  const first = arena.allocate(32 * KIB).fill(1);
  arena.send(new Reader('kept'), 'text', 1, false);
  arena.send(new Reader('kept'), Buffer.from('bytes'), 1, false);
  for (let count = 0; count < 4; count += 1) arena.allocate(32 * KIB).fill(2);
  expect(first[0]).toBe(2);
});

it('gives frames that lie in no piece, and copies none but its own, for readers that are behind', () => {
  const arena = new FrameArena();
  const reader = new Reader('kept');
  const large = arena.allocate(33 * KIB).fill(1);
  const small = arena.allocate(5).fill(2);
  for (const frame of [large, 'text', small]) arena.send(reader, frame, 1, true);
  expect(reader.frames[0]).toBe(large);
  expect(reader.frames[1]).toBe('text');
  small.fill(3);
  expect(reader.frames[2]).toEqual(Buffer.alloc(5, 2));
});
