import { onTestFinished } from 'vitest';
import type { Problem } from '../sqlite/upkeep/log-replay.ts';
import { openToRead } from '../sqlite/database/open-database.ts';
import { SqliteStore, type SqliteStoreOptions } from '../sqlite/sqlite-store.ts';
import { checkStore } from '../sqlite/upkeep/store-check.ts';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';

/** A store that is closed when the running test has finished, by default in a fresh folder. */
export async function openStore(options: Partial<SqliteStoreOptions> = {}): Promise<SqliteStore> {
  const folder = options.folder ?? temporaryFolder();
  const store = await SqliteStore.open({ ...options, folder });
  onTestFinished(() => store.close());
  return store;
}

/** Compacts all but the newest run of every document that has enough for a chunk. */
export function compactAll(store: SqliteStore, onStep?: (moved: number) => void): Promise<void> {
  return store.compact({ keep: 0, idleAfter: 0 }, Number.MAX_SAFE_INTEGER, onStep);
}

/** What `weft verify` finds wrong in a data folder. */
export function problemsIn(folder: string): readonly Problem[] {
  const problems: Problem[] = [];
  const database = openToRead(folder);
  checkStore(database, {
    onProblem: (problem) => problems.push(problem),
    onSearchProblem: (message) => problems.push({ message }),
    onProgress: () => undefined,
  });
  database.close();
  return problems;
}
