-- Documents, their change log, and who wrote it. Keys are integers inside; public ids stand only in user, document and client.

CREATE TABLE user (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  color TEXT NOT NULL
) STRICT;

-- Not written when text changes: the newest version and its time are those of the newest run.
CREATE TABLE document (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  owner INTEGER NOT NULL REFERENCES user (key),
  link_access TEXT NOT NULL CHECK (link_access IN ('none', 'view', 'comment', 'edit')),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  trashed_at INTEGER
) STRICT;

CREATE INDEX document_of_owner ON document (owner);

-- One browser tab on one document, bound to the user who first used it. `id` is secret.
CREATE TABLE client (
  key INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document (key),
  id TEXT NOT NULL,
  user INTEGER NOT NULL REFERENCES user (key),
  session TEXT NOT NULL,
  -- The last committed seq, and the version it became.
  seq INTEGER NOT NULL,
  version INTEGER NOT NULL,
  UNIQUE (document, id)
) STRICT;

-- The log. A run holds the changes `version` to `version + size - 1`, committed together at `timestamp` (milliseconds since
-- 1970). `data` is JSON, three entries per change: client key, version minus seq, edit. Where one person writes, the
-- difference stays 0, which is shorter than the seq. JSON keeps every string of UTF-16 units as it is.
CREATE TABLE run (
  document INTEGER NOT NULL REFERENCES document (key),
  version INTEGER NOT NULL,
  timestamp INTEGER NOT NULL,
  size INTEGER NOT NULL,
  data TEXT NOT NULL,
  PRIMARY KEY (document, version)
) STRICT, WITHOUT ROWID;

-- Texts at versions, so that opening a document need not read its whole log. `body` is UTF-8 compressed with Brotli,
-- `checksum` the CRC-32 of the UTF-8.
CREATE TABLE snapshot (
  key INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document (key),
  version INTEGER NOT NULL,
  timestamp INTEGER NOT NULL,
  checksum INTEGER NOT NULL,
  body BLOB NOT NULL,
  UNIQUE (document, version)
) STRICT;

-- Written to learn whether anything can be committed.
CREATE TABLE heartbeat (
  key INTEGER PRIMARY KEY CHECK (key = 1),
  beats INTEGER NOT NULL
) STRICT;

INSERT INTO heartbeat (key, beats) VALUES (1, 0);
