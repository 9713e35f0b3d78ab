import { useMemo, useSyncExternalStore } from 'react';
import type { DocumentSession } from '../../../shared/client/document-session.ts';
import type { EmbedPerson } from '../../embed/contract.ts';
import { PeopleStore } from '../people-store.ts';

const nobody = (): readonly EmbedPerson[] => NOBODY;
const NOBODY: readonly EmbedPerson[] = [];

/** Who is in a document, oneself first: of `useDocument`, of an editor's `session`, or of one that was opened by hand. */
export function usePeople(session: DocumentSession | undefined): readonly EmbedPerson[] {
  const store = useMemo(() => new PeopleStore(session), [session]);
  return useSyncExternalStore(store.subscribe, store.read, nobody);
}
