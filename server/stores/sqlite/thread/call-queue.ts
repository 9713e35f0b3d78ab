import type { CallMessage, CallName } from './store-calls.ts';

/** Calls that may take long, above all for texts and histories that somebody made long on purpose. */
const LONG: ReadonlySet<CallName> = new Set<CallName>([
  'load',
  'textAt',
  'changesAfter',
  'saveSnapshot',
  'compact',
  'createDocument',
  'close',
]);

/** So many short calls at most go before a long one that waits. */
const PATIENCE = 16;

/**
 * The order in which the store's thread carries out what it is called for: long calls let commits and other short ones go first, so
 * that what one document costs is not waited for in all others. Short calls among themselves keep their order, and long ones theirs;
 * whoever needs a long call to be done first waits for its answer. The last of all is `close`.
 */
export class CallQueue {
  readonly #short: CallMessage[] = [];
  readonly #long: CallMessage[] = [];
  /** Short calls since the last long one. */
  #passed = 0;

  add(call: CallMessage): void {
    (LONG.has(call.name) ? this.#long : this.#short).push(call);
  }

  /** Takes the call that is to be carried out now. */
  next(): CallMessage | undefined {
    const mayPass = this.#passed < PATIENCE || this.#long[0] === undefined || this.#long[0].name === 'close';
    const short = mayPass ? this.#short.shift() : undefined;
    this.#passed = short === undefined ? 0 : this.#passed + 1;
    return short ?? this.#long.shift();
  }
}
