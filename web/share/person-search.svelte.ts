import { platformClock } from '../../shared/client/transport/platform.ts';
import { messageOf } from '../app/api.ts';
import { findPeople, type FoundPerson } from '../links/sharing-api.ts';
import { Debounce } from '../ui/debounce.ts';

/** How long, in milliseconds, somebody pauses before their letters are looked for, and how long at most they are not. */
const [WAIT, AT_MOST] = [120, 600];

/** People who could be added to a document, found by a part of their name. */
export class PersonSearch {
  readonly #documentId: string;
  readonly #debounce = new Debounce(platformClock, WAIT, AT_MOST, () => void this.#ask());
  #name = $state('');
  #found = $state.raw<readonly FoundPerson[]>();
  /** The name that `#found` is about. */
  #answered = $state<string>();
  #problem = $state('');
  /** An answer to an earlier question is outdated. */
  #turn = 0;

  constructor(documentId: string) {
    this.#documentId = documentId;
  }

  get name(): string {
    return this.#name;
  }

  /** What was found last, also for a name that was typed before; undefined until there is an answer. */
  get found(): readonly FoundPerson[] | undefined {
    return this.#found;
  }

  /** Whether what was found is about the name as it is typed now. */
  get isCurrent(): boolean {
    return this.#answered === this.#name.trim();
  }

  /** Why there is no answer; empty if nothing went wrong. */
  get problem(): string {
    return this.#problem;
  }

  /** Looks for a name after a pause; for an empty one, for everybody at once. */
  type(name: string): void {
    this.#name = name;
    this.#turn += 1;
    if (name.trim() === '') void this.#ask();
    else this.#debounce.changed();
  }

  stop(): void {
    this.#turn += 1;
    this.#debounce.stop();
  }

  async #ask(): Promise<void> {
    const turn = ++this.#turn;
    const name = this.#name.trim();
    try {
      const found = await findPeople(this.#documentId, name);
      if (turn !== this.#turn) return;
      this.#found = found;
      this.#answered = name;
      this.#problem = '';
    } catch (error) {
      if (turn === this.#turn) this.#problem = messageOf(error);
    }
  }
}
