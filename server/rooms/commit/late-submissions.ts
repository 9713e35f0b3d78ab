import type { Submission } from '../../../shared/sync/authority.ts';
import type { Change } from '../../../shared/sync/change.ts';
import { growth, type Edit } from '../../../shared/text/edit.ts';
import { editFromOperations, OperationError, requiredBase } from '../../../shared/text/operation.ts';
import { rebase } from '../../../shared/text/transform.ts';
import type { RoomServices } from '../services/room-services.ts';
import { refuse, WITHDRAWN, type PendingSubmission } from './batch-plan.ts';
import type { RoomLog } from './room-log.ts';

/** Parts of edits that one slice looks at; it takes a few milliseconds. */
const SLICE = 20_000;

/**
 * Submissions on versions so old that rebasing them takes long. They are carried near the newest version in slices, between which
 * everybody else is served, and only then queue for a commit. What follows from the same client waits behind them in order.
 */
export class LateSubmissions {
  readonly #log: RoomLog;
  readonly #services: Pick<RoomServices, 'slices' | 'limits'>;
  readonly #queue: (pending: PendingSubmission) => void;
  /** By client, in order; the first is being carried. */
  readonly #lanes = new Map<string, PendingSubmission[]>();
  readonly #pages: OldPages;
  #isClosed = false;

  /** `queue` takes submissions that are near enough. */
  constructor(
    log: RoomLog,
    services: Pick<RoomServices, 'slices' | 'limits'>,
    queue: (pending: PendingSubmission) => void,
  ) {
    this.#log = log;
    this.#pages = new OldPages((version) => log.pageAfter(version));
    this.#services = services;
    this.#queue = queue;
  }

  /** How many submissions wait here. */
  get count(): number {
    let count = 0;
    for (const lane of this.#lanes.values()) count += lane.length;
    return count;
  }

  /** Takes a submission that is late, or behind one of its client that is. False if it may queue at once. */
  take(pending: PendingSubmission): boolean {
    const { submission } = pending;
    const lane = this.#lanes.get(submission.clientId);
    if (lane === undefined && !this.#isLate(submission)) return false;
    if (this.#isClosed) refuse(pending, 'The room is closing');
    else if (lane === undefined) {
      this.#lanes.set(submission.clientId, [pending]);
      void this.#carryLane(submission.clientId);
    } else if (lane.length < this.#services.limits.lateSubmissions) lane.push(pending);
    else refuse(pending, 'Too many submissions on old versions wait', 'rate_limited');
    return true;
  }

  /** Refuses what waits here of a client that has gone on to another clientId. */
  withdraw(clientId: string): void {
    for (const pending of this.#lanes.get(clientId)?.splice(0) ?? []) refuse(pending, WITHDRAWN.message);
  }

  /** Refuses everything that waits here. */
  close(): void {
    this.#isClosed = true;
    for (const lane of this.#lanes.values())
      for (const pending of lane.splice(0)) refuse(pending, 'The room is closing');
  }

  /** A resend is recognised without rebasing it, and what is ahead is refused. */
  #isLate(submission: Submission): boolean {
    const { clientId, seq, version, operations } = submission;
    if (version >= this.#log.head.version || seq <= (this.#log.client(clientId)?.seq ?? 0)) return false;
    return this.#work(version, 2 * operations.length) > SLICE;
  }

  /** How many parts are looked at to rebase an edit of `parts` parts from `version` to the head. */
  #work(version: number, parts: number): number {
    if (!this.#log.reaches(version)) return Infinity;
    return this.#log.partsAfter(version) + (this.#log.head.version - version) * parts;
  }

  async #carryLane(clientId: string): Promise<void> {
    const lane = this.#lanes.get(clientId)!;
    for (let first = lane[0]; first !== undefined; first = lane[0]) {
      // If the log cannot be read, the commit loop finds out too, and knows what to do about it.
      const carried = await this.#carry(first).catch(() => first);
      if (lane[0] !== first) break;
      lane.shift();
      this.#queue(carried);
    }
    this.#lanes.delete(clientId);
    if (this.#lanes.size === 0) this.#pages.clear();
  }

  async #carry(pending: PendingSubmission): Promise<PendingSubmission> {
    const { submission } = pending;
    if (!this.#isLate(submission)) return pending;
    let { version } = submission;
    let grown = 0;
    let edit: Edit;
    try {
      edit = editFromOperations(submission.operations, Number.MAX_SAFE_INTEGER);
    } catch (error) {
      return refusing(pending, error);
    }
    while (this.#work(version, edit.length) > SLICE && !this.#isClosed) {
      const page = this.#log.recentAfter(version) ?? (await this.#pages.after(version));
      if (page.length === 0) break;
      await this.#services.slices.next();
      const changes = firstOf(page, SLICE, edit.length);
      edit = rebase(
        edit,
        changes.map((change) => change.edit),
      );
      for (const change of changes) grown += growth(change.edit);
      version = changes.at(-1)!.version;
    }
    const { head } = this.#log;
    for (const change of this.#log.recentAfter(version) ?? []) grown += growth(change.edit);
    if (requiredBase(submission.operations) > head.text.length - grown) {
      return refusing(pending, new OperationError('bad_operation', 'An operation reaches beyond the end of the text'));
    }
    const carried = { ...submission, version, carried: edit };
    return { ...pending, submission: carried };
  }
}

/** The first changes of a page, at least one, which have at most `parts` parts together; each change counts as `each` more. */
function firstOf(page: readonly Change[], parts: number, each: number): readonly Change[] {
  let left = parts;
  const end = page.findIndex(({ edit }, index) => (left -= edit.length + each) < 0 && index > 0);
  return page.slice(0, end < 0 ? page.length : end);
}

/** The same submission, to be refused for `error` when its turn comes. Throws `error` if it is no fault of the operations. */
function refusing(pending: PendingSubmission, error: unknown): PendingSubmission {
  if (!(error instanceof OperationError)) throw error;
  const { code, message } = error;
  return { ...pending, denied: (head) => pending.denied(head) ?? { code, message } };
}

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
