import type Database from 'better-sqlite3';
import type { User } from '../../../../shared/protocol/fields.ts';
import { composed, folded } from '../../search-words.ts';
import type { Synchronous } from '../../synchronous.ts';
import type { Acquaintance, AcquaintanceQuery, Visit, VisitCatalogue } from '../../visit-catalogue.ts';
import type { KeyTables } from '../log/key-tables.ts';

/** Acquaintances whose names are looked at. */
const MOST_LOOKED_AT = 5000;
/** Milliseconds, a year: as long as the cookie of a guest lives. Then the visit of somebody who is no member is forgotten. */
const KEPT_FOR = 31_536_000_000;
/** Visits that are forgotten when one is saved. */
const FADING = 100;

interface AcquaintanceRow extends User {
  readonly lastSeenAt: number | null;
}

/** The calls on visits and watches. Those that write are called inside a transaction. */
export class VisitCalls implements Synchronous<VisitCatalogue> {
  readonly #keys: KeyTables;
  readonly #visit;
  readonly #fade;
  readonly #watch;
  readonly #unwatch;
  readonly #isWatched;
  readonly #acquaintances;

  constructor(database: Database.Database, keys: KeyTables) {
    this.#keys = keys;
    this.#visit = database.prepare(
      `INSERT INTO visit (user, document, version, seen_at) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET version = excluded.version, seen_at = excluded.seen_at
       WHERE excluded.seen_at >= seen_at`,
    );
    this.#fade = database.prepare<[{ document: number; before: number }]>(
      `DELETE FROM visit WHERE document = @document AND user IN (
         SELECT user FROM visit WHERE document = @document AND seen_at < @before
           AND user NOT IN (SELECT user FROM member WHERE document = @document)
         ORDER BY seen_at LIMIT ${FADING})`,
    );
    this.#watch = database.prepare('INSERT INTO watch (user, document, since) VALUES (?, ?, ?) ON CONFLICT DO NOTHING');
    this.#unwatch = database.prepare('DELETE FROM watch WHERE user = ? AND document = ?');
    this.#isWatched = database
      .prepare<[number, number], number>('SELECT count(*) FROM watch WHERE user = ? AND document = ?')
      .pluck();
    this.#acquaintances = database.prepare<
      [{ document: number; owner: number; ofOthers: number; limit: number }],
      AcquaintanceRow
    >(
      `SELECT user.id, name, color, seen_at AS lastSeenAt FROM (
           SELECT user FROM visit WHERE document = @document
           UNION SELECT redemption.user FROM redemption JOIN share_link ON share_link.key = redemption.link
             WHERE share_link.document = @document
           UNION SELECT other.user FROM member AS own JOIN member AS other ON other.document = own.document
             WHERE @ofOthers AND own.user = @owner AND own.role = 'owner') AS known
         JOIN user ON user.key = known.user
         LEFT JOIN visit ON visit.user = known.user AND visit.document = @document
       WHERE known.user <> @owner AND known.user NOT IN (SELECT user FROM member WHERE document = @document)
       ORDER BY seen_at DESC NULLS LAST, name, user.key LIMIT @limit`,
    );
  }

  saveVisits(visits: readonly Visit[]): void {
    for (const { documentId, user, version, seenAt } of visits) {
      const document = this.#keys.document(documentId);
      if (document === undefined) continue;
      this.#visit.run(this.#keys.knownUser(user).key, document, version, seenAt);
      this.#fade.run({ document, before: seenAt - KEPT_FOR });
    }
  }

  setWatch(documentId: string, user: User, isWatched: boolean, now: number): void {
    const document = this.#keys.document(documentId);
    if (document === undefined) return;
    if (isWatched) {
      this.#watch.run(this.#keys.knownUser(user).key, document, now);
    } else {
      const known = this.#keys.user(user.id)?.key;
      if (known !== undefined) this.#unwatch.run(known, document);
    }
  }

  isWatched(documentId: string, userId: string): boolean {
    const document = this.#keys.document(documentId);
    const user = this.#keys.user(userId)?.key;
    return document !== undefined && user !== undefined && this.#isWatched.get(user, document) === 1;
  }

  listAcquaintances(documentId: string, query: AcquaintanceQuery): Acquaintance[] {
    const { userId, name = '', limit, ofOthers } = query;
    const document = this.#keys.document(documentId);
    if (document === undefined) return [];
    const owner = this.#keys.user(userId)?.key ?? 0;
    const part = folded(composed(name));
    const known = { document, owner, ofOthers: ofOthers ? 1 : 0, limit: MOST_LOOKED_AT };
    const people: Acquaintance[] = [];
    for (const { lastSeenAt, ...user } of this.#acquaintances.all(known)) {
      if (people.length === limit) break;
      if (!folded(composed(user.name)).includes(part)) continue;
      people.push({ user, ...(lastSeenAt !== null && { lastSeenAt }) });
    }
    return people;
  }
}
