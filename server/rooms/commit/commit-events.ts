import type { Delivery } from '../frames/delivery-batch.ts';

/** Who hears of what a room's commits come to. */
export interface CommitEvents {
  /** Changes became durable and were adopted. */
  deliver(deliveries: readonly Delivery[]): void;
  /** The log is another one than the room was opened from. */
  abandon(): void;
}
