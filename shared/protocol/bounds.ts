// Bounds that both ends keep, apart from the schemas, which browsers do not load.

/** Ranges of one cursor at most. */
export const RANGES_MAX = 64;
/** ClientIds that one `join` names at most for what is in flight; each is of a session that ended before it was answered. */
export const UNANSWERED_MAX = 16;
/** UTF-16 units of the nonce of a ping at most. */
export const NONCE_MAX = 128;
/** Characters of a share link's secret: letters, digits, `-` and `_`. */
export const LINK_SECRET_LENGTH = 34;
