import { afterEach, expect, it } from 'vitest';
import { ManualClock } from '../../shared/testing/manual-clock.ts';
import { LONGEST_TEXT, Renderer, SLOWEST, type RenderThread } from './renderer.ts';
import { BlockCache } from './worker/block-cache.ts';
import type { RenderRequest } from './worker/preview-tree.ts';

/** Stands in for the browser's thread, in which the real renderer runs; `hangs` until it is ended. */
class Thread implements RenderThread {
  onmessage: RenderThread['onmessage'] = null;
  onerror: RenderThread['onerror'] = null;
  isEnded = false;
  readonly #cache = new BlockCache();

  constructor(readonly hangs = false) {}

  postMessage({ text }: RenderRequest): void {
    if (this.hangs) return;
    void this.#cache.render(text).then((data) => this.onmessage?.call(this as never, { data } as MessageEvent));
  }

  terminate(): void {
    this.isEnded = true;
  }
}

const clock = new ManualClock();
afterEach(() => expect(clock.pending).toBe(0));

function rendererOf(...threads: readonly (Thread | Error)[]): Renderer {
  const left = [...threads];
  return new Renderer(() => {
    const next = left.shift()!;
    if (next instanceof Error) throw next;
    return next;
  }, clock);
}

it('fills blocks that were there before with what they had', async () => {
  const renderer = rendererOf(new Thread());
  const before = await renderer.render('one\n\ntwo');
  const after = await renderer.render('new\n\ntwo');
  expect(after[1]!.nodes).toBe(before[1]!.nodes);
  expect(after[0]!.nodes).toMatchObject([{ tag: 'p', children: ['new'] }]);
  renderer.stop();
});

it('gives a text up that takes too long, and renders the next one in a new thread', async () => {
  const slow = new Thread(true);
  const renderer = rendererOf(slow, new Thread());
  const rendering = renderer.render('slow');
  clock.advance(SLOWEST);
  await expect(rendering).rejects.toMatchObject({ problem: 'slow' });
  expect(slow.isEnded).toBe(true);
  expect(await renderer.render('quick')).toHaveLength(1);
  renderer.stop();
});

it('says that the renderer could not be loaded, and tries again the next time', async () => {
  const broken = new Thread(true);
  const renderer = rendererOf(broken, new Error('refused'), new Thread());
  const rendering = renderer.render('text');
  broken.onerror?.call(broken as never, new Event('error') as ErrorEvent);
  await expect(rendering).rejects.toMatchObject({ problem: 'unloaded' });
  await expect(renderer.render('text')).rejects.toMatchObject({ problem: 'unloaded' });
  expect(await renderer.render('text')).toHaveLength(1);
  renderer.stop();
});

it('does not begin with a text that is too long', async () => {
  const renderer = rendererOf();
  await expect(renderer.render('x'.repeat(LONGEST_TEXT + 1))).rejects.toMatchObject({ problem: 'long' });
});

it('a rendering that is not wanted any more ends with its thread', async () => {
  const renderer = rendererOf(new Thread(true));
  const rendering = renderer.render('text');
  renderer.stop();
  await expect(rendering).rejects.toMatchObject({ problem: 'unloaded' });
});
