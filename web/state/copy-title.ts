/** UTF-16 units of a title at most; the server counts characters, which are fewer. */
const LONGEST = 200;
const SUFFIX = ' (my copy)';

/** What a copy of a document is called: a title that the server takes, whatever the other one is. */
export function copyTitle(title: string): string {
  const known = title.trim() === '' ? 'Untitled' : title.trim();
  if (known.endsWith(SUFFIX)) return known;
  let kept = known.slice(0, LONGEST - SUFFIX.length);
  // Not between the halves of a pair.
  if (/[\uD800-\uDBFF]$/.test(kept)) kept = kept.slice(0, -1);
  return kept.trimEnd() + SUFFIX;
}
