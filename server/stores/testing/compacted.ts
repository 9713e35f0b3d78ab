import Database from 'better-sqlite3';
import { expect } from 'vitest';
import { databaseFile } from '../sqlite/database/database-file.ts';
import type { SqliteStore } from '../sqlite/sqlite-store.ts';
import type { Writer } from './runs.ts';

/** Types changes in runs of `size`, each of them its number. */
export async function type(store: SqliteStore, writer: Writer, count: number, size = 10): Promise<void> {
  for (let done = 0; done < count; done += size) {
    const first = writer.head.version + 1;
    await writer.type(
      store,
      Array.from({ length: size }, (_, index) => [`${first + index};`]),
    );
  }
}

export interface Span {
  readonly version: number;
  readonly size: number;
}

/** Where chunks and runs of the first document begin, and how long they are. */
export function stored(folder: string): { chunks: Span[]; runs: Span[] } {
  const database = new Database(databaseFile(folder), { readonly: true });
  const spans = (table: string): Span[] =>
    database.prepare<[], Span>(`SELECT version, size FROM ${table} WHERE document = 1 ORDER BY version`).all();
  const found = { chunks: spans('chunk'), runs: spans('run') };
  database.close();
  return found;
}

export function sizes(spans: readonly Span[]): number[] {
  return spans.map(({ size }) => size);
}

/** How many changes, which must lie one behind the other. */
export function total({ chunks, runs }: ReturnType<typeof stored>): number {
  let next = 1;
  for (const { version, size } of [...chunks, ...runs]) {
    expect(version).toBe(next);
    next += size;
  }
  return next - 1;
}
