import type { Clock } from '../../shared/clock.ts';
import type { PreviewBlock, PreviewNode, RenderAnswer, RenderRequest } from './worker/preview-tree.ts';

/** UTF-16 units; a longer text is not rendered. One of this length takes a second, on a busy machine ten. */
export const LONGEST_TEXT = 1_000_000;
/** Milliseconds after which a rendering is given up. */
export const SLOWEST = 20_000;

/** A block with its content. */
export type FilledBlock = PreviewBlock & { readonly nodes: readonly PreviewNode[] };

/** Why there is no preview: the text is too long, rendering it took too long, or the renderer could not be loaded. */
export type PreviewProblem = 'long' | 'slow' | 'unloaded';

export class PreviewError extends Error {
  override readonly name = 'PreviewError';
  readonly problem: PreviewProblem;

  constructor(problem: PreviewProblem) {
    super(problem);
    this.problem = problem;
  }
}

/** What a renderer needs of a worker. */
export type RenderThread = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>;

/** Renders texts in a thread of its own, which is begun with the first text, and anew after one that took too long. */
export class Renderer {
  readonly #begin: () => RenderThread;
  readonly #clock: Clock;
  #thread: RenderThread | undefined;
  #nodes = new Map<number, readonly PreviewNode[]>();
  #fail: ((problem: PreviewProblem) => void) | undefined;

  constructor(begin: () => RenderThread, clock: Clock) {
    this.#begin = begin;
    this.#clock = clock;
  }

  /** One text at a time. Rejects with PreviewError. */
  render(text: string): Promise<readonly FilledBlock[]> {
    return new Promise((resolve, reject) => {
      if (text.length > LONGEST_TEXT) return reject(new PreviewError('long'));
      const cancel = this.#clock.after(SLOWEST, () => this.#fail?.('slow'));
      this.#fail = (problem) => {
        this.#fail = undefined;
        cancel();
        this.stop();
        reject(new PreviewError(problem));
      };
      try {
        this.#thread ??= this.#begin();
      } catch {
        return this.#fail('unloaded');
      }
      this.#thread.onerror = () => this.#fail?.('unloaded');
      this.#thread.onmessage = ({ data }: MessageEvent<RenderAnswer>) => {
        this.#fail = undefined;
        cancel();
        resolve(this.#fill(data));
      };
      this.#thread.postMessage({ text } satisfies RenderRequest);
    });
  }

  stop(): void {
    this.#thread?.terminate();
    this.#thread = undefined;
    this.#nodes = new Map();
    this.#fail?.('unloaded');
  }

  #fill({ blocks, fresh }: RenderAnswer): FilledBlock[] {
    const known = new Map([...this.#nodes, ...fresh]);
    const filled = blocks.map((block) => ({ ...block, nodes: known.get(block.key)! }));
    this.#nodes = new Map(filled.map(({ key, nodes }) => [key, nodes]));
    return filled;
  }
}
