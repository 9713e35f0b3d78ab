/** A method that returns what the promise of `Method` resolves with. */
type SynchronousMethod<Method> = Method extends (...args: infer Args) => Promise<infer Result>
  ? (...args: Args) => Result
  : never;

/** An interface of a store without its promises: what a store carries out in a thread of its own. */
export type Synchronous<Interface> = { readonly [Name in keyof Interface]: SynchronousMethod<Interface[Name]> };
