import type { ErrorCode } from '../../shared/protocol/errors.ts';
import type { DocumentBody, ErrorBody, SessionBody } from '../../shared/protocol/http.ts';
import type { User } from '../../shared/protocol/fields.ts';
import { problemWords } from '../words/en/problems.ts';
import { hrefOf } from './base.ts';

/** A request that was refused, or `unreachable` if there was no answer. */
export class ApiError extends Error {
  readonly code: ErrorCode | 'unreachable';
  /** Milliseconds after which the same request may succeed, if the server says so. */
  readonly retryAfter: number | undefined;
  /** What was asked for is in the own bin. */
  readonly isTrashed: boolean;

  constructor(code: ErrorCode | 'unreachable', message: string, retryAfter?: number, isTrashed = false) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.retryAfter = retryAfter;
    this.isTrashed = isTrashed;
  }
}

/** What went wrong, in a sentence for people. The server's own words only for codes that the page has none for. */
export function messageOf(error: unknown): string {
  if (!(error instanceof ApiError)) return problemWords.unknown;
  return isKnown(error.code) ? problemWords[error.code] : `${error.message}.`;
}

/** Why one is not known to the server. It refuses that for how it is set up, of which it has the words. */
export function sessionProblem(error: unknown): string {
  return error instanceof ApiError && error.code === 'forbidden' ? `${error.message}.` : messageOf(error);
}

function isKnown(code: ApiError['code']): code is ApiError['code'] & keyof typeof problemWords {
  return code in problemWords;
}

export interface SendOptions {
  /** The request outlives the page (`keepalive`). For small bodies, below 64 KiB in all. */
  readonly isLast?: boolean;
}

/** What a person may change about a document. */
export interface DocumentPatch {
  title?: string;
  trashed?: false;
  linkAccess?: DocumentBody['linkAccess'];
  embedOrigins?: readonly string[] | null;
}

/** The user of this browser. Makes a guest of a new visitor, and changes name or colour if given. */
export async function openSession(identity: { name?: string; color?: string } = {}): Promise<User> {
  const { user } = await request<SessionBody>('POST', '/api/session', identity);
  return user;
}

export function createDocument(fields: { title?: string; content?: string } = {}): Promise<DocumentBody> {
  return request('POST', '/api/documents', fields);
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
  return fetch(hrefOf('/healthz'), { cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** Sends a request; the body of the answer is not validated. Rejects with ApiError. */
export async function request<T>(
  method: string,
  path: string,
  body?: unknown,
  { isLast = false }: SendOptions = {},
): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(hrefOf(path), {
      method,
      keepalive: isLast,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw new ApiError('unreachable', 'There was no answer');
  }
  learnServerTime(answer.headers.get('date'));
  const text = await answer.text();
  if (!answer.ok) throw refusal(text, answer);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** A proxy may answer without our error body. */
function refusal(text: string, { status, headers }: Response): ApiError {
  try {
    const { error } = JSON.parse(text) as ErrorBody;
    const seconds = Number(headers.get('retry-after') ?? NaN);
    const retryAfter = Number.isFinite(seconds) ? seconds * 1000 : undefined;
    return new ApiError(error.code, error.message, retryAfter, error.trashed);
  } catch {
    return new ApiError(status >= 500 ? 'unavailable' : 'internal', `The server answered ${status}`);
  }
}

/** The server's time at a moment of `performance.now()`. Milliseconds. */
let known: { readonly server: number; readonly page: number } | undefined;

/** Learns the server's time from the header `Date` of an answer, which is exact to a second. */
export function learnServerTime(date: string | null): void {
  const server = Date.parse(date ?? '');
  if (!Number.isNaN(server)) known = { server, page: performance.now() };
}

/**
 * The server's time in whole milliseconds since 1970, to be compared with its timestamps: the machine's clock may be wrong by
 * years, or be set while the page is open. The machine's time until the server has answered once.
 */
export function serverNow(): number {
  return known === undefined ? Date.now() : Math.round(known.server + performance.now() - known.page);
}
