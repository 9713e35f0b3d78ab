import { compose, editsEqual, fold, IDENTITY, insertedText, invert, type Edit } from '../text/edit.ts';
import { ChunkedText } from '../text/chunked-text.ts';
import { difference } from '../text/difference.ts';
import { postponeDeletions, splitEdit, type EditBudget } from '../text/split-edit.ts';
import { transformPair } from '../text/transform.ts';
import type { VersionName } from './change.ts';

/** The submission that was sent and is unanswered. Frozen: it is rebased, but nothing is ever merged into it. */
export interface InFlight {
  readonly seq: number;
  readonly edit: Edit;
}

/** What a replica holds, as plain data that can be stored and restored. */
export interface ReplicaState {
  readonly confirmed: VersionName & { readonly text: ChunkedText };
  /** The last committed seq. */
  readonly seq: number;
  readonly inFlight: InFlight | undefined;
  readonly buffer: Edit;
}

/** A committed change as the server tells it; with `seq` if it is the client's own. */
export interface IncomingChange extends VersionName {
  readonly edit: Edit;
  readonly seq?: number | undefined;
}

/** Versions did not follow each other; the client must join again. */
export class VersionHoleError extends Error {
  constructor(expected: number, version: number) {
    super(`Expected version ${expected}, got ${version}`);
    this.name = 'VersionHoleError';
  }
}

/**
 * The client half of the sync: the confirmed text, at most one submission in flight, and a buffer of what was typed since.
 * Pure: no socket, no timer.
 *
 * Invariants:
 * 1. `text` = confirmed text, then in flight, then buffer.
 * 2. The in-flight edit applies to the confirmed text; it is rebased over one committed change at a time and never merged.
 * 3. Local edits go left of committed ones at ties, because they are committed later.
 *
 * Methods that learn something from the server, or give something up, return the edit that the visible text underwent.
 */
export class Replica {
  #confirmed: ReplicaState['confirmed'];
  #seq: number;
  #inFlight: InFlight | undefined;
  #buffer: Edit;
  #text: ChunkedText;

  constructor(state?: ReplicaState) {
    this.#confirmed = state?.confirmed ?? { version: 0, timestamp: 0, text: ChunkedText.EMPTY };
    this.#seq = state?.seq ?? 0;
    this.#inFlight = state?.inFlight;
    this.#buffer = state?.buffer ?? IDENTITY;
    this.#text = this.#confirmed.text.apply(this.#inFlight?.edit ?? IDENTITY).apply(this.#buffer);
  }

  /** What the person sees. */
  get text(): ChunkedText {
    return this.#text;
  }

  get confirmed(): ReplicaState['confirmed'] {
    return this.#confirmed;
  }

  get inFlight(): InFlight | undefined {
    return this.#inFlight;
  }

  get buffer(): Edit {
    return this.#buffer;
  }

