import { cutWhole } from './graphemes.ts';

/** UTF-16 units of a title at most; the server counts characters, which are fewer. */
export const LONGEST_TITLE = 200;
const SUFFIX = ' (my copy)';

/** What a copy of a document is called: a title that the server takes, whatever the other one is. */
export function copyTitle(title: string): string {
  const known = title.trim() === '' ? 'Untitled' : title.trim();
  if (known.endsWith(SUFFIX)) return known;
  return cutWhole(known, LONGEST_TITLE - SUFFIX.length).trimEnd() + SUFFIX;
}
