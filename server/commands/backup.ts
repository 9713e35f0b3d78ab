import { backUp, secretOfBackup } from '../stores/sqlite/upkeep/backup.ts';
import { readSettings, type Command } from './command.ts';
import { Progress } from './progress.ts';
import { verify } from './verify.ts';

/** `weft backup FILE`: a copy of the documents in one moment. */
export const backupCommand: Command = {
  usage: `Usage: weft backup FILE [options]

Copies all documents, with their history, into one file, and verifies it. A server may run on the data folder
meanwhile. The secret of the data folder goes into FILE.secret beside it; keep both, and keep them to yourself.
Nothing is ever overwritten. Exits with 1 where the copy was not made or holds something damaged.

  --data FOLDER   where documents are kept, ./data unless set (WEFT_DATA)`,
  options: { data: { type: 'string' } },
  words: 1,
  async run({ options: { data }, words: [file = ''] }) {
    const { config } = readSettings({ WEFT_DATA: data });
    const progress = new Progress('Copying');
    const { isWhole, hasSecret } = await backUp(config.dataFolder, file, {
      onProgress: (done, total) => progress.update(done, total),
      verify: (copy) => {
        progress.update(1, 1);
        progress.end();
        return verify(copy) === 0;
      },
    });
    console.log(`Backed up to ${file}${hasSecret ? ` and ${secretOfBackup(file)}` : ''}.`);
    if (!hasSecret)
      console.log('The data folder holds no secret. Where WEFT_SECRET is set, keep that with the backup.');
    if (!isWhole) {
      console.error(
        'The copy is exact, and so are the problems named above. Keep older backups until they are solved.',
      );
    }
    return isWhole ? 0 : 1;
  },
};
