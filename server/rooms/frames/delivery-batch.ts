import type { Change } from '../../../shared/sync/change.ts';
import type { FrameArena } from './frame-arena.ts';
import { encodeAck, encodeUpdate } from './frames.ts';
import { SharedFrame } from './shared-frame.ts';

/** A committed change with the client copy it came from, as a room hands it to its sessions. */
export interface Delivery {
  readonly change: Change;
  /** The session whose very copy was committed; it knows the operations already. */
  readonly origin: object | undefined;
}

/**
 * Changes that became durable together, encoded once for all readers of the room. The frame of an author has
 * acknowledgements in place of its own changes.
 */
export class DeliveryBatch {
  readonly #shared: SharedFrame;
  /** The deliveries of each author, in version order. */
  readonly #own = new Map<string, number[]>();
  readonly #deliveries: readonly Delivery[];

  /** Frames of authors are put together in `memory`. */
  constructor(documentId: string, deliveries: readonly Delivery[], memory: FrameArena) {
    this.#deliveries = deliveries;
    for (const [index, { change }] of deliveries.entries()) {
      const own = this.#own.get(change.clientId);
      if (own === undefined) this.#own.set(change.clientId, [index]);
      else own.push(index);
    }
    const updates = deliveries.map(({ change }) => encodeUpdate(documentId, change));
    this.#shared = new SharedFrame(updates, memory);
  }

  /** The frame for one reader: somebody else's changes as updates, its own as acknowledgements, in version order. */
  frameFor(reader: { readonly clientId: string }): Buffer {
    const own = this.#own.get(reader.clientId);
    if (own === undefined) return this.#shared.wire;
    const acks = own.map((index) => {
      const { change, origin } = this.#deliveries[index]!;
      return { index, message: encodeAck(change, origin !== reader) };
    });
    // Every message has one in its place.
    return this.#shared.vary(acks)!;
  }
}
