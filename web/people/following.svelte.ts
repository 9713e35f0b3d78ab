import type { Whereabouts } from '../editor/carets/whereabouts.ts';
import type { Person } from './people.ts';

/** What the discs and the list of people need of the page that shows them. */
export interface PeoplePage {
  readonly following: Following;
  readonly live: {
    readonly people: readonly Person[];
    /** How many are here; in a large room more than `people` has. */
    readonly peopleCount: number;
  };
  /** Undefined of somebody without a caret. */
  whereIs(person: Person): Whereabouts | undefined;
  /** Scrolls to their caret; one's own stays where it is. */
  goTo(person: Person): void;
}

/** Whom this screen follows, if anybody. */
export class Following {
  #userId = $state.raw<string | undefined>(undefined);

  get userId(): string | undefined {
    return this.#userId;
  }

  /** The person followed, as long as they are here. */
  personOf(people: readonly Person[]): Person | undefined {
    return people.find((person) => person.userId === this.#userId);
  }

  /** Begins to follow this person; ends it if they are followed already. */
  toggle(userId: string): void {
    this.#userId = this.#userId === userId ? undefined : userId;
  }

  end(): void {
    this.#userId = undefined;
  }
}
