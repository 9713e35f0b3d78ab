import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { sessionKey, type DocumentOptions } from '../document-options.ts';
import type { DocumentSnapshot } from '../document-snapshot.ts';
import { DocumentStore } from '../document-store.ts';

/**
 * A document without a view, open as long as the component is mounted. Options are compared by value, and of `token` only whether
 * there is one: another document, server, user or link is another session. What is unsaved when the component goes is
 * sent first. Returns the same object until something changes.
 */
export function useDocument(options: DocumentOptions): DocumentSnapshot {
  const key = sessionKey(options);
  const store = useMemo(() => new DocumentStore(options), [key]);
  // Before the store opens its session, which is an effect as well.
  useEffect(() => store.renew(options));
  return useSyncExternalStore(store.subscribe, store.read, store.readEmpty);
}
