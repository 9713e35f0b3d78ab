import { openToRead } from '../stores/sqlite/database/open-database.ts';
import { SqliteStore } from '../stores/sqlite/sqlite-store.ts';
import { readStatistics } from '../stores/sqlite/upkeep/store-statistics.ts';
import { readSettings, type Command } from './command.ts';
import { Progress } from './progress.ts';

/** `weft compact`: what a running server does bit by bit, at once and for everything. */
export const compactCommand: Command = {
  usage: `Usage: weft compact [options]

Compacts the history of all documents, whatever their age, and gives free space back to the disk. No change is
lost: each keeps its author and its time. A running server does this by itself, for cold history; stop it first.
Needs room for a second copy of the database while it works.

  --data FOLDER   where documents are kept, ./data unless set (WEFT_DATA)`,
  options: { data: { type: 'string' } },
  words: 0,
  async run({ options: { data } }) {
    const { config } = readSettings({ WEFT_DATA: data });
    // Throws if there is no database; the store would create one.
    openToRead(config.dataFolder).close();
    const store = await SqliteStore.open({ folder: config.dataFolder, report: (message) => console.error(message) });
    try {
      const before = count(config.dataFolder);
      const progress = new Progress('Compacting');
      let moved = 0;
      await store.compact({ keep: 0, idleAfter: 0 }, Number.MAX_SAFE_INTEGER, (changes) => {
        moved += changes;
        progress.update(moved, before.changes - before.compacted);
      });
      await store.rebuild();
      progress.update(1, 1);
      progress.end();
      const after = count(config.dataFolder);
      const size = (bytes: number): string => `${(bytes / 1_000_000).toFixed(2)} MB`;
      console.log(
        `${moved.toLocaleString('en')} changes compacted; the database went from ${size(before.fileBytes)} to ${size(after.fileBytes)}.`,
      );
    } finally {
      await store.close();
    }
    return 0;
  },
};

function count(folder: string): ReturnType<typeof readStatistics> {
  const database = openToRead(folder);
  try {
    return readStatistics(database);
  } finally {
    database.close();
  }
}
