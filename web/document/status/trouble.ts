import type { RefusalReason, SessionStatus } from '../../../shared/client/events/session-status.ts';
import { troubleWords as words } from '../../words/en/trouble.ts';

/** Why a session stopped, and what to do about it. */
export interface RefusalWords {
  readonly title: string;
  readonly detail: string;
  /** `retry` joins again; `reload` begins anew with a fresh page. */
  readonly action?: 'retry' | 'reload';
}

type Reaction = readonly [title: keyof typeof words, detail: keyof typeof words, action?: RefusalWords['action']];

const NOT_TAKEN: Reaction = ['notTaken', 'notTakenWhy', 'reload'];
const SIGNED_OUT: Reaction = ['signedOut', 'signedOutWhy', 'reload'];
const OUTDATED: Reaction = ['outdated', 'outdatedWhy', 'reload'];

const REACTIONS: Partial<Record<RefusalReason, Reaction>> = {
  access_removed: ['accessEnded', 'accessEndedWhy', 'retry'],
  forbidden: ['readOnly', 'readOnlyWhy'],
  not_found: ['deleted', 'deletedWhy', 'retry'],
  taken_over: ['elsewhere', 'elsewhereWhy', 'reload'],
  client_taken: SIGNED_OUT,
  unauthenticated: SIGNED_OUT,
  client_too_old: OUTDATED,
  bad_client: OUTDATED,
  bad_message: OUTDATED,
  document_too_large: ['tooLarge', 'tooLargeWhy'],
};

/** Puts a reason into words. */
export function refusalWords(reason: RefusalReason): RefusalWords {
  const [title, detail, action] = REACTIONS[reason] ?? NOT_TAKEN;
  return { title: words[title] as string, detail: words[detail] as string, ...(action && { action }) };
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
    [words.what, what],
    [words.code, code],
    [words.document, documentId],
    [words.connection, connectionId ?? words.noConnection],
    [words.version, String(version)],
    [words.unsaved, String(unsaved)],
    [words.time, new Date(time).toISOString()],
  ];
}

/** The code of what is wrong now; undefined while nothing is. */
export function codeOf(status: SessionStatus): string | undefined {
  if (status.kind === 'refused') return status.reason;
  return 'problem' in status ? status.problem?.code : undefined;
}
