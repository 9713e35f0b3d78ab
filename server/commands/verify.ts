import { openToRead } from '../stores/sqlite/database/open-database.ts';
import type { Problem } from '../stores/sqlite/upkeep/log-replay.ts';
import { checkStore } from '../stores/sqlite/upkeep/store-check.ts';
import { readSettings, type Command } from './command.ts';
import { Progress } from './progress.ts';

/** Most problems that are printed; a garbage file has millions. */
const SHOWN = 100;

/** `weft verify`: reads everything and says what is wrong, and where. */
export const verifyCommand: Command = {
  usage: `Usage: weft verify [options]

Reads everything that is stored and checks that it fits together: the file, the whole log of every document,
times, checksums, clients, and each snapshot against the log. A server may run on the data folder meanwhile.
Exits with 0 where all is well, with 1 where it is not; docs/operations.md says what to do then.

  --data FOLDER   where documents are kept, ./data unless set (WEFT_DATA)`,
  options: { data: { type: 'string' } },
  words: 0,
  async run({ options: { data } }) {
    const { config } = readSettings({ WEFT_DATA: data });
    const database = openToRead(config.dataFolder);
    try {
      return verify(database);
    } finally {
      database.close();
    }
  },
};

/** Checks an open database and prints what it finds. Returns the exit code. */
export function verify(database: Parameters<typeof checkStore>[0]): 0 | 1 {
  const progress = new Progress('Verifying');
  let shown = 0;
  const { documents, changes, problems, damaged } = checkStore(database, {
    onProgress: (done, total) => progress.update(done, total),
    onProblem: (problem) => {
      progress.end();
      shown += 1;
      if (shown <= SHOWN) console.log(describe(problem));
    },
    onSearchProblem: (message) => {
      progress.end();
      console.log(`search index: ${message}; the next start makes it anew from the documents`);
    },
  });
  progress.end();
  const what = `${documents.toLocaleString('en')} documents with ${changes.toLocaleString('en')} changes`;
  if (problems === 0) console.log(`${what}: all is well.`);
  else {
    if (problems > SHOWN) console.log(`… and ${problems - SHOWN} more`);
    console.log(`${what}: ${problems} problems, in ${damaged} documents. docs/operations.md says what to do.`);
  }
  return problems === 0 ? 0 : 1;
}

function describe({ documentId, version, message }: Problem): string {
  const place = documentId === undefined ? 'database' : `document ${documentId}`;
  return `${place}${version === undefined ? '' : `, version ${version}`}: ${message}`;
}
