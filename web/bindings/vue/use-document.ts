import { computed, onScopeDispose, shallowRef, toValue, watch } from 'vue';
import type { ComputedRef, MaybeRefOrGetter } from 'vue';
import { sessionKey, type DocumentOptions } from '../document-options.ts';
import type { DocumentCommands, DocumentSnapshot } from '../document-snapshot.ts';
import { DocumentStore } from '../document-store.ts';

type Known = Omit<DocumentSnapshot, keyof DocumentCommands>;

/** What is known of a document, each as a read-only ref, and what can be done to it. */
export type DocumentRefs = DocumentCommands & { readonly [Name in keyof Known]: ComputedRef<Known[Name]> };

/**
 * A document without a view, open as long as the component or scope lives; on a server there is none. Options are compared by value,
 * and of `token` only whether there is one: another document, server, user or link is another session. What is unsaved at the end is
 * sent first.
 */
export function useDocument(options: MaybeRefOrGetter<DocumentOptions>): DocumentRefs {
  let store = new DocumentStore(toValue(options));
  let stop = (): void => undefined;
  const snapshot = shallowRef(store.read());
  const listen = (): void => {
    stop();
    const read = (): void => void (snapshot.value = store.read());
    // A server has no page in which something could change.
    stop = typeof document === 'undefined' ? stop : store.subscribe(read);
    read();
  };
  watch(
    () => toValue(options),
    (newest) => {
      if (sessionKey(newest) === store.key) return store.renew(newest);
      store = new DocumentStore(newest);
      listen();
    },
    { deep: true },
  );
  listen();
  onScopeDispose(() => stop());
  const known = <Name extends keyof Known>(name: Name): ComputedRef<Known[Name]> =>
    computed(() => snapshot.value[name]);
  return {
    text: known('text'),
    state: known('state'),
    code: known('code'),
    unsaved: known('unsaved'),
    version: known('version'),
    people: known('people'),
    role: known('role'),
    isReady: known('isReady'),
    lastChange: known('lastChange'),
    session: known('session'),
    edit: (edit) => store.read().edit(edit),
    insert: (position, text) => store.read().insert(position, text),
    replaceRange: (from, to, text) => store.read().replaceRange(from, to, text),
    undo: () => store.read().undo(),
    redo: () => store.read().redo(),
    flush: () => store.read().flush(),
  };
}
