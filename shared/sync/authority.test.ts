import { describe, expect, it } from 'vitest';
import { ChunkedText } from '../text/chunked-text.ts';
import type { Operation } from '../text/operation.ts';
import { accept, type ClientRecord, type Context, type Head, type Submission, type Verdict } from './authority.ts';
import type { Change } from './change.ts';
import { insert } from '../testing/operations.ts';

const remove = (from: number, to: number): Operation => ({ type: 'delete', from, to });
const replace = (from: number, to: number, text: string): Operation => ({ type: 'replace', from, to, text });

/** A document with its log and clients, which takes what the authority accepts. */
class Desk {
  readonly log: Change[] = [];
  readonly clients = new Map<string, ClientRecord>();
  head: Head = { version: 0, timestamp: 0, text: ChunkedText.EMPTY };
  maximumLength = 1000;
  /** Versions that the authority has asked for. */
  asked: number[] = [];

  constructor(text = '') {
    if (text !== '') this.submit({ clientId: 'author', operations: [insert(0, text)] });
  }

  /** What the authority says; fields that are not given are those of a client that is up to date. */
  ask(submission: Partial<Submission> & Pick<Submission, 'operations'>): Verdict {
    const clientId = submission.clientId ?? 'someone';
    const context: Context = {
      client: this.clients.get(clientId),
      changeAt: (version) => {
        this.asked.push(version);
        return this.log[version - 1]!;
      },
      timestamp: 1000 + this.head.version,
      maximumLength: this.maximumLength,
    };
    const seq = (context.client?.seq ?? 0) + 1;
    const defaults = { clientId, userId: `user of ${clientId}`, sessionId: 'session', seq, version: this.head.version };
    return accept(this.head, { ...defaults, ...submission }, context);
  }

  submit(submission: Partial<Submission> & Pick<Submission, 'operations'>): Verdict {
    const verdict = this.ask(submission);
    if (verdict.kind !== 'accepted') return verdict;
    const { clientId, userId, seq, version } = verdict.change;
    this.log.push(verdict.change);
    this.clients.set(clientId, { userId, seq, version });
    this.head = verdict.head;
    return verdict;
  }

  get text(): string {
    return this.head.text.toString();
  }
}

describe('accept: a new submission', () => {
  it('becomes the next version, with its author and the commit time, and changes nothing itself', () => {
    const desk = new Desk('abc');
    const before = desk.head;
    const verdict = desk.ask({ clientId: 'new one', operations: [replace(1, 2, 'X'), insert(3, '!')] });
    expect(verdict).toMatchObject({
      kind: 'accepted',
      change: {
        ...{ version: 2, timestamp: 1001, edit: [1, 'X', -1, 1, '!'] },
        ...{ clientId: 'new one', userId: 'user of new one', sessionId: 'session', seq: 1 },
      },
      head: { version: 2, timestamp: 1001 },
    });
    expect(verdict.kind === 'accepted' && verdict.head.text.toString()).toBe('aXc!');
    expect(desk.head).toBe(before);
    expect(desk.text).toBe('abc');
  });

  it('goes left of what was committed since its base, one change at a time', () => {
    const desk = new Desk('x');
    desk.submit({ clientId: 'b', operations: [remove(0, 1)] });
    desk.submit({ clientId: 'c', operations: [insert(0, 'C')] });
    desk.asked = [];
    desk.submit({ version: 1, operations: [insert(0, 'L'), insert(2, 'R')] });
    expect(desk.text).toBe('LRC');
    expect(new Set(desk.asked)).toEqual(new Set([2, 3]));
  });

  it.each([
    ['a range that lies in the base and no longer in the head', [remove(2, 6)], 'ab'],
    ['a position at the end of the base', [insert(6, 'X')], 'abX'],
    ['all of the base', [replace(0, 6, 'X')], 'X'],
  ])('may name %s', (_, operations, text) => {
    const desk = new Desk('abcdef');
    desk.submit({ clientId: 'b', operations: [remove(2, 6)] });
    expect(desk.submit({ version: 1, operations }).kind).toBe('accepted');
    expect(desk.text).toBe(text);
  });

  it('takes its version also where transforming leaves nothing of it', () => {
    const desk = new Desk('abc');
    desk.submit({ clientId: 'b', operations: [remove(0, 3)] });
    const verdict = desk.submit({ version: 1, operations: [remove(1, 2)] });
    expect(verdict).toMatchObject({ kind: 'accepted', change: { version: 3, edit: [] }, head: { version: 3 } });
    expect(desk.submit({ operations: [insert(0, 'on')] })).toMatchObject({ kind: 'accepted', change: { seq: 2 } });
  });

  it('may start from version 0, and from a base far back', () => {
    const desk = new Desk();
    for (let round = 0; round < 50; round += 1) desk.submit({ clientId: 'b', operations: [insert(round, 'b')] });
    expect(desk.submit({ version: 0, operations: [insert(0, 'X')] }).kind).toBe('accepted');
    expect(desk.text).toBe(`X${'b'.repeat(50)}`);
  });
});

