import type { ErrorCode } from '../../shared/protocol/errors.ts';
import type { DocumentBody, DocumentListBody, ErrorBody, SessionBody } from '../../shared/protocol/http.ts';
import type { User } from '../../shared/protocol/messages.ts';

/** A request that was refused, or `unreachable` where no answer came. */
export class ApiError extends Error {
  readonly code: ErrorCode | 'unreachable';
  /** Milliseconds after which the same request may succeed, where the server says so. */
  readonly retryAfter: number | undefined;

  constructor(code: ErrorCode | 'unreachable', message: string, retryAfter?: number) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

/** What went wrong, in a sentence for people. */
export function messageOf(error: unknown): string {
  if (!(error instanceof ApiError)) return 'Something went wrong.';
  if (error.code === 'unreachable') return 'The server cannot be reached. Check the connection and try again.';
  if (error.code === 'rate_limited') return 'That was a little fast. Try again in a moment.';
  if (error.code === 'unavailable') return 'The server cannot save at the moment. Try again in a moment.';
  return `${error.message}.`;
}

export interface SendOptions {
  /** The page may end before the answer: the request does not end with it. For small bodies, below 64 KiB in all. */
  readonly isLast?: boolean;
}

/** What a person may change about a document. */
export interface DocumentPatch {
  title?: string;
  trashed?: false;
  linkAccess?: DocumentBody['linkAccess'];
}

/** Who this browser is; makes a guest of a new visitor, and renames where a name or colour is given. */
export async function openSession(identity: { name?: string; color?: string } = {}): Promise<User> {
  const { user } = await request<SessionBody>('POST', '/api/session', identity);
  return user;
}

export function createDocument(fields: { title?: string; content?: string } = {}): Promise<DocumentBody> {
  return request('POST', '/api/documents', fields);
}

/** My documents, newest first. `cursor` is the `next` of the page before. */
export function listDocuments(cursor?: string): Promise<DocumentListBody> {
  return request(
    'GET',
    cursor === undefined ? '/api/documents' : `/api/documents?cursor=${encodeURIComponent(cursor)}`,
  );
}

export function readDocument(id: string): Promise<DocumentBody> {
  return request('GET', `/api/documents/${encodeURIComponent(id)}`);
}

export function updateDocument(id: string, patch: DocumentPatch, options?: SendOptions): Promise<DocumentBody> {
  return request('PATCH', `/api/documents/${encodeURIComponent(id)}`, patch, options);
}

/** Into the trash; `updateDocument(id, {trashed: false})` takes it out again. */
export async function trashDocument(id: string): Promise<void> {
  await request('DELETE', `/api/documents/${encodeURIComponent(id)}`);
}

/** Whether the server answers at all. */
export async function isServerThere(): Promise<boolean> {
  return fetch('/healthz', { cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** Asks the server; the body of its answer is taken at its word. Rejects with ApiError. */
export async function request<T>(
  method: string,
  path: string,
  body?: unknown,
  { isLast = false }: SendOptions = {},
): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(path, {
      method,
      keepalive: isLast,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw new ApiError('unreachable', 'The server cannot be reached');
  }
  learnServerTime(answer.headers.get('date'));
  const text = await answer.text();
  if (!answer.ok) throw refusal(text, answer);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** Something between us and the server may answer without our body. */
function refusal(text: string, { status, headers }: Response): ApiError {
  try {
    const { error } = JSON.parse(text) as ErrorBody;
    const seconds = Number(headers.get('retry-after') ?? NaN);
    return new ApiError(error.code, error.message, Number.isFinite(seconds) ? seconds * 1000 : undefined);
  } catch {
    return new ApiError(status >= 500 ? 'unavailable' : 'internal', `The server answered ${status}`);
  }
}

/** What the server's time was at a moment of this page. Milliseconds. */
let known: { readonly server: number; readonly page: number } | undefined;

/** Learns the server's time from the header `Date` of an answer, which is exact to a second. */
export function learnServerTime(date: string | null): void {
  const server = Date.parse(date ?? '');
  if (!Number.isNaN(server)) known = { server, page: performance.now() };
}

/**
 * Milliseconds since 1970, to be compared with stamps of the server: by its clock, because the machine's may be wrong by years or
 * be set while the page is open. Whole, as stamps are. Until the server has answered once, what the machine says.
 */
export function serverNow(): number {
  return known === undefined ? Date.now() : Math.round(known.server + performance.now() - known.page);
}
