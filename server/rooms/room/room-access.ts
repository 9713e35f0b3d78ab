import type { Clock } from '../../../shared/clock.ts';
import { isAmong } from '../../access/origins.ts';
import { roleOf, whyNotEdit, type EditRefusal, type RoleNow } from '../../access/roles.ts';
import type { Requester } from '../../access/identity.ts';
import { NO_ACCESS, type AccessCatalogue, type UserAccess } from '../../stores/access-catalogue.ts';
import type { DocumentCatalogue, DocumentRecord } from '../../stores/document-catalogue.ts';
import { noSuchDocument } from '../../base/refusal.ts';

/** What a room reads from the catalogue. */
export type RoomCatalogue = Pick<DocumentCatalogue, 'findDocument'> & Pick<AccessCatalogue, 'userAccess'>;

/** What is known of a user who is held. */
interface Known {
  userAccess: UserAccess;
  /** How many sessions and submissions need it. */
  holds: number;
  /** The number of the read that it comes from. */
  asOf: number;
}

/**
 * What everybody who is in a room, or waits for a commit in it, may do there now. Read from the catalogue when somebody comes and
 * when access has changed, so that a submission is judged by the access that holds when it is sequenced.
 */
export class RoomAccess {
  /** The settings of the document. */
  record: DocumentRecord;
  readonly #catalogue: RoomCatalogue;
  readonly #clock: Clock;
  readonly #known = new Map<string, Known>();
  /** How many reads have begun. */
  #reads = 0;
  /** Users who will be read at the end of this turn, and the promise for all of them. */
  readonly #coming = new Set<string>();
  #answer: Promise<void> | undefined;

  constructor(record: DocumentRecord, catalogue: RoomCatalogue, clock: Clock) {
    this.record = record;
    this.#catalogue = catalogue;
    this.#clock = clock;
  }

  /** The role of a requester now; undefined if the document does not exist for them. Who is not held counts as a stranger. */
  roleOf(requester: Requester): RoleNow | undefined {
    // Whoever sits before a page that may not show the document has none there.
    if (requester.origin !== undefined && !isAmong(this.record.embedOrigins ?? 'any', requester.origin))
      return undefined;
    const { userAccess } = this.#known.get(requester.id) ?? { userAccess: NO_ACCESS };
    return roleOf(this.record, requester, userAccess, this.#clock.now());
  }

  /** Why somebody who is connected may not edit now; undefined if they may. Asked when a submission is sequenced. */
  whyNotEdit(requester: Requester): EditRefusal | undefined {
    return whyNotEdit(this.roleOf(requester)?.role, requester.token, this.#clock.now());
  }

  /** The role of a requester who must have one. Throws RefusalError `not_found`. */
  requireRole(requester: Requester): RoleNow {
    const now = this.roleOf(requester);
    if (now === undefined) throw noSuchDocument();
    return now;
  }

  /** Reads what a user may do, and keeps it up to date until the returned function is called. */
  async hold(userId: string): Promise<() => void> {
    const release = this.keep(userId);
    try {
      await this.#readTogether(userId);
      return release;
    } catch (error) {
      release();
      throw error;
    }
  }

  /** The same without reading: keeps what is known already, if anything, up to date. */
  keep(userId: string): () => void {
    const known = this.#known.get(userId) ?? { userAccess: NO_ACCESS, holds: 0, asOf: 0 };
    known.holds += 1;
    this.#known.set(userId, known);
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      known.holds -= 1;
      if (known.holds === 0) this.#known.delete(userId);
    };
  }

  /** Reads again the settings of the document, and what everybody, or one user, may do. */
  async refresh(userId?: string): Promise<void> {
    const userIds = [...this.#known.keys()].filter((id) => userId === undefined || id === userId);
    const read = userIds.length > 0 ? this.#read(userIds) : undefined;
    const [record] = await Promise.all([this.#catalogue.findDocument(this.record.id), read]);
    if (record !== undefined) this.record = record;
  }

  /** Users who come in one turn of the event loop are read together: after an outage of the network everybody comes at once. */
  #readTogether(userId: string): Promise<void> {
    this.#coming.add(userId);
    this.#answer ??= new Promise((resolve, reject) => {
      setImmediate(() => {
        const userIds = [...this.#coming];
        this.#coming.clear();
        this.#answer = undefined;
        this.#read(userIds).then(resolve, reject);
      });
    });
    return this.#answer;
  }

  /** Reads may overtake each other; the one that began last holds. */
  async #read(userIds: readonly string[]): Promise<void> {
    this.#reads += 1;
    const asOf = this.#reads;
    const found = await this.#catalogue.userAccess(this.record.id, userIds);
    for (const [userId, userAccess] of found) {
      const known = this.#known.get(userId);
      if (known === undefined || known.asOf >= asOf) continue;
      known.userAccess = userAccess;
      known.asOf = asOf;
    }
  }
}
