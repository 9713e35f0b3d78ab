/** The runs of a document (its key) from the one that begins at a version on; the document is given again for the end. */
export const RUNS_FROM =
  'SELECT version, timestamp, size, data FROM run WHERE key >= (? << 32) + ? AND key < ((? + 1) << 32) ORDER BY key';

/** SQL for the key of the first (`min`) or the newest (`max`) run of the `document` of a statement; null without any. */
export function edgeOfRuns(which: 'min' | 'max'): string {
  const runs = 'edge.key > (document.key << 32) AND edge.key < ((document.key + 1) << 32)';
  return `(SELECT ${which}(key) FROM run AS edge WHERE ${runs})`;
}
