import type { DocumentBody, DocumentListBody } from '../../shared/protocol/http.ts';
import { request } from '../app/api.ts';
import type { HomeQuery } from './home-query.ts';

/** Documents of the first answer, which somebody waits for, and of those behind it. */
const [FIRST, FURTHER] = [100, 200];

/** A page of documents. `cursor` is the `next` of the page before, of the same query. */
export function listDocuments({ show, sort, words }: HomeQuery, cursor?: string): Promise<DocumentListBody> {
  const query = new URLSearchParams({ show, sort, limit: String(cursor === undefined ? FIRST : FURTHER) });
  if (words !== '') query.set('q', words);
  if (cursor !== undefined) query.set('cursor', cursor);
  return request('GET', `/api/documents?${query}`);
}

/** Makes a document with the text and everything of another; resolves with the new one. */
export function copyDocument(id: string, title: string): Promise<DocumentBody> {
  return request('POST', `${at(id)}/copy`, { title });
}

export async function setWatched(id: string, isWatched: boolean): Promise<void> {
  await request(isWatched ? 'PUT' : 'DELETE', `${at(id)}/watch`);
}

/** Takes a document in the bin away, and nobody can bring it back. */
export async function deleteForGood(id: string): Promise<void> {
  await request('DELETE', `/api/bin/${encodeURIComponent(id)}`);
}

function at(id: string): string {
  return `/api/documents/${encodeURIComponent(id)}`;
}
