import type { DocumentSession } from '../../../shared/client/document-session.ts';
import type { SessionStatus } from '../../../shared/client/events/session-status.ts';
import type { DocumentBody } from '../../../shared/protocol/http.ts';
import type { Role } from '../../../shared/protocol/roles.ts';
import type { ShownStatus } from './shown-status.svelte.ts';

/** What the status line and the notices need to know of the page that shows them. */
export interface StatusPage {
  readonly id: string;
  readonly title: string;
  /** As it was read last. */
  readonly record: Pick<DocumentBody, 'linkAccess' | 'owners'> | undefined;
  readonly shown: Pick<ShownStatus, 'status' | 'now'>;
  readonly live: LiveState;
  /** What goes before anything that is not asked for; see `DocumentPageModel`. */
  readonly settled?: Promise<void>;
}

/** A document session as state. */
export interface LiveState {
  readonly session: DocumentSession;
  readonly status: SessionStatus;
  readonly isReady: boolean;
  readonly version: number;
  /** Edits that the server does not have. */
  readonly unsaved: number;
  /** Unsent edits survive a crash of this tab. */
  readonly keepsUnsent: boolean;
  /** What is typed is accepted: false for readers, and if the server would not take it. */
  readonly canWrite: boolean;
  /** One's own; undefined before the first join. */
  readonly role: Role | undefined;
  /** The right to write was taken away while the document was open. */
  readonly isDemoted: boolean;
  readonly rescued: RescuedText | undefined;
  putRescuedAway(): void;
}

/** An older or refused text that must not get lost; offered until the person puts it away. */
export interface RescuedText {
  readonly text: string;
  /** The server's words about a change that it refused; undefined if it went back to an older copy. */
  readonly refusal?: string;
}
