import type Database from 'better-sqlite3';

/** Rows of a table, and the bytes of the pages of the table and its indexes. */
export interface TableStatistics {
  readonly rows: number;
  readonly bytes: number;
}

/** What a store holds, and how much space it takes on disk. */
export interface StoreStatistics {
  readonly documents: number;
  /** Of these, in the trash. */
  readonly trashed: number;
  readonly users: number;
  readonly changes: number;
  /** Of these, in chunks. */
  readonly compacted: number;
  readonly chunks: TableStatistics;
  readonly runs: TableStatistics;
  readonly snapshots: TableStatistics;
  readonly clients: TableStatistics;
  /** The pieces of texts that search finds, with their index and what lists show. */
  readonly search: TableStatistics;
  /** Bytes of free pages, which are used before the file grows. */
  readonly freeBytes: number;
  /** The whole database file. */
  readonly fileBytes: number;
}

/** The tables that are made from the log and only serve lists and search. */
const SEARCH = /^(piece|piece_index_.*|digest|writer)$/;

/** Counts everything in one read transaction; reads the whole file once. */
export function readStatistics(database: Database.Database): StoreStatistics {
  return database.transaction(() => {
    const number = (sql: string): number => database.prepare<[], number>(sql).pluck().get() ?? 0;
    const bytes = new Map(
      database
        .prepare<[], { table: string; bytes: number }>(
          `SELECT tbl_name AS "table", sum(pgsize) AS bytes FROM dbstat JOIN sqlite_schema USING (name)
           WHERE aggregate = TRUE GROUP BY tbl_name`,
        )
        .all()
        .map((row) => [row.table, row.bytes]),
    );
    const table = (name: string): TableStatistics => ({
      rows: number(`SELECT count(*) FROM ${name}`),
      bytes: bytes.get(name) ?? 0,
    });
    const compacted = number('SELECT coalesce(sum(size), 0) FROM chunk');
    const pageSize = number('PRAGMA page_size');
    return {
      documents: number('SELECT count(*) FROM document'),
      trashed: number('SELECT count(*) FROM document WHERE trashed_at IS NOT NULL'),
      users: number('SELECT count(*) FROM user'),
      changes: compacted + number('SELECT coalesce(sum(size), 0) FROM run'),
      compacted,
      chunks: table('chunk'),
      runs: table('run'),
      snapshots: table('snapshot'),
      clients: table('client'),
      search: {
        rows: number('SELECT count(*) FROM piece'),
        bytes: [...bytes].reduce((sum, [name, size]) => sum + (SEARCH.test(name) ? size : 0), 0),
      },
      freeBytes: number('PRAGMA freelist_count') * pageSize,
      fileBytes: number('PRAGMA page_count') * pageSize,
    };
  })();
}
