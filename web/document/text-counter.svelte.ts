import type { DocumentSession } from '../../shared/client/document-session.ts';
import { platformClock } from '../../shared/client/transport/platform.ts';
import { Debounce } from '../ui/debounce.ts';
import { countInSteps, type TextCount } from './word-count.ts';

/** How long, in milliseconds, a text rests before it is counted. */
const RESTS = 400;
/** Where others go on typing it never rests: after so many milliseconds it is counted all the same. */
const COUNTS_WITHIN = 5_000;

/** The word and character count of a document, renewed when its text has come to rest. */
export class TextCounter {
  #count = $state.raw<TextCount | undefined>(undefined);
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Undefined until the text was counted for the first time. */
  get count(): TextCount | undefined {
    return this.#count;
  }

  /** Follows the session's text; returns the function that ends it. */
  watch(session: DocumentSession): () => void {
    const rest = new Debounce(platformClock, RESTS, COUNTS_WITHIN, () => {
      clearTimeout(this.#timer);
      this.#run(countInSteps(session.text));
    });
    const changed = (): void => rest.changed();
    const endings = [session.on('ready', changed), session.on('change', changed)];
    if (session.isReady) rest.changed();
    return () => {
      rest.stop();
      clearTimeout(this.#timer);
      for (const end of endings) end();
    };
  }

  /** One step per task, so that typing comes first. What changes meanwhile is counted the next time. */
  #run(steps: Generator<TextCount>, last: TextCount = { words: 0, characters: 0 }): void {
    const step = steps.next();
    if (step.done === true) this.#count = last;
    else this.#timer = setTimeout(() => this.#run(steps, step.value), 0);
  }
}
