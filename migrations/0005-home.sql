-- What a person's list of documents needs: titles that follow the text, who was where, what one watches, and what search finds.

ALTER TABLE document ADD COLUMN is_named INTEGER NOT NULL DEFAULT 1 CHECK (is_named IN (0, 1));
-- What the text begins with, as far as it is indexed: the title of a document that nobody named.
ALTER TABLE document ADD COLUMN heading TEXT;
-- The shown title without case and accents, to sort and to search by.
ALTER TABLE document ADD COLUMN title_key TEXT NOT NULL DEFAULT '';

-- Until now a document that nobody named was called like this.
UPDATE document SET is_named = 0 WHERE title = 'Untitled';
UPDATE document SET title_key = folded(title);

-- The version that somebody saw last, and when they were there.
CREATE TABLE visit (
  user INTEGER NOT NULL REFERENCES user (key),
  document INTEGER NOT NULL REFERENCES document (key),
  version INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (user, document)
) STRICT, WITHOUT ROWID;

CREATE INDEX visit_of_document ON visit (document, seen_at);

CREATE TABLE watch (
  user INTEGER NOT NULL REFERENCES user (key),
  document INTEGER NOT NULL REFERENCES document (key),
  since INTEGER NOT NULL,
  PRIMARY KEY (user, document)
) STRICT, WITHOUT ROWID;

CREATE INDEX watch_of_document ON watch (document);
CREATE INDEX redemption_of_user ON redemption (user);

-- What follows is made from the log, after the commits (docs/architecture.md). `version` is the one that is indexed, and
-- `indexed_length` how many UTF-16 units of a text were to be indexed then.
CREATE TABLE digest (
  document INTEGER PRIMARY KEY REFERENCES document (key),
  version INTEGER NOT NULL,
  indexed_length INTEGER NOT NULL,
  snippet TEXT NOT NULL
) STRICT;

-- The newest version that somebody wrote, among those that are indexed.
CREATE TABLE writer (
  document INTEGER NOT NULL REFERENCES document (key),
  user INTEGER NOT NULL REFERENCES user (key),
  version INTEGER NOT NULL,
  PRIMARY KEY (document, user)
) STRICT, WITHOUT ROWID;

CREATE INDEX writer_of_version ON writer (document, version);

-- The text in pieces that overlap. A key holds the document and, in its lower 20 bits, the number of the piece.
CREATE TABLE piece (
  key INTEGER PRIMARY KEY,
  document INTEGER NOT NULL AS (key >> 20),
  text TEXT NOT NULL
) STRICT;

-- The trigrams of the pieces, whose rowid is the key. They are folded before, so that titles and texts are folded alike.
CREATE VIRTUAL TABLE piece_index USING fts5 (text, content = '', contentless_delete = 1, tokenize = 'trigram case_sensitive 1');
-- Its trigrams in order, for words that are shorter than one.
CREATE VIRTUAL TABLE trigram USING fts5vocab (piece_index, row);
