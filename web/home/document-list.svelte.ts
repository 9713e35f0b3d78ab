import type { DocumentBody, DocumentListBody, ListedDocumentBody } from '../../shared/protocol/http.ts';
import { trashDocument, updateDocument, messageOf, type SendOptions } from '../app/api.ts';
import { copyDocument, deleteForGood, listDocuments, setWatched } from './documents-api.ts';
import type { HomeQuery } from './home-query.ts';
import { hereNow, joined, newsIn, told } from './list-news.ts';

/** The state of the list of my documents. */
export type ListState =
  { readonly kind: 'loading' } | { readonly kind: 'loaded' } | { readonly kind: 'failed'; readonly message: string };

/** Milliseconds between two reads of the list on an open home page. */
const REFRESH = 15_000;
const EVERYTHING: HomeQuery = { show: 'all', sort: 'edited', words: '' };

/** What is known of a list: its first documents, and where the others go on. */
interface Known {
  readonly documents: readonly ListedDocumentBody[];
  readonly next: string | undefined;
  /** The ids of those that somebody else was in when they took their places. */
  readonly here: ReadonlySet<string>;
}

const NOTHING: Known = { documents: [], next: undefined, here: new Set() };

/** Documents of one query. While somebody reads the list nothing in it moves: what is new waits. */
export class DocumentList {
  readonly #self: () => string | undefined;
  #query = $state.raw(EVERYTHING);
  #known = $state.raw(NOTHING);
  /** What was read while the list was held. */
  #waiting = $state.raw<Known | undefined>(undefined);
  #state = $state.raw<ListState>({ kind: 'loading' });
  #isAsking = $state(false);
  #isHeld = false;
  /** Counts the queries: an answer to one before the last is of no use. */
  #asked = 0;
  /** Counts the changes from this page: an answer to what was asked before the last of them may not have it. */
  #turn = 0;
  #more: Promise<void> | undefined;
  /** What went into the bin from this list, and where it stood. */
  readonly #binned = new Map<string, { readonly document: ListedDocumentBody; readonly place: number }>();

  /** `self` tells the id of the user of this browser. */
  constructor(self: () => string | undefined = () => undefined) {
    this.#self = self;
  }

  /** The query of the documents that are shown, which is the one before while another is asked for. */
  get query(): HomeQuery {
    return this.#query;
  }

  get documents(): readonly ListedDocumentBody[] {
    return this.#known.documents;
  }

  get here(): ReadonlySet<string> {
    return this.#known.here;
  }

  get state(): ListState {
    return this.#state;
  }

  get hasMore(): boolean {
    return this.#known.next !== undefined;
  }

  /** Another query is asked for. */
  get isAsking(): boolean {
    return this.#isAsking;
  }

  /** How many documents are new or have moved up since the list is held. */
  get news(): number {
    return this.#waiting === undefined ? 0 : newsIn(this.#known.documents, this.#waiting.documents);
  }

