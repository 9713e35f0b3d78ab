import { FORWARDED_CALLS, type CallName, type ForwardedCalls, type StoreCalls } from './store-calls.ts';

/** Has a method for each of the forwarded calls, which hands it to `call`. */
abstract class Forwarder {
  constructor() {
    const forward = (name: CallName) => [name, (...args: never) => this.call(name, ...args)] as const;
    Object.assign(this, Object.fromEntries(FORWARDED_CALLS.map(forward)));
  }

  protected abstract call<Name extends CallName>(
    name: Name,
    ...args: Parameters<StoreCalls[Name]>
  ): Promise<ReturnType<StoreCalls[Name]>>;
}

/** The same class with its methods typed; they are made from names. */
export const CallForwarder = Forwarder as abstract new () => Forwarder & ForwardedCalls;
