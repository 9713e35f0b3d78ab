/** What can be said about a trouble without a text, a name or a credential. */
export interface Trouble {
  readonly what: string;
  readonly code: string;
  readonly documentId: string;
  /** Of the last socket, where the server named it. */
  readonly connectionId: string | undefined;
  readonly version: number;
  readonly unsaved: number;
  /** Milliseconds since 1970. */
  readonly time: number;
}

/** A trouble as lines of a name and a value, for the person and for whoever they ask for help. */
export function reportOf(trouble: Trouble): readonly (readonly [name: string, value: string])[] {
  const { what, code, documentId, connectionId, version, unsaved, time } = trouble;
  return [
    ['What', what],
    ['Code', code],
    ['Document', documentId],
    ['Connection', connectionId ?? 'none'],
    ['Version', String(version)],
    ['Unsaved changes', String(unsaved)],
    ['Time', new Date(time).toISOString()],
  ];
}
