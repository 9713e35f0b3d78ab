import type { RefusalReason, SessionStatus } from '../../../shared/client/events/session-status.ts';

/** The state of the connection as a person reads it. */
export interface StatusWords {
  readonly tone: 'quiet' | 'good' | 'busy' | 'warning' | 'problem';
  readonly text: string;
  /** More, in a sentence. */
  readonly detail: string;
  readonly action?: 'retry';
}

/** What else the words depend on. */
export interface StatusContext {
  /** Milliseconds of `Clock.monotonic`. */
  readonly now: number;
  /** Whether unsent edits survive a crash of this tab. */
  readonly keepsUnsent: boolean;
  readonly canWrite: boolean;
}

/** How long, in milliseconds, "Saved" stays before the time of saving takes its place. */
export const SAVED_STAYS = 2000;
/** Milliseconds without an acknowledgement after which it says "Not saved yet". */
export const UNSAVED_SHOWS = 1500;
/** Milliseconds without an acknowledgement after which it warns, though the connection is open. */
export const STUCK_AFTER = 8000;

/** Whether an edit waits too long for its acknowledgement. */
export function isStuck(status: SessionStatus, now: number): status is SessionStatus & { kind: 'saving' } {
  return status.kind === 'saving' && now - status.since >= STUCK_AFTER;
}

/** Puts a session's status into words. */
export function wordsOf(status: SessionStatus, context: StatusContext): StatusWords {
  switch (status.kind) {
    case 'connecting':
      return { tone: 'busy', text: 'Connecting…', detail: 'The document is being opened.' };
    case 'live':
      if (!context.canWrite) return READ_ONLY;
      return { tone: 'quiet', text: 'All changes saved', detail: 'Everything is on the server’s disk.' };
    case 'saving': {
      const detail = `${edits(status.unsaved)} on the way to the server’s disk.`;
      const waited = context.now - status.since;
      if (waited < UNSAVED_SHOWS) return { tone: 'busy', text: 'Saving…', detail };
      if (!isStuck(status, context.now)) return { tone: 'busy', text: `Not saved yet (${status.unsaved})`, detail };
      const text = `Not saved for ${Math.floor(waited / 1000)} s${keptPart(status.unsaved, context)}`;
      return { tone: 'warning', text, detail: waitDetail(context) };
    }
    case 'saved':
      return { tone: 'good', text: savedText(status, context.now), detail: 'Everything is on the server’s disk.' };
    case 'offline':
      return { tone: 'warning', text: `Offline${keptPart(status.unsaved, context)}`, detail: waitDetail(context) };
    case 'reconnecting': {
      if (status.problem !== undefined) {
        const text = `The server cannot do it now${keptPart(status.unsaved, context)}`;
        return { tone: 'warning', text, detail: `${status.problem.message}.`, action: 'retry' };
      }
      const seconds = Math.ceil((status.retryAt - context.now) / 1000);
      const when = seconds > 0 ? `Reconnecting in ${seconds} s` : 'Reconnecting…';
      return {
        tone: 'warning',
        text: `${when}${keptPart(status.unsaved, context)}`,
        detail: waitDetail(context),
        action: 'retry',
      };
    }
    case 'refused':
      return { tone: 'problem', text: refusalTitle(status.reason), detail: 'What you have is still in this tab.' };
    case 'left':
      return { tone: 'quiet', text: 'Closed', detail: 'This tab has left the document.' };
  }
}

/**
 * Milliseconds until the words of a status change by themselves; undefined if they do not. `now`: milliseconds of
 * `Clock.monotonic`.
 */
export function nextWordsIn(status: SessionStatus, now: number): number | undefined {
  if (status.kind === 'saving') {
    const waited = now - status.since;
    const next = [UNSAVED_SHOWS, STUCK_AFTER].find((limit) => waited < limit) ?? (Math.floor(waited / 1000) + 1) * 1000;
    return next - waited;
  }
  if (status.kind === 'reconnecting' && status.retryAt > now) return COUNTDOWN_STEP;
  if (status.kind === 'saved' && now - status.since < SAVED_STAYS) return status.since + SAVED_STAYS - now + 10;
  return undefined;
}

const COUNTDOWN_STEP = 250;

const READ_ONLY: StatusWords = {
  tone: 'quiet',
  text: 'Read-only',
  detail: 'You may read this document; what others write appears here at once.',
};

function savedText({ at, since }: SessionStatus & { kind: 'saved' }, now: number): string {
  if (now - since < SAVED_STAYS) return 'Saved';
  return `Saved ${new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' }).format(at)}`;
}

function keptPart(unsaved: number, { keepsUnsent }: StatusContext): string {
  if (unsaved === 0) return '';
  return keepsUnsent ? ` – changes kept on this device (${unsaved})` : ` – ${edits(unsaved)} only in this tab`;
}

function waitDetail({ keepsUnsent, canWrite }: StatusContext): string {
  if (!canWrite) return 'You see what was there last; the rest comes as soon as the server answers.';
  return keepsUnsent
    ? 'You can go on writing. Everything is sent as soon as the server answers.'
    : 'You can go on writing, but keep this tab open until the server answers.';
}

function edits(count: number): string {
  return count === 1 ? '1 change' : `${count} changes`;
}

/** Why a session stopped, in two or three words; `trouble.ts` says more. */
export function refusalTitle(reason: RefusalReason): string {
  return REFUSAL_TITLES[reason] ?? 'Not saved';
}

const REFUSAL_TITLES: Partial<Record<RefusalReason, string>> = {
  access_removed: 'Access ended',
  forbidden: 'Read-only',
  not_found: 'Document deleted',
  taken_over: 'Open in another tab',
  client_taken: 'Signed out',
  unauthenticated: 'Signed out',
  client_too_old: 'Update needed',
  bad_client: 'Update needed',
  bad_message: 'Update needed',
  document_too_large: 'Document too large',
};

/** What is announced at the end of a save during which somebody pressed the keys for saving. */
export const NOW_SAVED = 'Saved. Everything you type is saved at once.';

/** What is announced when somebody presses the keys for saving; never that it is saved if it is not. */
export function answerToSave(status: SessionStatus, context: StatusContext): string {
  const isSaved = status.kind === 'live' || status.kind === 'saved';
  if (isSaved && context.canWrite) return 'Already saved. Everything you type is saved at once.';
  const { text, detail } = wordsOf(status, context);
  if ((status.kind === 'offline' || status.kind === 'reconnecting') && status.unsaved > 0)
    return `Not saved yet. ${detail}`;
  return `${text.endsWith('…') ? text : `${text}.`} ${detail}`;
}

/** What is announced when the status changes; undefined if it is not worth a word. */
export function announcementOf(
  before: SessionStatus['kind'],
  status: SessionStatus,
  canWrite = true,
): string | undefined {
  if (status.kind === before) return undefined;
  if (status.kind === 'offline') return canWrite ? 'You are offline. You can go on writing.' : 'You are offline.';
  if (status.kind === 'reconnecting' && status.problem !== undefined) return `${status.problem.message}.`;
  if (status.kind === 'reconnecting') return before === 'offline' ? undefined : 'Connection lost. Reconnecting.';
  if (status.kind === 'live' || status.kind === 'saving' || status.kind === 'saved') {
    return before === 'offline' || before === 'reconnecting' ? 'Connected again.' : undefined;
  }
  return undefined;
}
