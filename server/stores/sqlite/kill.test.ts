import Database from 'better-sqlite3';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { childProcess } from '../testing/child-process.ts';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { textOf } from '../testing/runs.ts';
import { openStore, problemsIn } from '../testing/stores.ts';
import { databaseFile } from './database/database-file.ts';

const ROUNDS = 5;
const DOCUMENTS = ['a', 'b', 'c', 'd'];

it(`kill -9 in mid-commit and mid-compaction, ${ROUNDS} times: everything acknowledged is there, and nothing that was never asked for (FS1)`, async () => {
  const folder = temporaryFolder();
  const acknowledged = new Map(DOCUMENTS.map((id) => [id, 0]));
  const asked = new Map(DOCUMENTS.map((id) => [id, 0]));
  const chunks: number[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    const child = childProcess('append-endlessly.ts', folder, ...DOCUMENTS);
    let lines = 0;
    let rest = '';
    child.stdout!.on('data', (text: string) => {
      const whole = (rest + text).split('\n');
      rest = whole.pop()!;
      for (const line of whole) {
        lines += 1;
        const [id, ...words] = line.split(' ');
        (words.length === 1 ? acknowledged : asked).set(id!, Number(words.at(-1)));
      }
      // Another moment of the commit cycle in each round.
      if (lines > 400 + 37 * round) child.kill('SIGKILL');
    });
    await once(child, 'close');

    const store = await openStore({ folder });
    for (const id of DOCUMENTS) {
      const changes = await store.changesAfter(id, 0, Infinity);
      expect(changes.map(({ version, seq }) => [version, seq])).toEqual(
        changes.map((_, index) => [index + 1, index + 1]),
      );
      expect(changes.length, `${id}, round ${round}`).toBeGreaterThanOrEqual(acknowledged.get(id)!);
      expect(changes.length, `${id}, round ${round}`).toBeLessThanOrEqual(asked.get(id)!);
      const version = changes.length;
      expect((await store.client(id, 'client-of-user-anna'))!).toEqual({ userId: 'user-anna', seq: version, version });
      const wanted = changes.map((change) => `${id} ${change.version};`).reverse();
      expect(textOf((await store.load(id))!)).toBe(wanted.join(''));
    }
    await store.close();
    expect(problemsIn(folder)).toEqual([]);
    chunks.push(newestChunk(folder));
  }
  // Each round compacted more.
  expect(chunks).toEqual([...new Set(chunks)].sort((a, b) => a - b));
  expect([...acknowledged.values()].every((version) => version > 100)).toBe(true);
});

/** The newest version in a chunk. */
function newestChunk(folder: string): number {
  const database = new Database(databaseFile(folder), { readonly: true });
  const version = database.prepare('SELECT coalesce(max(version + size - 1), 0) FROM chunk').pluck().get() as number;
  database.close();
  return version;
}
