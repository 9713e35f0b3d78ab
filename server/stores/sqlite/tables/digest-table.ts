import type Database from 'better-sqlite3';
import { headingOf, snippetOf } from '../../../../shared/text/opening.ts';
import { keyOf } from './catalogue-calls.ts';
import { edgeOfRuns } from '../log/run-table.ts';

/** A document whose text is newer than its digest. */
interface StaleRow {
  readonly key: number;
  readonly id: string;
}

interface TitleRow {
  readonly title: string;
  readonly isNamed: number;
  readonly heading: string | null;
  readonly titleKey: string;
}

/** A text that was indexed. */
interface Digested {
  readonly version: number;
  /** UTF-16 units of it that were to be indexed. */
  readonly indexedLength: number;
  /** What it begins with, however much is indexed: at least what a heading and a snippet are taken from. */
  readonly opening: string;
}

/** What lists show of texts, and who wrote them. Documents are keys. */
export class DigestTable {
  readonly #documents;
  readonly #isStale;
  readonly #version;
  readonly #save;
  readonly #title;
  readonly #call;
  readonly #writers;

  constructor(database: Database.Database) {
    this.#documents = database.prepare<[number, number], StaleRow>(
      'SELECT key, id FROM document WHERE key > ? ORDER BY key LIMIT ?',
    );
    this.#isStale = database
      .prepare<[number, number], number>(
        `SELECT coalesce(run.version + run.size - 1, 0) <> coalesce(digest.version, -1) OR digest.indexed_length <> ?
         FROM document
         LEFT JOIN run ON run.key = ${edgeOfRuns('max')} LEFT JOIN digest ON digest.document = document.key
         WHERE document.key = ?`,
      )
      .pluck();
    this.#version = database.prepare<[number], number>('SELECT version FROM digest WHERE document = ?').pluck();
    this.#save = database.prepare(
      `INSERT INTO digest (document, version, indexed_length, snippet) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE
         SET version = excluded.version, indexed_length = excluded.indexed_length, snippet = excluded.snippet`,
    );
    this.#title = database.prepare<[number], TitleRow>(
      'SELECT title, is_named AS isNamed, heading, title_key AS titleKey FROM document WHERE key = ?',
    );
    this.#call = database.prepare('UPDATE document SET heading = ?, title_key = ? WHERE key = ?');
    this.#writers = database.prepare(
      `INSERT INTO writer (document, user, version)
         SELECT document, user, max(version) FROM client WHERE document = ? AND version > ? GROUP BY user
       ON CONFLICT DO UPDATE SET version = excluded.version`,
    );
  }

  /**
   * Of the `limit` documents after a key, those whose digest is not of their newest version or of another length, and the key of the
   * last one looked at; undefined at the end.
   */
  staleAfter(after: number, limit: number, indexedLength: number): { documentIds: string[]; last: number | undefined } {
    const documents = this.#documents.all(after, limit);
    const stale = documents.filter(({ key }) => this.#isStale.get(indexedLength, key) === 1);
    return { documentIds: stale.map(({ id }) => id), last: documents.at(-1)?.key };
  }

  /** Takes note that so much of a text is indexed at a version: writes its heading, its snippet and who wrote since. */
  save(document: number, { version, indexedLength, opening }: Digested): void {
    const { title, isNamed, heading: before, titleKey } = this.#title.get(document)!;
    const heading = headingOf(opening) ?? null;
    const key = keyOf(isNamed === 1 ? title : (heading ?? title));
    if (heading !== before || key !== titleKey) this.#call.run(heading, key, document);
    this.#writers.run(document, this.#version.get(document) ?? 0);
    this.#save.run(document, version, indexedLength, snippetOf(opening));
  }
}