  /** All as plain data. */
  get state(): ReplicaState {
    return { confirmed: this.#confirmed, seq: this.#seq, inFlight: this.#inFlight, buffer: this.#buffer };
  }

  /** Whether everything typed is committed. */
  get isSaved(): boolean {
    return this.#inFlight === undefined && this.#buffer.length === 0;
  }

  /** A local edit of `text`. Throws RangeError, and changes nothing, if it reaches beyond the end. */
  edit(edit: Edit): void {
    this.#text = this.#text.apply(edit);
    this.#buffer = compose(this.#buffer, edit);
  }

  /** Freezes what the budget allows of the buffer and puts it in flight; undefined if something is already, or nothing was typed. */
  takeSubmission(budget: EditBudget): InFlight | undefined {
    if (this.#inFlight !== undefined || this.#buffer.length === 0) return undefined;
    const { first, rest } = splitEdit(this.#buffer, budget);
    this.#inFlight = { seq: this.#seq + 1, edit: first };
    this.#buffer = rest;
    return this.#inFlight;
  }

  /** Puts what is in flight back into the buffer, after the server refused all of it: it is unsent, and may be edited further. */
  recallInFlight(): void {
    if (this.#inFlight === undefined) return;
    this.#buffer = compose(this.#inFlight.edit, this.#buffer);
    this.#inFlight = undefined;
  }

  /** Gives up what was typed and is not in flight. */
  discardBuffer(): Edit {
    const before = this.#confirmed.text.apply(this.#inFlight?.edit ?? IDENTITY);
    const visible = invert(this.#buffer, before);
    this.#buffer = IDENTITY;
    this.#text = before;
    return visible;
  }

  /**
   * Moves deletions from the edit in flight into the buffer until it changes at most `sites` places: a rebase may have torn a long
   * deletion into more places than one submission may have. All insertions stay, so that the server still recognises the
   * submission if an older copy of it was committed. Returns whether anything was moved.
   */
  thinInFlight(sites: number): boolean {
    if (this.#inFlight === undefined || this.#inFlight.edit.length <= sites) return false;
    const { first, rest } = postponeDeletions(this.#inFlight.edit, sites);
    if (rest.length === 0) return false;
    this.#inFlight = { ...this.#inFlight, edit: first };
    this.#buffer = compose(rest, this.#buffer);
    return true;
  }

  /**
   * A committed change, our own or somebody else's. Known versions are ignored. An own change that differs from what is in flight
   * replaces it if both insert the same text: an older copy of it was committed. If it inserts other text, it was recalled before;
   * then what is in flight is not committed, and gets the next seq. Throws VersionHoleError.
   */
  receive(change: IncomingChange): Edit {
    const { version, timestamp } = change;
    if (version <= this.#confirmed.version) return IDENTITY;
    if (version !== this.#confirmed.version + 1) throw new VersionHoleError(this.#confirmed.version + 1, version);
    const before = this.#confirmed.text;
    this.#confirmed = { version, timestamp, text: before.apply(change.edit) };
    const sent = change.seq === this.#inFlight?.seq ? this.#inFlight?.edit : undefined;
    if (change.seq !== undefined && change.seq > this.#seq) this.#takeSeq(change.seq);
    if (sent === undefined || insertedText(sent) !== insertedText(change.edit)) return this.#rebase(change.edit);
    this.#inFlight = undefined;
    return editsEqual(sent, change.edit) ? IDENTITY : this.#rebase(this.#correction(before, sent, change.edit));
  }

  /** The change in flight was committed as this version, unaltered. Throws VersionHoleError. */
  acknowledge(ack: VersionName & { readonly seq: number }): Edit {
    if (this.#inFlight?.seq !== ack.seq) return IDENTITY;
    return this.receive({ ...ack, edit: this.#inFlight.edit });
  }

  /**
   * A whole text instead of the changes we missed. What is unsent is carried over the difference; `seq` tells whether the text
   * contains what was in flight.
   */
  reset(snapshot: VersionName & { readonly text: string; readonly seq: number }): Edit {
    const { version, timestamp, seq } = snapshot;
    let known = this.#confirmed.text;
    if (this.#inFlight !== undefined && seq >= this.#inFlight.seq) {
      known = known.apply(this.#inFlight.edit);
      this.#inFlight = undefined;
    }
    const change = difference(known.toString(), snapshot.text);
    this.#confirmed = { version, timestamp, text: ChunkedText.from(snapshot.text) };
    this.#takeSeq(seq);
    return this.#rebase(change);
  }

  /**
   * Takes the last committed seq of a join answer, after the missed changes were received. What is still in flight then was
   * not committed, and gets the next seq.
   */
  synchronised(seq: number): void {
    this.#takeSeq(seq);
  }

  /** Takes the last committed seq; what is in flight is the next one. */
  #takeSeq(seq: number): void {
    this.#seq = seq;
    if (this.#inFlight !== undefined) this.#inFlight = { ...this.#inFlight, seq: seq + 1 };
  }

  /** Carries the unsent work over a change of the confirmed text and returns what the visible text underwent. */
  #rebase(change: Edit): Edit {
    let visible = change;
    if (this.#inFlight !== undefined) {
      const moved = transformPair(this.#inFlight.edit, visible);
      this.#inFlight = { ...this.#inFlight, edit: moved.later };
      visible = moved.earlier;
    }
    const moved = transformPair(this.#buffer, visible);
    this.#buffer = moved.later;
    visible = moved.earlier;
    this.#text = this.#text.apply(visible);
    return visible;
  }

  /** What turns the text with our copy of a change into the text with the committed one. */
  #correction(before: ChunkedText, ours: Edit, committed: Edit): Edit {
    return fold([invert(ours, before), committed]);
  }
}
