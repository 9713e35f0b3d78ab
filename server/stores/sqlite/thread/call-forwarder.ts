import type { AccessCatalogue } from '../../access-catalogue.ts';
import type { DocumentCatalogue } from '../../document-catalogue.ts';
import type { DocumentStore } from '../../document-store.ts';
import type { LogReads } from '../log/log-calls.ts';
import { ACCESS_CALLS, CATALOGUE_CALLS, LOG_READS, type CallName, type StoreCalls } from './store-calls.ts';

/** The methods of a store that only call its thread. */
export type ForwardedCalls = LogReads & DocumentCatalogue & AccessCatalogue & Pick<DocumentStore, 'check'>;

const NAMES = Object.keys({
  ...LOG_READS,
  ...CATALOGUE_CALLS,
  ...ACCESS_CALLS,
  check: 'short',
} satisfies Record<keyof ForwardedCalls, string>) as readonly (keyof ForwardedCalls)[];

/** Has a method for each of the forwarded calls, which hands it to `call`. */
abstract class Forwarder {
  constructor() {
    const forward = (name: CallName) => [name, (...args: never) => this.call(name, ...args)] as const;
    Object.assign(this, Object.fromEntries(NAMES.map(forward)));
  }

  protected abstract call<Name extends CallName>(
    name: Name,
    ...args: Parameters<StoreCalls[Name]>
  ): Promise<ReturnType<StoreCalls[Name]>>;
}

/** The same class with its methods typed; they are made from names. */
export const CallForwarder = Forwarder as abstract new () => Forwarder & ForwardedCalls;