describe('accept: refusals', () => {
  const desk = new Desk('a😀b');
  desk.submit({ clientId: 'someone', operations: [insert(0, 'first ')] });
  desk.submit({ clientId: 'someone', operations: [insert(0, 'second ')] });
  const end = desk.head.text.length;

  it.each<[string, Partial<Submission> & Pick<Submission, 'operations'>, string]>([
    [
      'a range beyond the base, though the head is longer',
      { version: 1, operations: [insert(5, 'x')] },
      'bad_operation',
    ],
    ['a range beyond the head', { operations: [insert(end + 1, 'x')] }, 'bad_operation'],
    [
      'a range that an operation before has taken away',
      { operations: [remove(0, end), remove(0, 1)] },
      'bad_operation',
    ],
    ['an empty range', { operations: [remove(1, 1)] }, 'bad_operation'],
    ['a position inside a pair', { operations: [insert(end - 2, 'x')] }, 'bad_operation'],
    [
      'a position inside a pair of the base, moved to the head',
      { version: 1, operations: [insert(2, 'x')] },
      'bad_operation',
    ],
    ['half of a deleted pair', { version: 1, operations: [remove(1, 2)] }, 'bad_operation'],
    ['half of an inserted pair', { operations: [insert(0, '😀'), remove(0, 1)] }, 'bad_operation'],
    ['half a pair as text', { operations: [insert(0, '\ud83d')] }, 'bad_text'],
    ['a carriage return', { operations: [insert(0, 'a\r')] }, 'bad_text'],
    ['a NUL', { operations: [insert(0, '\0')] }, 'bad_text'],
    ['a base that does not exist yet', { version: 4, operations: [insert(0, 'x')] }, 'version_ahead'],
    ['a seq that skips one', { seq: 4, operations: [insert(0, 'x')] }, 'seq_gap'],
    ['a first seq above 1', { clientId: 'new', seq: 2, operations: [insert(0, 'x')] }, 'seq_gap'],
    ['the last seq with other text', { seq: 2, operations: [insert(0, 'other')] }, 'seq_reused'],
    ['the last seq with a text that is refused', { seq: 2, operations: [insert(0, '\r')] }, 'seq_reused'],
    ['an older seq, even with its text', { seq: 1, version: 1, operations: [insert(0, 'first ')] }, 'seq_reused'],
    ['the clientId of another user', { userId: 'a thief', operations: [insert(0, 'x')] }, 'client_taken'],
    ['a resend by another user', { userId: 'a thief', seq: 2, operations: [insert(0, 'second ')] }, 'client_taken'],
    ['a gap by another user', { userId: 'a thief', seq: 9, operations: [insert(0, 'x')] }, 'client_taken'],
  ])('%s', (_, submission, code) => {
    const before = desk.text;
    const verdict = desk.submit(submission);
    expect(verdict).toMatchObject({ kind: 'refused', code });
    expect(verdict.kind === 'refused' && verdict.message).not.toBe('');
    expect(desk.text).toBe(before);
  });

  it('do not use up a seq', () => {
    const other = new Desk('abc');
    expect(other.submit({ operations: [insert(9, 'x')] }).kind).toBe('refused');
    expect(other.submit({ seq: 1, operations: [insert(0, 'x')] }).kind).toBe('accepted');
  });

  it('do not look at what happened when the client belongs to somebody else', () => {
    desk.asked = [];
    desk.ask({ userId: 'a thief', seq: 2, version: 0, operations: [insert(0, 'second ')] });
    expect(desk.asked).toEqual([]);
  });
});

