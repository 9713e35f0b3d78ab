import type { Person } from './people.ts';

/** What the avatars and the list of people need of the page that shows them. */
export interface PeoplePage {
  readonly following: Following;
  readonly live: {
    readonly people: readonly Person[];
    /** How many are here; in a large room more than `people` has. */
    readonly peopleCount: number;
  };
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
