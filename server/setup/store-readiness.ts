import type { Stopwatch } from '../../shared/clock.ts';
import type { DocumentStore } from '../stores/document-store.ts';

/** Milliseconds for which an answer of the store holds. */
const FRESH = 2000;
/** Milliseconds after which a silent store counts as failing. */
const PATIENCE = 3000;

/** Whether the store can commit, asked at most every two seconds however often one wants to know. */
export class StoreReadiness {
  readonly #store: Pick<DocumentStore, 'check'>;
  readonly #clock: Stopwatch;
  #checked: { readonly at: number; readonly isReady: Promise<boolean> } | undefined;

  constructor(store: Pick<DocumentStore, 'check'>, clock: Stopwatch) {
    this.#store = store;
    this.#clock = clock;
  }

  /** True where the store committed something now or a moment ago. Answers after three seconds at the latest. */
  isReady(): Promise<boolean> {
    const now = this.#clock.monotonic();
    if (this.#checked === undefined || now - this.#checked.at >= FRESH) {
      this.#checked = { at: now, isReady: this.#check() };
    }
    return this.#checked.isReady;
  }

  #check(): Promise<boolean> {
    return new Promise((resolve) => {
      const cancel = this.#clock.after(PATIENCE, () => resolve(false));
      const settle = (isReady: boolean) => {
        cancel();
        resolve(isReady);
      };
      this.#store.check().then(
        () => settle(true),
        () => settle(false),
      );
    });
  }
}
