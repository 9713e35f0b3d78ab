import type { Change } from '../../../shared/sync/change.ts';

/** How many pages are kept for others that walk the same way. */
const PAGES_KEPT = 4;

interface Page {
  /** The version that it follows. */
  readonly after: number;
  readonly reading: Promise<readonly Change[]>;
  /** Empty until it has been read. */
  changes: readonly Change[];
}

/** Pages of a log that several walk along at about the same time, so that each page is read once for all of them. */
export class OldPages {
  readonly #read: (after: number) => Promise<readonly Change[]>;
  /** The most recently used at the end. */
  #pages: Page[] = [];

  /** `read` reads one page of the changes that follow a version. */
  constructor(read: (after: number) => Promise<readonly Change[]>) {
    this.#read = read;
  }

  /** Some of the changes that follow a version, or none if there are none. Rejects as `read` does. */
  async after(version: number): Promise<readonly Change[]> {
    const known = this.#pages.find(({ after, changes }) => {
      return after === version || (after < version && version < (changes.at(-1)?.version ?? 0));
    });
    const page = known ?? this.#begin(version);
    this.#pages = [...this.#pages.filter((each) => each !== page), page].slice(-PAGES_KEPT);
    const changes = await page.reading;
    return page.after === version ? changes : changes.filter((change) => change.version > version);
  }

  /** Nobody walks there any more. */
  clear(): void {
    this.#pages = [];
  }

  #begin(after: number): Page {
    const page: Page = { after, reading: this.#read(after), changes: [] };
    page.reading.then(
      (changes) => void (page.changes = changes),
      // The next call tries again.
      () => void (this.#pages = this.#pages.filter((each) => each !== page)),
    );
    return page;
  }
}