describe('accept: the length limit', () => {
  it.each([
    ['fills the document to the last unit', 5, [insert(3, 'de')], 'accepted'],
    ['is one unit too long', 5, [insert(3, 'def')], 'document_too_large'],
    ['deletes as much as it inserts', 3, [replace(0, 3, 'xyz')], 'accepted'],
    ['makes a document smaller that is too large already', 1, [replace(0, 2, 'x')], 'accepted'],
    ['makes a document longer that is too large already', 1, [replace(0, 1, 'xy')], 'document_too_large'],
  ])('%s', (_, maximumLength, operations, outcome) => {
    const desk = new Desk('abc');
    desk.maximumLength = maximumLength;
    const verdict = desk.submit({ operations });
    expect(verdict.kind === 'refused' ? verdict.code : verdict.kind).toBe(outcome);
  });

  it('counts what transforming leaves', () => {
    const desk = new Desk('abc');
    desk.submit({ clientId: 'b', operations: [remove(0, 2)] });
    desk.maximumLength = 3;
    // Written as a replace of the same length; two of the three units to delete are gone already.
    expect(desk.submit({ version: 1, operations: [replace(0, 3, 'wxyz')] })).toMatchObject({
      code: 'document_too_large',
    });
    expect(desk.submit({ version: 1, operations: [replace(0, 3, 'xyz')] }).kind).toBe('accepted');
  });
});

describe('accept: a resend of the last committed submission', () => {
  const original = { seq: 1, version: 1, operations: [replace(1, 2, 'X'), insert(3, 'Y')] };

  function committed(): Desk {
    const desk = new Desk('abc');
    desk.submit(original);
    return desk;
  }

  it('is answered by the change that it became', () => {
    const desk = committed();
    expect(desk.submit(original)).toEqual({ kind: 'duplicate', change: desk.log[1] });
    expect(desk.text).toBe('aXcY');
    expect(desk.log).toHaveLength(2);
  });

  it('is known when it was rebased to a newer base meanwhile', () => {
    const desk = new Desk('abc');
    desk.submit({ clientId: 'b', operations: [insert(0, '111')] });
    desk.submit(original);
    desk.submit({ clientId: 'b', operations: [insert(0, '222')] });
    const rebased = { seq: 1, version: 2, operations: [replace(4, 5, 'X'), insert(6, 'Y')] };
    expect(desk.submit(rebased)).toEqual({ kind: 'duplicate', change: desk.log[2] });
  });

  it('is known when its base is ahead or out of range: another history was restored', () => {
    const desk = committed();
    expect(desk.submit({ ...original, version: 99 }).kind).toBe('duplicate');
    expect(desk.submit({ ...original, operations: [replace(500, 501, 'X'), insert(600, 'Y')] }).kind).toBe('duplicate');
  });

  it('is known when it only deletes, and when nothing was left to delete', () => {
    const desk = new Desk('abc');
    desk.submit({ seq: 1, version: 1, operations: [remove(0, 2)] });
    const nothing = [insert(0, ' '), remove(0, 1)];
    expect(desk.submit({ seq: 1, version: 1, operations: [remove(0, 1)] }).kind).toBe('duplicate');
    expect(desk.submit({ seq: 1, version: 2, operations: nothing }).kind).toBe('duplicate');
    expect(desk.submit({ seq: 2, version: 2, operations: nothing })).toMatchObject({
      kind: 'accepted',
      change: { edit: [] },
    });
    expect(desk.text).toBe('c');
  });

  it('does not become a second change after many others', () => {
    const desk = committed();
    for (let round = 0; round < 20; round += 1) desk.submit({ clientId: 'b', operations: [insert(0, 'b')] });
    expect(desk.submit(original)).toMatchObject({ kind: 'duplicate', change: { version: 2 } });
  });
});
