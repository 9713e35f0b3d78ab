import { createSubscriber } from 'svelte/reactivity';
import type { DocumentSession } from '../../../shared/client/document-session.ts';
import type { EmbedPerson } from '../../embed/contract.ts';
import { PeopleStore } from '../people-store.ts';

/** Who is in a document, as state; see `peopleState`. */
export interface PeopleState {
  /** Oneself first. */
  readonly current: readonly EmbedPerson[];
}

/**
 * Who is in a document: of an editor's `session`, or of one that was opened by hand. Given a function, it follows the state that the
 * function reads.
 */
export function peopleState(session: DocumentSession | (() => DocumentSession | undefined) | undefined): PeopleState {
  const newest = typeof session === 'function' ? session : () => session;
  let known: DocumentSession | undefined;
  let store = new PeopleStore(known);
  let subscribe = createSubscriber(store.subscribe);
  return {
    get current() {
      const given = newest();
      if (given !== known) {
        known = given;
        store = new PeopleStore(known);
        subscribe = createSubscriber(store.subscribe);
      }
      subscribe();
      return store.read();
    },
  };
}
