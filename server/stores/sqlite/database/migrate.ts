import type Database from 'better-sqlite3';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { composed, folded } from '../../search-words.ts';
import { StoreError } from '../../store-error.ts';

/** The folder of the project's migrations, both from the sources and from `dist/`. */
export const MIGRATIONS = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../../../migrations' : '../../../../../migrations', import.meta.url),
);

interface Migration {
  /** The schema's number after it has run; dense from 1 on. */
  readonly number: number;
  readonly file: string;
}

/**
 * Brings a database to the newest schema: numbered SQL files, each run once, in order, in its own transaction. `user_version` holds
 * the number of the last one. They may call `folded`, which SQLite does not have. Throws StoreError STORE_TOO_NEW if the database is ahead of these files.
 */
export function migrate(database: Database.Database, folder: string): void {
  const missing = missingMigrations(database, folder);
  if (missing.length > 0) {
    database.function('folded', { deterministic: true }, (text) => folded(composed(String(text))));
  }
  for (const { number, file } of missing) {
    const sql = readFileSync(file, 'utf8');
    database.exec('BEGIN IMMEDIATE');
    try {
      database.exec(sql);
      database.pragma(`user_version = ${number}`);
      database.exec('COMMIT');
    } catch (error) {
      if (database.inTransaction) database.exec('ROLLBACK');
      throw error;
    }
  }
}

/** The migrations that a database still lacks. Throws StoreError STORE_TOO_NEW if it is ahead of these files. */
export function missingMigrations(database: Database.Database, folder: string): readonly Migration[] {
  const migrations = listMigrations(folder);
  const current = schemaNumber(database);
  if (current > migrations.length) {
    throw new StoreError(
      'STORE_TOO_NEW',
      `The database ${database.name} has schema ${current}, and this version of Weft knows schemas up to ${migrations.length}. ` +
        'A newer version wrote it: start that one, or restore a backup from before the upgrade.',
    );
  }
  return migrations.slice(current);
}

/** How many migrations were run on a database. */
export function schemaNumber(database: Database.Database): number {
  return database.pragma('user_version', { simple: true }) as number;
}

function listMigrations(folder: string): Migration[] {
  const names = readdirSync(folder).filter((name) => /^\d{4}-.+\.sql$/.test(name));
  const migrations = names.sort().map((name) => ({ number: Number(name.slice(0, 4)), file: path.join(folder, name) }));
  for (const [index, { number, file }] of migrations.entries()) {
    if (number !== index + 1) throw new Error(`Migration ${index + 1} is missing before ${file}`);
  }
  return migrations;
}
