import { shallowRef, toValue, watch } from 'vue';
import type { MaybeRefOrGetter, ShallowRef } from 'vue';
import type { DocumentSession } from '../../../shared/client/document-session.ts';
import type { EmbedPerson } from '../../embed/contract.ts';
import { PeopleStore } from '../people-store.ts';

/** Who is in a document, oneself first: of `useDocument`, of an editor's `session`, or of one that was opened by hand. */
export function usePeople(
  session: MaybeRefOrGetter<DocumentSession | undefined>,
): Readonly<ShallowRef<readonly EmbedPerson[]>> {
  const people = shallowRef<readonly EmbedPerson[]>([]);
  watch(
    () => toValue(session),
    (now, _before, onCleanup) => {
      const store = new PeopleStore(now);
      const read = (): void => void (people.value = store.read());
      onCleanup(store.subscribe(read));
      read();
    },
    { immediate: true },
  );
  return people;
}
