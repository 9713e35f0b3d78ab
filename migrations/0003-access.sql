-- Who may do what. A document has members by name, and share links that make something of whoever redeems them.

CREATE TABLE member (
  document INTEGER NOT NULL REFERENCES document (key),
  user INTEGER NOT NULL REFERENCES user (key),
  role TEXT NOT NULL CHECK (role IN ('owner', 'editor', 'commenter', 'viewer')),
  added_at INTEGER NOT NULL,
  PRIMARY KEY (document, user)
) STRICT, WITHOUT ROWID;

CREATE INDEX member_of_user ON member (user);

-- The secret of a link is derived from its id and the secret of the server, so nothing here opens a document. `password` is the
-- salted scrypt hash of one. Revoked links are deleted, and what they gave with them.
CREATE TABLE share_link (
  key INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document (key),
  id TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL CHECK (role IN ('editor', 'commenter', 'viewer')),
  name TEXT,
  expires_at INTEGER,
  password TEXT,
  created_at INTEGER NOT NULL,
  last_used_at INTEGER
) STRICT;

CREATE INDEX share_link_of_document ON share_link (document);

-- Who came by which link. Somebody whom an owner removed is cut off: the row stays, gives nothing, and cannot be had again.
CREATE TABLE redemption (
  link INTEGER NOT NULL REFERENCES share_link (key),
  user INTEGER NOT NULL REFERENCES user (key),
  redeemed_at INTEGER NOT NULL,
  is_cut INTEGER NOT NULL DEFAULT 0 CHECK (is_cut IN (0, 1)),
  PRIMARY KEY (link, user)
) STRICT, WITHOUT ROWID;

-- Whoever made a document is its first owner, as a member like the others.
INSERT INTO member (document, user, role, added_at) SELECT key, owner, 'owner', created_at FROM document;
DROP INDEX document_of_owner;
ALTER TABLE document RENAME COLUMN owner TO creator;
