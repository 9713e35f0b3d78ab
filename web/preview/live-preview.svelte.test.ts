import { afterEach, expect, it, vi } from 'vitest';
import { TestWorld, type Participant } from '../../shared/client/testing/participant.ts';
import { LivePreview } from './live-preview.svelte.ts';
import type { RenderThread } from './renderer.ts';
import { BlockCache } from './worker/block-cache.ts';
import type { RenderRequest } from './worker/preview-tree.ts';
import { textIn } from './worker/testing/trees.ts';

/** Stands in for the browser's thread; the real renderer runs here. `hold` keeps its answers back. */
class Thread implements RenderThread {
  onmessage: RenderThread['onmessage'] = null;
  onerror: RenderThread['onerror'] = null;
  readonly asked: string[] = [];
  readonly #cache = new BlockCache();
  #held: Promise<void> = Promise.resolve();

  hold(): () => void {
    let release = (): void => undefined;
    this.#held = new Promise((resolve) => (release = resolve));
    return release;
  }

  postMessage({ text }: RenderRequest): void {
    this.asked.push(text);
    const held = this.#held;
    void this.#cache
      .render(text)
      .then((data) => held.then(() => this.onmessage?.call(this as never, { data } as MessageEvent)));
  }

  terminate(): void {
    this.onmessage = null;
  }
}

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

function previewOf(anna: Participant): { live: LivePreview; thread: Thread } {
  const thread = new Thread();
  const live = new LivePreview(anna.session, () => thread);
  stops.push(() => live.stop());
  return { live, thread };
}

const shown = (live: LivePreview): string[] => (live.blocks ?? []).map(({ nodes }) => textIn(nodes).trim());

it('shows the text, and a moment later what others have written', async () => {
  const world = new TestWorld('one\n\ntwo');
  const [anna, ben] = [world.joined('anna'), world.joined('ben')];
  const { live } = previewOf(anna);
  await vi.waitFor(() => expect(shown(live)).toEqual(['one', 'two']));
  ben.session.insert(0, 'new ');
  world.server.settle();
  await vi.waitFor(() => expect(shown(live)).toEqual(['new one', 'two']));
});

it('renders many changes that come together once, and what comes during a rendering afterwards', async () => {
  const world = new TestWorld('');
  const anna = world.joined('anna');
  const { live, thread } = previewOf(anna);
  await vi.waitFor(() => expect(live.blocks).toEqual([]));
  const release = thread.hold();
  for (const letter of 'many letters') anna.type(letter);
  await vi.waitFor(() => expect(thread.asked).toHaveLength(2));
  anna.type(' and more');
  release();
  await vi.waitFor(() => expect(shown(live)).toEqual(['many letters and more']));
  expect(thread.asked).toEqual(['', 'many letters', 'many letters and more']);
});

it('ticks the task that was shown, wherever it has moved since', async () => {
  const world = new TestWorld('- [ ] one\n- [ ] two');
  const [anna, ben] = [world.joined('anna'), world.joined('ben')];
  const { live } = previewOf(anna);
  await vi.waitFor(() => expect(live.blocks).toHaveLength(1));
  ben.session.insert(0, '- [ ] zero\n');
  world.server.settle();
  expect(live.tick(1)).toBe(true);
  world.server.settle();
  expect(world.server.text).toBe('- [ ] zero\n- [ ] one\n- [x] two');
  await vi.waitFor(() => expect(shown(live)[0]).toContain('zero'));
  expect(live.tick(2)).toBe(true);
  world.server.settle();
  expect(world.server.text).toBe('- [ ] zero\n- [ ] one\n- [ ] two');
});

it('does not tick what is no task any more', async () => {
  const world = new TestWorld('- [ ] one\n\ntext');
  const anna = world.joined('anna');
  const { live } = previewOf(anna);
  await vi.waitFor(() => expect(live.blocks).toHaveLength(2));
  expect(live.tick(2)).toBe(false);
  anna.session.replace(0, 9, 'gone');
  expect(live.tick(0)).toBe(false);
  expect(anna.session.text.toString()).toBe('gone\n\ntext');
});

it('says that a text is too long, and shows it again once it is not', async () => {
  const world = new TestWorld('x');
  const anna = world.joined('anna');
  const { live } = previewOf(anna);
  await vi.waitFor(() => expect(live.blocks).toHaveLength(1));
  anna.session.insert(0, 'long '.repeat(200_000));
  await vi.waitFor(() => expect(live.problem).toBe('long'));
  anna.session.delete(0, 1_000_000);
  await vi.waitFor(() => expect(live.problem).toBeUndefined());
  expect(shown(live)).toEqual(['x']);
});
