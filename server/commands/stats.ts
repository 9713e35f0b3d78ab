import { openToRead } from '../stores/sqlite/database/open-database.ts';
import {
  readStatistics,
  type StoreStatistics,
  type TableStatistics,
} from '../stores/sqlite/upkeep/store-statistics.ts';
import { readSettings, type Command } from './command.ts';

/** `weft stats`: what is kept and what it takes. */
export const statsCommand: Command = {
  usage: `Usage: weft stats [options]

Counts documents, changes and bytes. A server may run on the data folder meanwhile.

  --data FOLDER   where documents are kept, ./data unless set (WEFT_DATA)
  --json          one line of JSON; sizes are bytes`,
  options: { data: { type: 'string' }, json: { type: 'boolean' } },
  words: 0,
  async run({ options: { data, json } }) {
    const { config } = readSettings({ WEFT_DATA: data });
    const database = openToRead(config.dataFolder);
    try {
      const statistics = readStatistics(database);
      console.log(json === true ? JSON.stringify(statistics) : describe(statistics));
    } finally {
      database.close();
    }
    return 0;
  },
};

function describe(statistics: StoreStatistics): string {
  const {
    documents,
    trashed,
    users,
    changes,
    compacted,
    chunks,
    runs,
    snapshots,
    clients,
    search,
    freeBytes,
    fileBytes,
  } = statistics;
  const rows: readonly (readonly [string, number, string])[] = [
    ['documents', documents, trashed > 0 ? `${trashed.toLocaleString('en')} of them in the trash` : ''],
    ['users', users, ''],
    ['changes', changes, changes > 0 ? `${(fileBytes / changes).toFixed(1)} bytes each, everything counted` : ''],
    ['compacted', compacted, changes > 0 ? `${((100 * compacted) / changes).toFixed(1)} % of the changes` : ''],
    ['chunks', chunks.rows, size(chunks)],
    ['runs', runs.rows, size(runs)],
    ['snapshots', snapshots.rows, size(snapshots)],
    ['clients', clients.rows, size(clients)],
    ['search', search.rows, size(search)],
  ];
  const lines = rows.map(([name, count, note]) =>
    `${name.padEnd(12)}${count.toLocaleString('en').padStart(14)}   ${note}`.trimEnd(),
  );
  return [
    ...lines,
    `${'database'.padEnd(12)}${megabytes(fileBytes).padStart(14)}   of them ${megabytes(freeBytes)} free`,
  ].join('\n');
}

function size({ bytes }: TableStatistics): string {
  return megabytes(bytes);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 2 : 1)} MB`;
}
