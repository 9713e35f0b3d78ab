import type { RefusalReason } from '../../../shared/client/events/session-status.ts';
import { refusalTitle } from './status-words.ts';

/** Why a session stopped, and what to do about it. */
export interface RefusalWords {
  readonly title: string;
  readonly detail: string;
  /** `retry` joins again; `reload` begins anew with a fresh page. */
  readonly action?: 'retry' | 'reload';
}

const STILL_HERE = 'What you have is still in this tab.';

const RELOAD: Omit<RefusalWords, 'title'> = {
  detail: 'The server did not take the last changes. Copy your text, then reload.',
  action: 'reload',
};

const SIGNED_OUT: typeof RELOAD = {
  detail: 'The server no longer knows who this is. Reload to go on.',
  action: 'reload',
};

const OUTDATED: typeof RELOAD = { detail: 'This page is older than the server. Reload it.', action: 'reload' };

const DETAILS: Partial<Record<RefusalReason, typeof RELOAD>> = {
  access_removed: { detail: `This document is no longer shared with you. ${STILL_HERE}`, action: 'retry' },
  forbidden: { detail: `You may no longer write here. ${STILL_HERE}` },
  not_found: { detail: `This document is no longer there. ${STILL_HERE}`, action: 'retry' },
  taken_over: { detail: 'Another tab went on with this session.', action: 'reload' },
  client_taken: SIGNED_OUT,
  unauthenticated: SIGNED_OUT,
  client_too_old: OUTDATED,
  bad_client: OUTDATED,
  bad_message: OUTDATED,
  document_too_large: { detail: 'The document has reached its largest size. Remove some text.' },
};

/** Puts a reason into words. */
export function refusalWords(reason: RefusalReason): RefusalWords {
  return { title: refusalTitle(reason), ...(DETAILS[reason] ?? RELOAD) };
}

/** A trouble, described without any text, name or credential. */
export interface Trouble {
  readonly what: string;
  readonly code: string;
  readonly documentId: string;
  /** Of the last socket, if the server named it. */
  readonly connectionId: string | undefined;
  readonly version: number;
  readonly unsaved: number;
  /** Milliseconds since 1970. */
  readonly time: number;
}

/** A trouble as lines of a name and a value, for the person and those who help them. */
export function reportOf(trouble: Trouble): readonly (readonly [name: string, value: string])[] {
  const { what, code, documentId, connectionId, version, unsaved, time } = trouble;
  return [
    ['What', what],
    ['Code', code],
    ['Document', documentId],
    ['Connection', connectionId ?? 'none'],
    ['Version', String(version)],
    ['Unsaved changes', String(unsaved)],
    ['Time', new Date(time).toISOString()],
  ];
}
