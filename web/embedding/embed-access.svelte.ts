import type { EmbeddingBody } from '../../shared/protocol/http.ts';
import { readDocument, request, updateDocument } from '../app/api.ts';

/** Whose pages can embed one document; only owners are told. Methods reject with ApiError. */
export class EmbedAccess {
  readonly #id: string;
  #websites = $state.raw<readonly string[] | null>();
  #takesGuests = $state(true);

  constructor(documentId: string) {
    this.#id = documentId;
  }

  /** Origins as browsers write them; null: all that the server lets in. Undefined before it is read. */
  get websites(): readonly string[] | null | undefined {
    return this.#websites;
  }

  /** Whether the server lets people in without a token. */
  get takesGuests(): boolean {
    return this.#takesGuests;
  }

  async load(): Promise<void> {
    const [{ embedOrigins }, { guests }] = await Promise.all([readDocument(this.#id), this.check(location.origin)]);
    this.#websites = embedOrigins ?? null;
    this.#takesGuests = guests.reason?.code !== 'guests_off';
  }

  async setWebsites(websites: readonly string[] | null): Promise<void> {
    const { embedOrigins } = await updateDocument(this.#id, { embedOrigins: websites });
    this.#websites = embedOrigins ?? null;
  }

  /** What pages of a website can do with the document, and why not. */
  check(website: string): Promise<EmbeddingBody> {
    const query = new URLSearchParams({ origin: website });
    return request('GET', `/api/documents/${encodeURIComponent(this.#id)}/embedding?${query}`);
  }
}
