import type { JoinedSession } from './joined-session.ts';
import type { Frame } from '../frames/wire-frame.ts';

/** How many sessions are served in one turn of the event loop. That takes about 2 ms, for which all other rooms wait. */
export const SLICE = 256;

interface Stay {
  readonly session: JoinedSession;
}

/** Frames that became ready together, one for each session. */
export interface Batch {
  /** The frame for a session; undefined if it gets none. */
  frameFor(session: JoinedSession): Frame | undefined;
  /** How many messages a frame holds. */
  readonly messages: number;
}

/**
 * Hands batches to all sessions of a room. If they are more than a slice, it takes several turns, so that a large room does not hold
 * up the small ones. Every session gets all batches from its join on, each once and in order.
 */
export class FanOut {
  readonly #stays: ReadonlyMap<string, Stay>;
  /** Batches that not everybody has yet. Empty between two fan-outs. */
  #batches: Batch[] = [];
  /** The number of the first of these batches, and of the next that will come. */
  #first = 0;
  #next = 0;
  /** While there are such batches: for each session the number of its next batch. Who was served longest ago comes first. */
  readonly #places = new Map<JoinedSession, number>();

  /** `stays` is by session id. The caller keeps it up to date, and calls `joined` and `left`. */
  constructor(stays: ReadonlyMap<string, Stay>) {
    this.#stays = stays;
  }

  /** Whether somebody still lacks a batch. */
  get isUnderWay(): boolean {
    return this.#batches.length > 0;
  }

  /** Hands a batch to everybody; the sessions of `ahead` have it when this returns. */
  tell(batch: Batch, ahead: Iterable<string> = []): void {
    if (!this.isUnderWay && this.#stays.size <= SLICE) {
      for (const { session } of [...this.#stays.values()]) give(session, batch);
      return;
    }
    const begins = !this.isUnderWay;
    if (begins) for (const { session } of this.#stays.values()) this.#places.set(session, this.#next);
    this.#batches.push(batch);
    this.#next += 1;
    for (const sessionId of ahead) {
      const stay = this.#stays.get(sessionId);
      if (stay !== undefined) this.#serve(stay.session);
    }
    if (begins) this.#serveSlice();
  }

  /** A session has joined, and knows everything up to now. */
  joined(session: JoinedSession): void {
    if (this.isUnderWay) this.#places.set(session, this.#next);
  }

  /** A session has left, and gets nothing more. */
  left(session: JoinedSession): void {
    this.#places.delete(session);
  }

  #serveSlice(): void {
    let served = 0;
    for (const [session, place] of this.#places) {
      if (place === this.#next) break;
      if (served === SLICE) {
        this.#batches = this.#batches.slice(place - this.#first);
        this.#first = place;
        setImmediate(() => this.#serveSlice());
        return;
      }
      this.#serve(session);
      served += 1;
    }
    // The one in front has everything, so everybody has.
    this.#batches = [];
    this.#first = this.#next;
    this.#places.clear();
  }

  #serve(session: JoinedSession): void {
    const place = this.#places.get(session);
    if (place === undefined) return;
    this.#places.delete(session);
    this.#places.set(session, this.#next);
    for (const batch of this.#batches.slice(place - this.#first)) give(session, batch);
  }
}

function give(session: JoinedSession, batch: Batch): void {
  const frame = batch.frameFor(session);
  if (frame !== undefined) session.send(frame, batch.messages);
}
