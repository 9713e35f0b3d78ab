-- Whose pages may embed a document, as far as the server allows it: a JSON array of origins; NULL is all that the server allows.
ALTER TABLE document ADD COLUMN embed_origins TEXT CHECK (embed_origins IS NULL OR json_type(embed_origins) = 'array');
