/** Names that belong to one tab at a time, for as long as it lives. */
export interface TabLocks {
  /** Takes a name and returns the function that gives it back; undefined if another tab has it. */
  claim(name: string): Promise<(() => void) | undefined>;
}

/** What is used of the browser's Web Locks. */
export interface LockManagerLike {
  request(
    name: string,
    options: { ifAvailable: boolean },
    callback: (lock: object | null) => Promise<void> | undefined,
  ): Promise<unknown>;
}

/**
 * Tab locks by the Web Locks of the browser, which ends them with the tab, even if it crashes. Undefined if the browser has none,
 * as on pages that came without TLS from another machine.
 */
export function webTabLocks(locks = platformLocks()): TabLocks | undefined {
  if (locks === undefined) return undefined;
  return {
    claim: (name) =>
      new Promise((resolve, reject) => {
        locks
          .request(name, { ifAvailable: true }, (lock) => {
            if (lock === null) {
              resolve(undefined);
              return undefined;
            }
            return new Promise<void>((release) => resolve(release));
          })
          .catch(reject);
      }),
  };
}

function platformLocks(): LockManagerLike | undefined {
  return (globalThis as { navigator?: { locks?: LockManagerLike } }).navigator?.locks;
}
