import path from 'node:path';
import { makeFolder } from '../base/durable-files.ts';
import { restore } from '../stores/sqlite/upkeep/restore.ts';
import { readSettings, type Command } from './command.ts';
import { Progress } from './progress.ts';
import { verify } from './verify.ts';

/** `weft restore FILE`: puts a backup in the place of the database. */
export const restoreCommand: Command = {
  usage: `Usage: weft restore FILE [options]

Verifies a backup and puts it in the place of the database, with the secret in FILE.secret where there is one.
Stop the server first. What was there before is moved aside, into a folder that the last line names. Browsers
that knew newer text notice by themselves: unsent work is carried over, and the newer text is offered as a copy.

  --force         also where the data folder holds documents
  --data FOLDER   where documents are kept, ./data unless set (WEFT_DATA)`,
  options: { data: { type: 'string' }, force: { type: 'boolean' } },
  words: 1,
  async run({ options: { data, force }, words: [file = ''] }) {
    const { config } = readSettings({ WEFT_DATA: data });
    const folder = path.resolve(config.dataFolder);
    makeFolder(folder);
    const progress = new Progress('Copying');
    const { aside, hasSecret } = await restore({
      folder,
      file,
      force: force === true,
      asideName: `before-restore-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`,
      onProgress: (done, total) => progress.update(done, total),
      verify: (copy) => {
        progress.update(1, 1);
        progress.end();
        return verify(copy) === 0;
      },
    });
    console.log(`Restored into ${folder}.`);
    if (!hasSecret) {
      console.log(
        'The backup came without its secret. With another one everybody is signed out; see docs/operations.md.',
      );
    }
    if (aside !== undefined) console.log(`What was there before is in ${aside}.`);
    return 0;
  },
};
