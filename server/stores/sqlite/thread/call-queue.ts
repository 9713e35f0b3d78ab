import { isLong } from './store-calls.ts';
import type { CallMessage } from './thread-messages.ts';

/** Short calls that may go before a long one that waits. */
const PATIENCE = 16;

/**
 * The order in which the store's thread carries out its calls. Commits and other short calls go before long ones, so that all other
 * documents do not wait for the cost of one. Short calls keep their order among themselves, and so do long ones; whoever needs a
 * long call to be done first waits for its answer. `close` comes last.
 */
export class CallQueue {
  readonly #short: CallMessage[] = [];
  readonly #long: CallMessage[] = [];
  /** Short calls since the last long one. */
  #passed = 0;

  add(call: CallMessage): void {
    (isLong(call.name) ? this.#long : this.#short).push(call);
  }

  /** Takes the call to carry out now; undefined if there is none. */
  next(): CallMessage | undefined {
    const mayPass = this.#passed < PATIENCE || this.#long[0] === undefined || this.#long[0].name === 'close';
    const short = mayPass ? this.#short.shift() : undefined;
    this.#passed = short === undefined ? 0 : this.#passed + 1;
    return short ?? this.#long.shift();
  }
}
