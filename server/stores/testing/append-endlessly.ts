/**
 * Appends to several documents at once, and compacts them meanwhile, until it is killed: `append-endlessly.ts FOLDER
 * DOCUMENT…`. Prints a line "document version" for each run once it is acknowledged, and one "document ? version" before it asks.
 */
import { writeSync } from 'node:fs';
import { SqliteStore } from '../sqlite/sqlite-store.ts';
import { createDocument, Writer } from './runs.ts';

const [folder = '', ...documents] = process.argv.slice(2);
const store = await SqliteStore.open({ folder });

async function write(documentId: string): Promise<void> {
  if ((await store.findDocument(documentId)) === undefined) await createDocument(store, documentId);
  const writer = new Writer(documentId);
  writer.head = await store.head(documentId);
  for (const change of await store.changesAfter(documentId, 0, Infinity)) writer.changes.push(change);
  for (;;) {
    const version = writer.head.version + 1;
    // Straight to the pipe: what was printed is printed, whenever the kill comes.
    writeSync(1, `${documentId} ? ${version}\n`);
    await writer.type(store, [[`${documentId} ${version};`]]);
    writeSync(1, `${documentId} ${version}\n`);
    if (version % 50 === 0)
      await store.saveSnapshot(documentId, { ...writer.head, text: textUpTo(documentId, version) });
  }
}

/** Every version puts its own name in front. */
function textUpTo(documentId: string, version: number): string {
  let text = '';
  for (let each = 1; each <= version; each += 1) text = `${documentId} ${each};${text}`;
  return text;
}

async function compact(): Promise<void> {
  for (;;) await store.compact({ keep: 0, idleAfter: 0 }, Number.MAX_SAFE_INTEGER);
}

await Promise.all([...documents.map(write), compact()]);
