-- Cold history: a chunk holds the changes `version` to `version + size - 1`, packed by column and compressed with Brotli
-- (docs/decisions/0013), in place of the runs that it was made of. `timestamp` is that of its last change, `length`
-- and `checksum` (CRC-32) are of what is compressed. All runs of a document come after its chunks. An ordinary table: in one WITHOUT ROWID,
-- bodies would spill to pages of their own.
CREATE TABLE chunk (
  key INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document (key),
  version INTEGER NOT NULL,
  size INTEGER NOT NULL,
  timestamp INTEGER NOT NULL,
  length INTEGER NOT NULL,
  checksum INTEGER NOT NULL,
  body BLOB NOT NULL,
  UNIQUE (document, version)
) STRICT;
