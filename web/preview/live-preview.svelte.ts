import type { DocumentSession } from '../../shared/client/document-session.ts';
import { platformClock } from '../../shared/client/transport/platform.ts';
import type { Edit } from '../../shared/text/edit.ts';
import { mapPosition } from '../../shared/text/position.ts';
import { Debounce } from '../ui/debounce.ts';
import { Renderer, PreviewError, type FilledBlock, type PreviewProblem, type RenderThread } from './renderer.ts';
import { taskOn } from './tasks.ts';

/** Milliseconds without a change after which the text is rendered. */
const WAIT = 120;
/** Milliseconds after which it is rendered if changes never pause. */
const AT_MOST = 500;

/** The rendering of a document's text, a moment behind it. */
export class LivePreview {
  readonly #session: DocumentSession;
  readonly #renderer: Renderer;
  readonly #debounce: Debounce;
  readonly #endings: (() => void)[];
  #blocks = $state.raw<readonly FilledBlock[] | undefined>(undefined);
  #problem = $state.raw<PreviewProblem | undefined>(undefined);
  /** The text that `blocks` show, and what has been changed since. */
  #text = '';
  #since: Edit[] = [];
  #rendering: { text: string; since: Edit[] } | undefined;
  #isStopped = false;

  constructor(session: DocumentSession, begin: () => RenderThread) {
    this.#session = session;
    this.#renderer = new Renderer(begin, platformClock);
    this.#debounce = new Debounce(platformClock, WAIT, AT_MOST, () => void this.#render());
    this.#endings = [
      session.on('ready', () => this.#debounce.changed()),
      session.on('change', ({ edit }) => {
        this.#since.push(edit);
        this.#rendering?.since.push(edit);
        this.#debounce.changed();
      }),
    ];
    if (session.isReady) void this.#render();
  }

  /** Undefined until the text was rendered for the first time. */
  get blocks(): readonly FilledBlock[] | undefined {
    return this.#blocks;
  }

  /** Why the blocks are not those of the text. */
  get problem(): PreviewProblem | undefined {
    return this.#problem;
  }

  retry(): void {
    this.#problem = undefined;
    void this.#render();
  }

  /** Ticks the task on a line of the text that is shown, or takes the tick away. False if that cannot be done any more. */
  tick(line: number): boolean {
    const task = taskOn(this.#text, line);
    if (task === undefined) return false;
    const position = this.#since.reduce((moved, edit) => mapPosition(moved, edit, 'after'), task.position);
    if (this.#session.text.slice(position, position + 1) !== task.sign) return false;
    this.#session.replace(position, position + 1, task.sign === ' ' ? 'x' : ' ');
    return true;
  }

  stop(): void {
    this.#isStopped = true;
    this.#debounce.stop();
    for (const end of this.#endings) end();
    this.#renderer.stop();
  }

  async #render(): Promise<void> {
    // What took too long once would do so at every key.
    if (this.#rendering !== undefined || this.#isStopped || this.#problem === 'slow') return;
    const rendering = (this.#rendering = { text: this.#session.text.toString(), since: [] as Edit[] });
    try {
      const blocks = await this.#renderer.render(rendering.text);
      this.#text = rendering.text;
      this.#since = rendering.since;
      this.#blocks = blocks;
      this.#problem = undefined;
    } catch (error) {
      if (!(error instanceof PreviewError)) throw error;
      this.#problem = error.problem;
    }
    this.#rendering = undefined;
    // What has come meanwhile waits as any other change does; a text that takes long is not rendered without a pause.
    if (!this.#isStopped && rendering.since.length > 0) this.#debounce.changed();
  }
}
