import type { DocumentBody } from '../../shared/protocol/http.ts';
import { listDocuments, trashDocument, updateDocument, messageOf, type SendOptions } from '../app/api.ts';

/** The state of the list of my documents. */
export type ListState =
  { readonly kind: 'loading' } | { readonly kind: 'loaded' } | { readonly kind: 'failed'; readonly message: string };

/** Milliseconds between two reads of the list on an open home page. */
const REFRESH = 15_000;

/** My documents, newest first. */
export class DocumentList {
  #documents = $state.raw<readonly DocumentBody[]>([]);
  #state = $state.raw<ListState>({ kind: 'loading' });
  #next = $state.raw<string | undefined>(undefined);
  /** Counts the changes from this page. */
  #changes = 0;

  get documents(): readonly DocumentBody[] {
    return this.#documents;
  }

  get state(): ListState {
    return this.#state;
  }

  get hasMore(): boolean {
    return this.#next !== undefined;
  }

  /** Reads the first page again; older documents from further pages stay behind it. */
  async load(): Promise<void> {
    const before = this.#changes;
    try {
      const { documents, next } = await listDocuments();
      // The request was sent before a change, and the answer may not have it.
      if (before !== this.#changes) return await this.load();
      const isFirst = this.#state.kind !== 'loaded' || this.#documents.length <= documents.length;
      const known = new Set(documents.map((document) => document.id));
      const oldest = documents.at(-1)?.updatedAt ?? 0;
      const behind = this.#documents.filter((document) => !known.has(document.id) && document.updatedAt < oldest);
      this.#documents = isFirst ? documents : [...documents, ...behind];
      if (isFirst) this.#next = next;
      this.#state = { kind: 'loaded' };
    } catch (error) {
      // What is shown already is worth more than an error.
      if (this.#state.kind !== 'loaded') this.#state = { kind: 'failed', message: messageOf(error) };
    }
  }

  async loadMore(): Promise<void> {
    const { documents, next } = await listDocuments(this.#next);
    const known = new Set(this.#documents.map((document) => document.id));
    this.#documents = [...this.#documents, ...documents.filter((document) => !known.has(document.id))];
    this.#next = next;
  }

  /** Refreshes the list regularly while the page is visible; returns the function that ends it. */
  watch(): () => void {
    const refresh = (): void => {
      if (document.visibilityState === 'visible') void this.load();
    };
    const timer = setInterval(refresh, REFRESH);
    document.addEventListener('visibilitychange', refresh);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', refresh);
    };
  }

  async rename(id: string, title: string, options?: SendOptions): Promise<void> {
    const renamed = await updateDocument(id, { title }, options);
    this.#changes += 1;
    this.#documents = this.#documents.map((document) => (document.id === id ? { ...document, ...renamed } : document));
  }

  async trash(id: string): Promise<void> {
    await trashDocument(id);
    this.#changes += 1;
    this.#documents = this.#documents.filter((document) => document.id !== id);
  }

  async restore(id: string): Promise<void> {
    await updateDocument(id, { trashed: false });
    await this.load();
  }
}