  /** Shows the documents of a query from the beginning. What is shown stays until they are there. */
  async show(query: HomeQuery): Promise<void> {
    const asked = ++this.#asked;
    const turn = this.#turn;
    this.#isAsking = true;
    try {
      const page = await listDocuments(query);
      if (asked !== this.#asked) return;
      if (turn !== this.#turn) return await this.show(query);
      this.#query = query;
      this.#waiting = undefined;
      this.#binned.clear();
      this.#known = this.#knownFrom(page);
      this.#state = { kind: 'loaded' };
    } catch (error) {
      if (asked !== this.#asked) return;
      this.#query = query;
      this.#known = NOTHING;
      this.#state = { kind: 'failed', message: messageOf(error) };
    }
    // A page of the query before is dropped when it comes.
    this.#more = undefined;
    this.#isAsking = false;
  }

  /** Reads the first page again; documents of further pages stay behind it. */
  async refresh(): Promise<void> {
    if (this.#isAsking || this.#state.kind !== 'loaded') return;
    const [asked, turn] = [this.#asked, this.#turn];
    let page: DocumentListBody;
    try {
      page = await listDocuments(this.#query);
    } catch {
      // What is shown already is worth more than an error.
      return;
    }
    // What was asked for before a change or another query is old.
    if (asked !== this.#asked || turn !== this.#turn) return await this.refresh();
    const fresh = this.#knownFrom(page);
    const documents = joined(this.#known.documents, fresh.documents, this.#query.sort);
    const isWhole = documents.length === fresh.documents.length;
    const next = { documents, next: isWhole ? fresh.next : this.#known.next, here: fresh.here };
    if (!this.#isHeld) return this.#take(next);
    this.#waiting = next;
    this.#known = { ...this.#known, documents: told(this.#known.documents, fresh.documents) };
  }

  /** Reads the next page, once however often it is called meanwhile. Rejects with ApiError. */
  async loadMore(): Promise<void> {
    if (this.#more !== undefined) return await this.#more;
    const more = this.#readMore();
    this.#more = more;
    try {
      await more;
    } finally {
      if (this.#more === more) this.#more = undefined;
    }
  }

  /** Somebody reads the list, or no longer does. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
  }

  /** Shows what waits. */
  showNews(): void {
    if (this.#waiting !== undefined) this.#take(this.#waiting);
  }

  /** Refreshes the list regularly while the page is visible; returns the function that ends it. */
  watch(): () => void {
    const refresh = (): void => {
      if (document.visibilityState === 'visible') void this.refresh();
    };
    const timer = setInterval(refresh, REFRESH);
    document.addEventListener('visibilitychange', refresh);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', refresh);
    };
  }

  // What a person does with a document. All reject with ApiError, and change nothing then.

  async rename(id: string, title: string, options?: SendOptions): Promise<void> {
    this.#change(id, await updateDocument(id, { title }, options));
  }

  async watchDocument(id: string, isWatched: boolean): Promise<void> {
    await setWatched(id, isWatched);
    this.#change(id, { isWatched });
  }

  async trash(id: string): Promise<void> {
    await trashDocument(id);
    const place = this.documents.findIndex((one) => one.id === id);
    if (place >= 0) this.#binned.set(id, { document: this.documents[place]!, place });
    this.#remove(id);
  }

  async deleteForGood(id: string): Promise<void> {
    await deleteForGood(id);
    this.#remove(id);
  }

  /** Out of the bin: it goes from the list of the bin, and where it stood before it stands again. */
  async restore(id: string): Promise<void> {
    await updateDocument(id, { trashed: false });
    const binned = this.#binned.get(id);
    this.#edit((documents) => {
      const others = documents.filter((one) => one.id !== id);
      return binned === undefined ? others : others.toSpliced(binned.place, 0, binned.document);
    });
    if (binned === undefined && this.#query.show !== 'bin') await this.#insist();
  }

  /** Resolves with the copy. */
  async copy(id: string, title: string): Promise<DocumentBody> {
    const copy = await copyDocument(id, title);
    this.#turn += 1;
    await this.#insist();
    return copy;
  }

  /** Reads the list anew and shows it, held or not: somebody waits for it. */
  async #insist(): Promise<void> {
    await this.refresh();
    this.showNews();
  }

  async #readMore(): Promise<void> {
    const { next } = this.#known;
    const query = this.#query;
    if (next === undefined) return;
    let page: DocumentListBody;
    try {
      page = await listDocuments(query, next);
    } catch (error) {
      if (query !== this.#query) return;
      throw error;
    }
    if (query !== this.#query) return;
    // The first page was read anew meanwhile, and goes on elsewhere.
    if (next !== this.#known.next) return await this.#readMore();
    this.#known = behind(this.#known, page);
    if (this.#waiting?.next === next) this.#waiting = behind(this.#waiting, page);
  }

  #knownFrom({ documents, next }: DocumentListBody): Known {
    return { documents, next, here: hereNow(documents, this.#self()) };
  }

  #take(known: Known): void {
    this.#waiting = undefined;
    this.#known = known;
  }

  #change(id: string, fields: Partial<DocumentBody>): void {
    this.#edit((documents) => documents.map((one) => (one.id === id ? { ...one, ...fields } : one)));
  }

  #remove(id: string): void {
    this.#edit((documents) => documents.filter((one) => one.id !== id));
  }

  #edit(change: (documents: readonly ListedDocumentBody[]) => readonly ListedDocumentBody[]): void {
    this.#turn += 1;
    const edited = (known: Known): Known => ({ ...known, documents: change(known.documents) });
    this.#known = edited(this.#known);
    if (this.#waiting !== undefined) this.#waiting = edited(this.#waiting);
  }
}

/** Documents that slid onto the next page meanwhile are there once. */
function behind(known: Known, { documents, next }: DocumentListBody): Known {
  const ids = new Set(known.documents.map(({ id }) => id));
  return { ...known, documents: [...known.documents, ...documents.filter(({ id }) => !ids.has(id))], next };
}
