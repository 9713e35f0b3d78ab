import type { SessionStatus } from '../../../shared/client/events/session-status.ts';
import type { Role } from '../../../shared/protocol/roles.ts';
import { statusWords as words } from '../../words/en/status.ts';
import { timeOfDay } from '../../words/formats.ts';
import { stopOf } from './stop.ts';

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
  /** One's own, if it is known. */
  readonly role?: Role | undefined;
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
      return { tone: 'busy', text: words.connecting, detail: words.isOpening };
    case 'live':
      if (!context.canWrite) return { tone: 'quiet', text: words.readOnly, detail: words.isReadOnly };
      return { tone: 'quiet', text: words.saved, detail: words.isOnDisk };
    case 'saving': {
      const detail = words.isOnTheWay(status.unsaved);
      const waited = context.now - status.since;
      if (waited < UNSAVED_SHOWS) return { tone: 'busy', text: words.saving, detail };
      if (!isStuck(status, context.now)) return { tone: 'busy', text: words.notSaved, detail };
      const text = withKept(words.notSavedFor(Math.floor(waited / 1000)), status.unsaved, context);
      return { tone: 'warning', text, detail: waitDetail(context) };
    }
    case 'saved':
      return { tone: 'good', text: savedText(status, context.now), detail: words.isOnDisk };
    case 'offline':
      return {
        tone: 'warning',
        text: withKept(words.offline, status.unsaved, context),
        detail: waitDetail(context),
      };
    case 'reconnecting': {
      if (status.problem !== undefined) {
        const text = withKept(words.cannotNow, status.unsaved, context);
        return { tone: 'warning', text, detail: words.sentence(status.problem.message), action: 'retry' };
      }
      const seconds = Math.ceil((status.retryAt - context.now) / 1000);
      const when = seconds > 0 ? words.reconnectingIn(seconds) : words.reconnecting;
      return {
        tone: 'warning',
        text: withKept(when, status.unsaved, context),
        detail: waitDetail(context),
        action: 'retry',
      };
    }
    case 'refused':
      return { tone: 'problem', text: words.stopped[stopOf(status.reason, context.role)], detail: words.stillHere };
    case 'left':
      return { tone: 'quiet', text: words.closed, detail: words.hasLeft };
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

function savedText({ at, since }: SessionStatus & { kind: 'saved' }, now: number): string {
  return now - since < SAVED_STAYS ? words.saved : words.savedAt(timeOfDay(at));
}

/** A state, and how many changes are here alone. */
function withKept(state: string, unsaved: number, { keepsUnsent }: StatusContext): string {
  if (unsaved === 0) return state;
  return keepsUnsent ? words.withKept(state, unsaved) : words.withOnlyHere(state, unsaved);
}

function waitDetail({ keepsUnsent, canWrite }: StatusContext): string {
  if (!canWrite) return words.asItWas;
  return keepsUnsent ? words.goOnWriting : words.keepTabOpen;
}

/** What is announced when somebody presses the keys for saving; never that it is saved if it is not. */
export function answerToSave(status: SessionStatus, context: StatusContext): string {
  const isSaved = status.kind === 'live' || status.kind === 'saved';
  if (isSaved && context.canWrite) return words.alreadySaved;
  const { text, detail } = wordsOf(status, context);
  const isWaiting = (status.kind === 'offline' || status.kind === 'reconnecting') && status.unsaved > 0;
  return `${words.sentence(isWaiting ? words.notSaved : text)} ${detail}`;
}

/** What is announced when the status changes; undefined if it is not worth a word. */
export function announcementOf(
  before: SessionStatus['kind'],
  status: SessionStatus,
  canWrite = true,
): string | undefined {
  if (status.kind === before) return undefined;
  if (status.kind === 'offline') return canWrite ? words.youAreOfflineAndCanWrite : words.youAreOffline;
  if (status.kind === 'reconnecting' && status.problem !== undefined) return words.sentence(status.problem.message);
  if (status.kind === 'reconnecting') return before === 'offline' ? undefined : words.connectionLost;
  if (status.kind === 'live' || status.kind === 'saving' || status.kind === 'saved') {
    return before === 'offline' || before === 'reconnecting' ? words.connectedAgain : undefined;
  }
  return undefined;
}
