import { isolated } from '../../../shared/isolated.ts';
import type { SessionStatus } from '../../../shared/client/events/session-status.ts';
import { isStuck } from '../../document/status/status-words.ts';
import { stopOf, type Stop } from '../../document/status/stop.ts';
import { embedWords } from '../../words/en/embed.ts';
import { peopleWords } from '../../words/en/people.ts';
import { statusWords } from '../../words/en/status.ts';
import { troubleWords } from '../../words/en/trouble.ts';
import type { EmbedModel } from './embed-model.svelte.ts';

/** The one thing that an embedded editor has to say, above its text. */
export interface EmbedBandContent {
  readonly kind: 'refused' | 'rescued' | 'stuck' | 'notice' | 'not-kept' | 'following' | 'read-only';
  readonly tone: 'info' | 'warning' | 'problem' | 'person';
  readonly lead?: string;
  readonly text: string;
  /** Of the person it is about. */
  readonly color?: string;
  readonly canRetry?: boolean;
  readonly opensWeft?: boolean;
  /** Offers to copy the text, or to save it as a file. */
  readonly keepsText?: boolean;
  readonly dismiss?: () => void;
}

/** Why it stopped, if the words of our own page do not fit: in an embed there is no bin, no tab and nothing to reload. */
const WHY: Partial<Record<Stop, 'notHereWhy' | 'signedOutWhy' | 'elsewhereWhy' | 'outdatedWhy'>> = {
  accessEnded: 'notHereWhy',
  deleted: 'notHereWhy',
  binned: 'notHereWhy',
  signedOut: 'signedOutWhy',
  elsewhere: 'elsewhereWhy',
  outdated: 'outdatedWhy',
};

/** The most pressing first. */
export function bandOf(model: EmbedModel): EmbedBandContent | undefined {
  const { live, shown, following } = model;
  const { status } = live;
  if (status.kind === 'refused') return model.isToldByHost ? undefined : refused(model, status);
  if (live.rescued !== undefined && !model.isToldByHost) {
    const { refusal } = live.rescued;
    const text = refusal === undefined ? troubleWords.olderCopy : troubleWords.someRefused(refusal);
    return { kind: 'rescued', tone: 'problem', text, keepsText: true, dismiss: () => live.putRescuedAway() };
  }
  if (isStuck(shown.status, shown.now)) {
    const then = live.keepsUnsent ? troubleWords.keptUntilThen : troubleWords.openUntilThen;
    return { kind: 'stuck', tone: 'warning', lead: statusWords.sentence(troubleWords.stuck), text: then };
  }
  if (model.notice !== '')
    return { kind: 'notice', tone: 'info', text: model.notice, dismiss: () => (model.notice = '') };
  if (live.isReady && model.canWrite && !live.keepsUnsent && live.unsaved > 0 && status.kind !== 'saving')
    return {
      kind: 'not-kept',
      tone: 'warning',
      lead: statusWords.sentence(troubleWords.notKept),
      text: troubleWords.notKeptWhy,
    };
  const person = following.personOf(live.people);
  if (person !== undefined)
    return {
      kind: 'following',
      tone: 'person',
      color: person.color,
      text: `${peopleWords.following} ${isolated(person.name)}`,
    };
  return live.isReady && !model.canWrite && status.kind !== 'left' ? readOnly(model) : undefined;
}

function refused(
  { live }: EmbedModel,
  { reason, unsaved, ...rest }: SessionStatus & { kind: 'refused' },
): EmbedBandContent {
  const stop = stopOf(reason, live.role);
  const own = WHY[stop];
  const said = 'problem' in rest ? (rest.problem as { message: string } | undefined)?.message : undefined;
  const why =
    said !== undefined ? statusWords.sentence(said) : own !== undefined ? embedWords[own] : troubleWords[`${stop}Why`];
  const hasText = unsaved > 0;
  return {
    kind: 'refused',
    tone: 'problem',
    lead: statusWords.sentence(statusWords.stopped[stop]),
    text: hasText ? `${why} ${embedWords.textIsHere}` : `${why}`,
    canRetry: true,
    opensWeft: true,
    keepsText: hasText,
  };
}

function readOnly(model: EmbedModel): EmbedBandContent | undefined {
  if (model.isReaderNoticeSeen) return undefined;
  // The host has asked for it; only somebody who could write wonders.
  if (model.isReadOnlyByHost) return undefined;
  const { live } = model;
  return {
    kind: 'read-only',
    tone: live.isDemoted ? 'warning' : 'info',
    lead: statusWords.sentence(peopleWords.readOnly),
    text: live.isDemoted ? peopleWords.nowViewer : embedWords.viewerReadsOnly,
    dismiss: () => (model.isReaderNoticeSeen = true),
  };
}
