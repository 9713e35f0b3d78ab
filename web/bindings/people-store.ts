import type { DocumentSession } from '../../shared/client/document-session.ts';
import type { EmbedPerson } from '../embed/contract.ts';
import { keepPeople, peopleOf } from '../people/people.ts';

/** The people of a session, as a framework reads them: the same list as before unless somebody came, went or changed. */
export class PeopleStore {
  readonly #session: DocumentSession | undefined;
  #people: readonly EmbedPerson[] = [];

  /** Nobody is there without a session. */
  constructor(session: DocumentSession | undefined) {
    this.#session = session;
  }

  /** Oneself first. */
  readonly read = (): readonly EmbedPerson[] => {
    const session = this.#session;
    if (session !== undefined) {
      this.#people = keepPeople(this.#people, peopleOf(session.collaborators, session.self?.user.id));
    }
    return this.#people;
  };

  /** Calls back when it may be another list. Returns the function that ends it. */
  readonly subscribe = (listener: () => void): (() => void) =>
    this.#session?.on('collaborators', listener) ?? (() => undefined);
}
