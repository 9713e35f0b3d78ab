import { StoreDamagedError, StoreError } from '../../store-error.ts';
import { isLong, type CallName } from './store-calls.ts';

/** A call on its way to the thread. */
export interface CallMessage {
  readonly id: number;
  readonly name: CallName;
  readonly args: readonly unknown[];
}

/** What structured clone keeps of an error of the thread. */
export interface ErrorFields {
  readonly code: string;
  readonly message: string;
  readonly documentId?: string | undefined;
}

/** An answer, or a report for the operator. */
export type ThreadMessage =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: ErrorFields }
  | { readonly report: string };

/** The fields of any error; one that has no code gets STORE_FAILED. */
export function errorFields(error: unknown): ErrorFields {
  if (error instanceof StoreDamagedError) {
    const cause = error.cause instanceof Error ? ` (${error.cause.message})` : '';
    return { code: error.code, message: error.message + cause, documentId: error.documentId };
  }
  if (!(error instanceof Error)) return { code: 'STORE_FAILED', message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'STORE_FAILED';
  return { code, message: error.message };
}

/** The error that the caller is given. */
export function errorFromFields({ code, message, documentId }: ErrorFields): StoreError {
  return documentId === undefined ? new StoreError(code, message) : new StoreDamagedError(documentId, message);
}

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
    (isLong(call.name, call.args) ? this.#long : this.#short).push(call);
  }

  /** Takes the call to carry out now; undefined if there is none. */
  next(): CallMessage | undefined {
    const mayPass = this.#passed < PATIENCE || this.#long[0] === undefined || this.#long[0].name === 'close';
    const short = mayPass ? this.#short.shift() : undefined;
    this.#passed = short === undefined ? 0 : this.#passed + 1;
    return short ?? this.#long.shift();
  }
}
