import Database from 'better-sqlite3';
import { AccessCalls } from '../tables/access-calls.ts';
import { CatalogueCalls } from '../tables/catalogue-calls.ts';
import { DigestTable } from '../tables/digest-table.ts';
import { ListCalls } from '../tables/list-calls.ts';
import { SearchTable } from '../tables/search-table.ts';
import { VisitCalls } from '../tables/visit-calls.ts';
import { ChangeLog } from '../log/change-log.ts';
import { ChunkTable } from '../log/chunk-table.ts';
import { RunTable } from '../log/run-table.ts';
import type { CommitFault } from './commit-fault.ts';
import { KeyTables } from '../log/key-tables.ts';
import { LogCalls } from '../log/log-calls.ts';
import { INCREMENTAL_VACUUM } from './open-database.ts';
import { SnapshotTable } from '../log/snapshot-table.ts';

/** Free pages that the file may have, as a share of all its pages and at least; appends use them again before the file grows. */
const FREE_SHARE = 0.1;
const FREE_PAGES = 32;
/** What the database may fill of its largest size before it takes only what nobody could make anew. */
const FULL_SHARE = 0.9;
/** Pages that one step of incremental vacuum gives back to the file system. */
const VACUUM_PAGES = 64;

/** One connection with all tables on it. Prepared statements live and die with the connection. */
export class StoreDatabase {
  readonly chunks: ChunkTable;
  readonly runs: RunTable;
  readonly logCalls: LogCalls;
  readonly catalogueCalls: CatalogueCalls;
  readonly accessCalls: AccessCalls;
  readonly listCalls: ListCalls;
  readonly visitCalls: VisitCalls;
  readonly search: SearchTable;
  readonly digests: DigestTable;
  readonly keys: KeyTables;
  readonly #database: Database.Database;
  readonly #fault: CommitFault | undefined;
  readonly #begin;
  readonly #commit;
  readonly #beat;
  #isSettled: boolean;

  /**
   * `isSettled` is false after a failure: the write-ahead log (WAL) may then hold what the disk does not, and a repeated fsync can
   * claim success for pages that the system has given up.
   */
  constructor(
    database: Database.Database,
    settings: { isSettled: boolean; fault: CommitFault | undefined; report: (message: string) => void },
  ) {
    this.#database = database;
    this.#fault = settings.fault;
    this.#isSettled = settings.isSettled;
    this.keys = new KeyTables(database);
    this.chunks = new ChunkTable(database);
    this.runs = new RunTable(database);
    const log = new ChangeLog(database, { keys: this.keys, chunks: this.chunks, runs: this.runs });
    const snapshots = new SnapshotTable(database, log, settings.report);
    this.logCalls = new LogCalls(this.keys, log, snapshots);
    this.accessCalls = new AccessCalls(database, this.keys);
    this.catalogueCalls = new CatalogueCalls(database, this.keys, log, this.accessCalls);
    this.search = new SearchTable(database);
    this.digests = new DigestTable(database);
    this.listCalls = new ListCalls(database, this.keys, this.accessCalls, this.search);
    this.visitCalls = new VisitCalls(database, this.keys);
    this.#begin = database.prepare('BEGIN IMMEDIATE');
    this.#commit = database.prepare('COMMIT');
    this.#beat = database.prepare('UPDATE heartbeat SET beats = beats + 1');
  }

  /** Does the work and commits it, or throws and leaves nothing. If the commit itself failed, the outcome is unknown. */
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
      this.keys.forget();
      if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  /** Does the work on the database as it is at one moment, whatever another connection commits meanwhile. */
  read<Result>(work: () => Result): Result {
    this.keys.forget();
    return this.#database.transaction(work).deferred();
  }

  /** A write that changes nothing anybody reads. */
  beat(): void {
    this.transact(() => this.#beat.run());
  }

  /** Whether what is left until the largest size (`Place.maximumBytes`) is kept for the log. */
  get isNearlyFull(): boolean {
    const used = this.#pragma('page_count') - this.#pragma('freelist_count');
    return used > this.#pragma('max_page_count') * FULL_SHARE;
  }

  /** One step of incremental vacuum; false if there are few free pages, or the database was made without it. */
  vacuum(): boolean {
    const free = this.#pragma('freelist_count');
    const isEnough = free > Math.max(FREE_PAGES, this.#pragma('page_count') * FREE_SHARE);
    if (!isEnough || this.#pragma('auto_vacuum') !== INCREMENTAL_VACUUM) return false;
    this.transact(() => this.#database.pragma(`incremental_vacuum(${VACUUM_PAGES})`));
    return true;
  }

  /** Runs VACUUM: writes the file anew without free pages. Also turns on incremental vacuum in older databases. */
  rebuild(): void {
    this.#settle();
    this.#database.pragma(`auto_vacuum = ${INCREMENTAL_VACUUM}`);
    this.#database.exec('VACUUM');
  }

  /** Closes; the write-ahead log is checkpointed into the database if that is possible now, else at the next start. */
  close(): void {
    this.#database.close();
  }

  #pragma(name: string): number {
    return this.#database.pragma(name, { simple: true }) as number;
  }

  /** Checkpoints the whole write-ahead log, so that new commits stand on pages that were really synced. */
  #settle(): void {
    if (this.#isSettled) return;
    const [row] = this.#database.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
    if (row?.busy !== 0) throw new Database.SqliteError('Another program is reading the database', 'SQLITE_BUSY');
    this.#isSettled = true;
  }
}
