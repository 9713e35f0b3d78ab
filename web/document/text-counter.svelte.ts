import type { DocumentSession } from '../../shared/client/document-session.ts';
import { platformClock } from '../../shared/client/transport/platform.ts';
import { Debounce } from '../ui/debounce.ts';
import { countInSteps, type TextCount } from '../../shared/text/word-count.ts';

/** A text is counted once it has not changed for this long, in milliseconds. */
const WAIT = 400;
/** If others never pause, it is counted this long after the first change, in milliseconds. */
const AT_MOST = 5_000;

/** The word and character count of a document, updated when its text has stopped changing. */
export class TextCounter {
  #count = $state.raw<TextCount | undefined>(undefined);
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Undefined until the text was counted for the first time. */
  get count(): TextCount | undefined {
    return this.#count;
  }

  /** Follows the session's text; returns the function that ends it. */
  watch(session: DocumentSession): () => void {
    const debounce = new Debounce(platformClock, WAIT, AT_MOST, () => {
      clearTimeout(this.#timer);
      this.#run(countInSteps(session.text));
    });
    const changed = (): void => debounce.changed();
    const endings = [session.on('ready', changed), session.on('change', changed)];
    if (session.isReady) debounce.changed();
    return () => {
      debounce.stop();
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
