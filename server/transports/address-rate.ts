import type { Clock } from '../../shared/clock.ts';
import { RateByKey } from '../limits/rate-by-key.ts';

/** Seconds that the limit speaks of. */
const WINDOW = 10;

/** Counts new connections by the network they come from, which is all that an address is good for. */
export class AddressRate {
  readonly #networks: RateByKey;

  /** At most so many in ten seconds. */
  constructor(maximum: number, clock: Clock) {
    this.#networks = new RateByKey(maximum, maximum / WINDOW, clock);
  }

  /** Counts one; returns 0 where it may come in, else the milliseconds until one may. */
  take(network: string): number {
    return this.#networks.take(network);
  }
}
