import { createSubscriber } from 'svelte/reactivity';
import { sessionKey, type DocumentOptions } from '../document-options.ts';
import type { DocumentSnapshot } from '../document-snapshot.ts';
import { DocumentStore } from '../document-store.ts';

/**
 * A document without a view, as state: open as long as an effect or a template reads of it. On a server nothing is opened. Given a
 * function, it follows the state that the function reads. Options are compared by value, and of `token` only whether there is
 * one: another document, server, user or link is another session. What is unsaved when the last reader goes is sent first.
 */
export function documentState(options: DocumentOptions | (() => DocumentOptions)): DocumentSnapshot {
  const newest = typeof options === 'function' ? options : () => options;
  let store: DocumentStore | undefined;
  let subscribe = (): void => undefined;
  const now = (): DocumentSnapshot => {
    const given = newest();
    if (store?.key === sessionKey(given)) store.renew(given);
    else {
      store = new DocumentStore(given);
      subscribe = createSubscriber(store.subscribe);
    }
    subscribe();
    return store.read();
  };
  return {
    get text() {
      return now().text;
    },
    get state() {
      return now().state;
    },
    get code() {
      return now().code;
    },
    get unsaved() {
      return now().unsaved;
    },
    get version() {
      return now().version;
    },
    get people() {
      return now().people;
    },
    get role() {
      return now().role;
    },
    get isReady() {
      return now().isReady;
    },
    get lastChange() {
      return now().lastChange;
    },
    get session() {
      return now().session;
    },
    edit: (edit) => now().edit(edit),
    insert: (position, text) => now().insert(position, text),
    replaceRange: (from, to, text) => now().replaceRange(from, to, text),
    undo: () => now().undo(),
    redo: () => now().redo(),
    flush: () => now().flush(),
  };
}
