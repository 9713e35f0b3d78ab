import type { RefusalReason, SessionStatus } from '../../../shared/client/events/session-status.ts';
import type { Role } from '../../../shared/protocol/roles.ts';
import { statusWords } from '../../words/en/status.ts';
import { troubleWords as words } from '../../words/en/trouble.ts';
import { stopOf, type Stop } from './stop.ts';

/** Why a session stopped, and what to do about it. */
export interface RefusalWords {
  readonly title: string;
  readonly detail: string;
  /** `retry` joins again; `reload` begins anew with a fresh page; `restore` takes it out of the bin. */
  readonly action?: 'retry' | 'reload' | 'restore';
}

const ACTIONS: Partial<Record<Stop, NonNullable<RefusalWords['action']>>> = {
  accessEnded: 'retry',
  deleted: 'retry',
  binned: 'restore',
  elsewhere: 'reload',
  signedOut: 'reload',
  outdated: 'reload',
  notTaken: 'reload',
};

/** Puts a reason into words for somebody who had that role. */
export function refusalWords(reason: RefusalReason, role?: Role): RefusalWords {
  const stop = stopOf(reason, role);
  const action = ACTIONS[stop];
  return { title: statusWords.stopped[stop], detail: words[`${stop}Why`], ...(action && { action }) };
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
