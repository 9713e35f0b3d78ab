import type { Change } from '../../../shared/sync/change.ts';
import type { FrameArena } from './frame-arena.ts';
import { encodeAck, encodeUpdate } from './frames.ts';
import { SharedFrame } from './shared-frame.ts';

/** A committed change, and the session whose submission became it. */
export interface Delivery {
  readonly change: Change;
  /** The session that sent the very submission that was committed; it knows the operations already. */
  readonly origin: object | undefined;
}

/**
 * Changes that became durable together, encoded once for all readers of the room. Authors get acknowledgements in place of their
 * own changes.
 */
export class DeliveryBatch {
  readonly #shared: SharedFrame;
  /** The deliveries of each author, in version order. */
  readonly #own = new Map<string, number[]>();
  readonly #deliveries: readonly Delivery[];

  /** Frames of authors are put together in `arena`. */
  constructor(documentId: string, deliveries: readonly Delivery[], arena: FrameArena) {
    this.#deliveries = deliveries;
    for (const [index, { change }] of deliveries.entries()) {
      const own = this.#own.get(change.clientId);
      if (own === undefined) this.#own.set(change.clientId, [index]);
      else own.push(index);
    }
    const updates = deliveries.map(({ change }) => encodeUpdate(documentId, change));
    this.#shared = new SharedFrame(updates, arena);
  }

  /**
   * The frame for one reader: changes of others as updates, its own as acknowledgements, in version order. Send it before the next
   * one is made.
   */
  frameFor(reader: { readonly clientId: string }): Buffer {
    const own = this.#own.get(reader.clientId);
    if (own === undefined) return this.#shared.wire;
    const acks = own.map((index) => {
      const { change, origin } = this.#deliveries[index]!;
      return { index, message: encodeAck(change, origin !== reader) };
    });
    // Never undefined: each message is replaced, none is dropped.
    return this.#shared.vary(acks)!;
  }
}
