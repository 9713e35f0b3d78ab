import { stat } from 'node:fs/promises';
import { databaseFile } from '../database/open-database.ts';

/** Bytes of the database in a folder, with what its write-ahead log holds. */
export async function storeBytes(folder: string): Promise<number> {
  const file = databaseFile(folder);
  const sizes = await Promise.all(
    [file, `${file}-wal`].map((part) =>
      stat(part).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
