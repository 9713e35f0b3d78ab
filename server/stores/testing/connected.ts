import { onTestFinished } from 'vitest';
import { MIGRATIONS } from '../sqlite/database/migrate.ts';
import { openAgain, type Place } from '../sqlite/database/open-database.ts';
import { StoreDatabase } from '../sqlite/database/store-database.ts';

/** Another connection to the database of a store that has created it, until the running test has finished. */
export function connected(folder: string, { maximumBytes }: Pick<Place, 'maximumBytes'> = {}): StoreDatabase {
  const connection = openAgain({ folder, migrations: MIGRATIONS, maximumBytes });
  const database = new StoreDatabase(connection, { isSettled: true, fault: undefined, report: () => undefined });
  onTestFinished(() => database.close());
  return database;
}
