import type { User } from '../../../shared/protocol/fields.ts';
import type { Change, VersionName } from '../../../shared/sync/change.ts';
import type { Edit } from '../../../shared/text/edit.ts';
import type { AccessCatalogue } from '../access-catalogue.ts';
import type { DocumentCatalogue } from '../document-catalogue.ts';
import type { DocumentLists, SearchIndex } from '../document-lists.ts';
import type { DocumentStore, Run, StoredDocument } from '../document-store.ts';
import type { VisitCatalogue } from '../visit-catalogue.ts';
import { applyToString } from '../../../shared/text/edit.ts';

/** Everything a server keeps its documents in. */
export type Store = DocumentStore & DocumentCatalogue & AccessCatalogue & DocumentLists & VisitCatalogue & SearchIndex;

/** The store of the running test, as the suites of the contract see it. */
export interface StoreUnderTest {
  readonly store: Store;
  /** Closes the store and opens it again: what is not on disk is gone. Returns the store to use from then on. */
  readonly restart: () => Promise<Store>;
  /** Compacts as much as the store ever would, without waiting for its time. */
  readonly compact: () => Promise<void>;
}

export const ANNA: User = { id: 'user-anna', name: 'Anna', color: '#a33b20' };
export const BORIS: User = { id: 'user-boris', name: 'Boris 📝', color: '#20603b' };

export const START: VersionName = { version: 0, timestamp: 0 };

/** When documents are created and runs committed in tests, unless they say otherwise. */
export const TIME = 1_790_000_000_000;

export async function createDocument(store: Store, id: string, owner = ANNA): Promise<void> {
  await store.createDocument({ id, title: 'Title', linkAccess: 'edit', createdAt: TIME }, owner);
}

/** One person typing into one document, a run at a time. Knows what the log must hold. */
export class Writer {
  readonly changes: Change[] = [];
  head: VersionName = START;
  readonly #documentId: string;
  readonly #user: User;
  readonly #clientId: string;

  constructor(documentId: string, user: User = ANNA, clientId = `client-of-${user.id}`) {
    this.#documentId = documentId;
    this.#user = user;
    this.#clientId = clientId;
  }

  /** The run that follows what was committed so far, with one change per edit. */
  run(edits: readonly Edit[], timestamp = TIME + this.head.version + 1): Run {
    const changes = edits.map((edit, index) => ({
      version: this.head.version + 1 + index,
      timestamp,
      edit,
      clientId: this.#clientId,
      seq: this.changes.length + 1 + index,
      userId: this.#user.id,
      sessionId: `session-of-${this.#clientId}`,
    }));
    return { documentId: this.#documentId, previous: this.head, changes, authors: [this.#user] };
  }

  /** Takes note of a run that was committed. */
  committed({ changes }: Run): void {
    const last = changes.at(-1)!;
    this.changes.push(...changes);
    this.head = { version: last.version, timestamp: last.timestamp };
  }

  /** Appends, and throws if the store refuses. */
  async type(store: Store, edits: readonly Edit[], timestamp?: number): Promise<void> {
    const run = this.run(edits, timestamp);
    if (!(await store.append(run))) throw new Error(`Run after version ${run.previous.version} was refused`);
    this.committed(run);
  }
}

/** The text that a loaded document comes to. */
export function textOf({ snapshot, changes }: StoredDocument): string {
  return changes.reduce((text, { edit }) => applyToString(text, edit), snapshot.text);
}
