import Database from 'better-sqlite3';
import { AccessCalls } from '../tables/access-calls.ts';
import { CatalogueCalls } from '../tables/catalogue-calls.ts';
import { ChangeLog } from '../log/change-log.ts';
import { ChunkTable } from '../log/chunk-table.ts';
import { ColdRuns } from '../log/cold-runs.ts';
import type { CommitFault } from './commit-fault.ts';
import { KeyTables } from '../log/key-tables.ts';
import { LogCalls } from '../log/log-calls.ts';
import { INCREMENTAL } from './open-database.ts';
import { SnapshotTable } from '../log/snapshot-table.ts';

/** Of the pages of the file, how many may hold nothing; appends use them again before the file grows. */
const FREE_SHARE = 0.1;
const FREE_PAGES = 32;
/** Pages that are given back to the file system at once. */
const VACUUM_PAGES = 64;

/** One connection with all tables on it. Prepared statements live and die with the connection. */
export class StoreDatabase {
  readonly chunks: ChunkTable;
  readonly coldRuns: ColdRuns;
  readonly logCalls: LogCalls;
  readonly catalogueCalls: CatalogueCalls;
  readonly accessCalls: AccessCalls;
  readonly #keys: KeyTables;
  readonly #database: Database.Database;
  readonly #fault: CommitFault | undefined;
  readonly #begin;
  readonly #commit;
  readonly #beat;
  #isSettled: boolean;

  /**
   * `isSettled` is false after a failure: the write-ahead log may then hold what the disk does not, and a sync that is merely
   * repeated can claim success for pages that the system has given up.
   */
  constructor(
    database: Database.Database,
    settings: { isSettled: boolean; fault: CommitFault | undefined; report: (message: string) => void },
  ) {
    this.#database = database;
    this.#fault = settings.fault;
    this.#isSettled = settings.isSettled;
    this.#keys = new KeyTables(database);
    this.chunks = new ChunkTable(database);
    this.coldRuns = new ColdRuns(database);
    const log = new ChangeLog(database, this.#keys, this.chunks);
    const snapshots = new SnapshotTable(database, log, settings.report);
    this.logCalls = new LogCalls(this.#keys, log, snapshots);
    this.accessCalls = new AccessCalls(database, this.#keys);
    this.catalogueCalls = new CatalogueCalls(database, this.#keys, log, this.accessCalls);
    this.#begin = database.prepare('BEGIN IMMEDIATE');
    this.#commit = database.prepare('COMMIT');
    this.#beat = database.prepare('UPDATE heartbeat SET beats = beats + 1');
  }

  /** Does the work and commits it, or throws and leaves nothing (where the commit itself failed: nobody knows). */
  transact<Result>(work: () => Result): Result {
    this.#settle();
    this.#begin.run();
    try {
      const result = work();
      const commit = (): unknown => this.#commit.run();
      if (this.#fault === undefined) commit();
      else this.#fault.run(commit);
      return result;
    } catch (error) {
      this.#keys.forget();
      if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  /** A write that changes nothing anybody reads. */
  beat(): void {
    this.transact(() => this.#beat.run());
  }

  /** Shortens the file by a few pages where many are free; false where there is nothing to do. */
  vacuum(): boolean {
    const pragma = (name: string): number => this.#database.pragma(name, { simple: true }) as number;
    const free = pragma('freelist_count');
    const isEnough = free > Math.max(FREE_PAGES, pragma('page_count') * FREE_SHARE);
    if (!isEnough || pragma('auto_vacuum') !== INCREMENTAL) return false;
    this.transact(() => this.#database.pragma(`incremental_vacuum(${VACUUM_PAGES})`));
    return true;
  }

  /** Writes everything anew without free pages, in one transaction. A database of before learns to be shortened. */
  rebuild(): void {
    this.#settle();
    this.#database.pragma(`auto_vacuum = ${INCREMENTAL}`);
    this.#database.exec('VACUUM');
  }

  /** Closes; what the write-ahead log holds goes into the database where that is possible now, else at the next start. */
  close(): void {
    this.#database.close();
  }

  /** Writes what the write-ahead log holds to the database anew, so that new commits stand on pages that were really synced. */
  #settle(): void {
    if (this.#isSettled) return;
    const [row] = this.#database.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
    if (row?.busy !== 0) throw new Database.SqliteError('Another program is reading the database', 'SQLITE_BUSY');
    this.#isSettled = true;
  }
}
