import type Database from 'better-sqlite3';
import { evenPlace, matchInText } from '../../excerpts.ts';
import { folded, type Match } from '../../search-words.ts';

/** UTF-16 units of a trigram; a word with fewer letters is looked for in all trigrams that begin with it. */
const TRIGRAM = 3;
/** Trigrams that may begin with a short word. Of 2 Hangul syllables some dozens go on differently. */
const MOST_TRIGRAMS = 300;
/** What follows the last letter of a text, so that it begins a trigram too. */
const END = '\n\n';

/** UTF-16 units from the beginning of one piece of a text to that of the next. */
const STEP = 16_384;
/** Units that a piece goes on into the next, so that a word on the border is whole in one of them: as long as a query may be. */
const OVERLAP = 256;
/** Pieces that are read for an excerpt before the index is asked where it is. */
const READ_FIRST = 2;
/** Pieces that are read for an excerpt at most; a short word that stands behind them is found without one. */
const MOST_READ = 8;
/** Pieces that a document may have; their number fits into the lower bits of a key. */
const PIECE_BITS = 20;

/** SQL for the keys of a document's pieces. */
const KEYS = `BETWEEN (@document << ${PIECE_BITS}) AND ((@document + 1) << ${PIECE_BITS}) - 1`;

/** A piece of a text and where it stands among the others. */
export interface Piece {
  readonly number: number;
  readonly text: string;
}

/** The first, or the next, piece of a composed text; undefined after the last one. */
export function pieceOf(text: string, number: number): Piece | undefined {
  const from = evenPlace(text, number * STEP);
  return from >= text.length ? undefined : { number, text: text.slice(from, evenPlace(text, from + STEP + OVERLAP)) };
}

/** Texts in pieces, and the index of their trigrams. Documents are keys. */
export class SearchTable {
  readonly #find;
  readonly #save;
  readonly #unindex;
  readonly #index;
  readonly #surplus;
  readonly #remove;
  readonly #trigrams;
  readonly #first;
  readonly #pieces;

  constructor(database: Database.Database) {
    const key = `(@document << ${PIECE_BITS}) + @number`;
    this.#find = database
      .prepare<[{ document: number; number: number }], string>(`SELECT text FROM piece WHERE key = ${key}`)
      .pluck();
    this.#save = database.prepare<[{ document: number; number: number; text: string }]>(
      `INSERT INTO piece (key, text) VALUES (${key}, @text) ON CONFLICT DO UPDATE SET text = excluded.text`,
    );
    this.#unindex = database.prepare<[{ document: number; number: number }]>(
      `DELETE FROM piece_index WHERE rowid = ${key}`,
    );
    this.#index = database.prepare<[{ document: number; number: number; text: string }]>(
      `INSERT INTO piece_index (rowid, text) VALUES (${key}, @text)`,
    );
    this.#surplus = database
      .prepare<[{ document: number; number: number }], number>(
        `SELECT key & ${2 ** PIECE_BITS - 1} FROM piece WHERE key ${KEYS} AND key >= ${key}`,
      )
      .pluck();
    this.#remove = database.prepare<[{ document: number; number: number }]>(`DELETE FROM piece WHERE key = ${key}`);
    this.#trigrams = database
      .prepare<[string, string, number], string>(
        'SELECT term FROM trigram WHERE term >= ? AND term < ? ORDER BY term LIMIT ?',
      )
      .pluck();
    this.#first = database
      .prepare<[{ document: number; expression: string }], string>(
        `SELECT piece.text FROM piece WHERE key =
           (SELECT min(rowid) FROM piece_index WHERE piece_index MATCH @expression AND rowid ${KEYS})`,
      )
      .pluck();
    this.#pieces = database
      .prepare<[{ document: number; from: number; to: number }], string>(
        `SELECT text FROM piece WHERE key >= (@document << ${PIECE_BITS}) + @from
           AND key < (@document << ${PIECE_BITS}) + @to ORDER BY key`,
      )
      .pluck();
  }

  /** Writes one piece of a document; false if it is what was written before. */
  save(document: number, { number, text }: Piece): boolean {
    const before = this.#find.get({ document, number });
    if (before === text) return false;
    if (before !== undefined) this.#unindex.run({ document, number });
    this.#save.run({ document, number, text });
    this.#index.run({ document, number, text: folded(text) + END });
    return true;
  }

  /** Removes the pieces from a number on. */
  removeFrom(document: number, number: number): void {
    for (const surplus of this.#surplus.all({ document, number })) {
      this.#unindex.run({ document, number: surplus });
      this.#remove.run({ document, number: surplus });
    }
  }

  /**
   * What finds a word in the index, for `FOUND`; undefined if no text has it. A word of two letters, or of one that is no ASCII, is
   * found by the first 300 trigrams that begin with it; one letter of ASCII is looked for in titles alone.
   */
  expressionFor(word: string): string | undefined {
    const letters = [...word].length;
    if (letters >= TRIGRAM) return quoted(word);
    if (letters === 1 && /^[\x00-\x7f]$/.test(word)) return undefined;
    const trigrams = this.#trigrams.all(word, `${word}\u{10ffff}`, MOST_TRIGRAMS);
    return trigrams.length === 0 ? undefined : trigrams.map(quoted).join(' OR ');
  }

  /** What stands around words in the text of a document, which has all of them or has some in its title; undefined if that is not soon found. */
  match(document: number, words: readonly string[]): Match | undefined {
    // Most texts are short, and reading them costs less than asking the index for one document.
    const match = this.#matchIn(document, words, { from: 0, to: READ_FIRST });
    if (match !== undefined) return match;
    for (const word of words) {
      if ([...word].length < TRIGRAM) continue;
      const text = this.#first.get({ document, expression: quoted(word) });
      const found = text && matchInText(text, words);
      if (found) return found;
    }
    // The words are short, or in the title.
    return this.#matchIn(document, words, { from: READ_FIRST, to: MOST_READ });
  }

  #matchIn(document: number, words: readonly string[], range: { from: number; to: number }): Match | undefined {
    for (const text of this.#pieces.iterate({ document, ...range })) {
      const match = matchInText(text, words);
      if (match !== undefined) return match;
    }
    return undefined;
  }
}

/** SQL for the keys of the documents in whose texts an expression is found, as a list to look into. */
export function found(parameter: string): string {
  return `(SELECT rowid >> ${PIECE_BITS} FROM piece_index WHERE piece_index MATCH ${parameter})`;
}

/** A string of the query language of FTS5, in which nothing has a meaning. */
function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
