// What clients do about the codes in errors.ts. Apart from the meanings, because browsers load this.

/** What a client does about a refusal or a close. */
export type Reaction =
  /** Correct the request; the same one would fail again. */
  | 'fix'
  /** Keep everything and send the same again later, with back-off. */
  | 'retry'
  /** Join again by version; that brings seq and text in line. */
  | 'rejoin'
  /** Stop until a person does something; local text is kept. */
  | 'stop';

/** By error code. */
export const ERROR_REACTIONS = {
  bad_message: 'fix',
  bad_operation: 'fix',
  bad_text: 'fix',
  document_too_large: 'fix',
  version_ahead: 'rejoin',
  version_conflict: 'fix',
  seq_gap: 'rejoin',
  seq_reused: 'rejoin',
  client_taken: 'stop',
  unauthenticated: 'stop',
  forbidden: 'stop',
  last_owner: 'fix',
  password_required: 'stop',
  wrong_password: 'stop',
  not_found: 'stop',
  rate_limited: 'retry',
  unavailable: 'retry',
  internal: 'retry',
} as const satisfies Record<string, Reaction>;

export type ErrorCode = keyof typeof ERROR_REACTIONS;

/** By close code that the server sends. `rejoin`: connect again and join by version, with back-off. */
export const CLOSE_REACTIONS = {
  1000: 'stop',
  1001: 'rejoin',
  1003: 'stop',
  1007: 'stop',
  1008: 'rejoin',
  1009: 'rejoin',
  1011: 'rejoin',
  1012: 'rejoin',
  1013: 'rejoin',
  4400: 'stop',
  4401: 'stop',
  4403: 'stop',
  4404: 'stop',
  4408: 'rejoin',
  4409: 'stop',
  4426: 'stop',
  4429: 'rejoin',
  4430: 'rejoin',
} as const satisfies Record<number, 'rejoin' | 'stop'>;

export type CloseCode = keyof typeof CLOSE_REACTIONS;
