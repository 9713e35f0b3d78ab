import { describe, expect, it } from 'vitest';
import type { SessionStatus } from '../../../shared/client/events/session-status.ts';
import { bandOf, type EmbedBandContent } from './band.ts';
import type { EmbedModel } from './embed-model.svelte.ts';

interface Case {
  readonly status?: SessionStatus;
  readonly unsaved?: number;
  readonly keepsUnsent?: boolean;
  readonly canWrite?: boolean;
  readonly isReadOnlyByHost?: boolean;
  readonly isDemoted?: boolean;
  readonly isToldByHost?: boolean;
  readonly rescued?: { readonly text: string; readonly refusal?: string };
  readonly notice?: string;
  readonly followed?: string;
}

const LIVE: SessionStatus = { kind: 'live' };
const AWAY: SessionStatus = { kind: 'reconnecting', retryAt: 0, unsaved: 1 };
const refused = (unsaved: number): SessionStatus => ({ kind: 'refused', reason: 'access_removed', unsaved });

/** What an editor in that state has to say. */
function said(given: Case): EmbedBandContent | undefined {
  const status = given.status ?? LIVE;
  const model = {
    live: {
      ...{ status, people: [], isReady: true, role: 'editor', isDemoted: given.isDemoted ?? false },
      ...{ unsaved: given.unsaved ?? 0, keepsUnsent: given.keepsUnsent ?? true, rescued: given.rescued },
    },
    shown: { status, now: 0 },
    following: {
      personOf: () => (given.followed === undefined ? undefined : { name: given.followed, color: '#257a07' }),
    },
    isReadOnlyByHost: given.isReadOnlyByHost ?? false,
    ...{ canWrite: given.canWrite ?? true, isToldByHost: given.isToldByHost ?? false },
    ...{ notice: given.notice ?? '', isReaderNoticeSeen: false },
  };
  return bandOf(model as unknown as EmbedModel);
}

describe('the band of an embedded editor', () => {
  it('is not there while all is well', () => {
    expect(said({})).toBeUndefined();
    expect(said({ status: AWAY, unsaved: 1 })).toBeUndefined();
  });

  it('says why it stopped, and offers the text if any of it is unsaved', () => {
    expect(said({ status: refused(2) })).toMatchObject({ kind: 'refused', canRetry: true, keepsText: true });
    expect(said({ status: refused(2) })!.text).toMatch(/still here\.$/);
    expect(said({ status: refused(0) })).toMatchObject({ kind: 'refused', keepsText: false });
  });

  it('says nothing of a refusal that the host says itself', () => {
    expect(said({ status: refused(2), isToldByHost: true })).toBeUndefined();
    expect(said({ rescued: { text: 'a' }, isToldByHost: true })).toBeUndefined();
  });

  it('says that nothing is kept, if neither the server nor the browser has it', () => {
    expect(said({ status: AWAY, unsaved: 1, keepsUnsent: false })).toMatchObject({ kind: 'not-kept', tone: 'warning' });
    expect(said({ status: AWAY, unsaved: 0, keepsUnsent: false })).toBeUndefined();
  });

  it('says that one can only read, unless the host has asked for that', () => {
    expect(said({ canWrite: false })).toMatchObject({ kind: 'read-only', tone: 'info' });
    expect(said({ canWrite: false, isDemoted: true })).toMatchObject({ kind: 'read-only', tone: 'warning' });
    expect(said({ canWrite: false, isReadOnlyByHost: true })).toBeUndefined();
  });

  it('says one thing, the most pressing first', () => {
    const all: Case = {
      ...{ status: refused(1), rescued: { text: 'a' }, notice: 'Copied', followed: 'Mina' },
      ...{ unsaved: 1, keepsUnsent: false },
    };
    expect(said(all)!.kind).toBe('refused');
    expect(said({ ...all, status: AWAY })!.kind).toBe('rescued');
    const { rescued: _, ...rest } = all;
    expect(said({ ...rest, status: AWAY })!.kind).toBe('notice');
    expect(said({ ...rest, status: AWAY, notice: '' })!.kind).toBe('not-kept');
    expect(said({ followed: 'Mina' })).toMatchObject({ kind: 'following', color: '#257a07' });
  });
});
