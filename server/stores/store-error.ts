/**
 * Why a store failed. SQLite's own codes (SQLITE_FULL, SQLITE_IOERR_FSYNC, …) are kept as they are; the others are
 * - STORE_IN_USE: another process works on the data folder,
 * - STORE_DAMAGED: the database as a whole, or one document (StoreDamagedError), cannot be read,
 * - STORE_TOO_NEW: a newer Weft wrote the database,
 * - STORE_TOO_OLD: an older Weft wrote it, and it was opened only to be read,
 * - STORE_MISSING: there is no database to read,
 * - STORE_UNSOUND: this SQLite can lose commits,
 * - STORE_MISUSED: the call breaks the interface's rules; nothing was written,
 * - STORE_STOPPED: the thread that works on the database ended; the outcome is unknown,
 * - STORE_CLOSED: called after `close`.
 */
export class StoreError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreError';
    this.code = code;
  }
}

/** The stored history of one document is damaged. Other documents are served as before; this one is never shown as empty. */
export class StoreDamagedError extends StoreError {
  readonly documentId: string;

  constructor(documentId: string, message: string, options?: ErrorOptions) {
    super('STORE_DAMAGED', message, options);
    this.name = 'StoreDamagedError';
    this.documentId = documentId;
  }
}
