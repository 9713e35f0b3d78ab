import type { Clock } from '../../../shared/clock.ts';
import { roleOf, whyNotEdit, type EditRefusal, type RoleNow } from '../../access/roles.ts';
import type { Requester } from '../../access/requester.ts';
import type { AccessCatalogue } from '../../stores/access-catalogue.ts';
import type { DocumentRecord } from '../../stores/document-catalogue.ts';
import { NO_ACCESS, type UserAccess } from '../../stores/user-access.ts';

/** What is known of somebody while they are of interest. */
interface Known {
  userAccess: UserAccess;
  /** How many stays and submissions need it. */
  holds: number;
  /** The number of the question that was answered last. */
  asOf: number;
}

/**
 * What everybody who is in a room, or waits for a commit in it, may do there now. It is read from the catalogue when somebody
 * comes and when access was changed, so that a submission is judged by what holds when it is sequenced.
 */
export class RoomAccess {
  record: DocumentRecord;
  readonly #catalogue: Pick<AccessCatalogue, 'userAccess'>;
  readonly #clock: Clock;
  readonly #known = new Map<string, Known>();
  #asked = 0;
  /** Who will be asked about at the end of this turn, and the answer that they get. */
  readonly #coming = new Set<string>();
  #answer: Promise<void> | undefined;

  constructor(record: DocumentRecord, catalogue: Pick<AccessCatalogue, 'userAccess'>, clock: Clock) {
    this.record = record;
    this.#catalogue = catalogue;
    this.#clock = clock;
  }

  /** The role of a viewer now. Whoever is not held is a stranger. */
  roleOf(requester: Requester): RoleNow | undefined {
    const { userAccess } = this.#known.get(requester.id) ?? { userAccess: NO_ACCESS };
    return roleOf(this.record, requester, userAccess, this.#clock.now());
  }

  /** Why somebody who is connected may not edit now; undefined if they may. Asked when a submission is sequenced. */
  whyNotEdit(requester: Requester): EditRefusal | undefined {
    return whyNotEdit(this.roleOf(requester)?.role, requester.token, this.#clock.now());
  }

  /** Reads what is known of a user, and keeps it up to date until the returned function is called. */
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

  /** Keeps up to date what is known of a user already, until the returned function is called. */
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

  /** Reads anew what is known of everybody, or of one user. */
  async refresh(userId?: string): Promise<void> {
    const userIds = [...this.#known.keys()].filter((id) => userId === undefined || id === userId);
    if (userIds.length > 0) await this.#read(userIds);
  }

  /** Those who come in one turn of the loop are one question: after a restart of the network everybody comes at once. */
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

  /** Answers may overtake each other; the one that was asked for last holds. */
  async #read(userIds: readonly string[]): Promise<void> {
    this.#asked += 1;
    const asOf = this.#asked;
    const found = await this.#catalogue.userAccess(this.record.id, userIds);
    for (const [userId, userAccess] of found) {
      const known = this.#known.get(userId);
      if (known === undefined || known.asOf >= asOf) continue;
      known.userAccess = userAccess;
      known.asOf = asOf;
    }
  }
}
