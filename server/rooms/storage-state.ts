/** How the commits of a room go. */
export type StorageState =
  | { readonly kind: 'healthy' }
  /** Commits fail since `since`; they are retried, and nothing is refused yet. */
  | { readonly kind: 'failing'; readonly since: number; readonly pause: number }
  /** Submissions are refused until a probe succeeds. */
  | { readonly kind: 'unavailable' };
