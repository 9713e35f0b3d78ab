/** Letters of scripts that run from the right, and signs that set a direction. */
const TURNS =
  /[\u0590-\u08FF\u200F\uFB1D-\uFDFF\uFE70-\uFEFF\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}\u202A-\u202E\u2066-\u2069]/u;
/** Signs that set the direction of what follows; one that has no end would reach beyond the name. */
const DIRECTIONS = /[\u202A-\u202E\u2066-\u2069]/gu;

/**
 * A name or title for a sentence, as plain text: where its letters may run from the right it stands between marks that keep the words
 * and signs around it where they are. In markup `bdi` does that.
 */
export function isolated(name: string): string {
  return TURNS.test(name) ? `\u2068${name.replace(DIRECTIONS, '')}\u2069` : name;
}

/** Names for a sentence: "Ann, Ben, and Cy". */
export function listed(names: Iterable<string>, type: 'conjunction' | 'disjunction' = 'conjunction'): string {
  return new Intl.ListFormat('en', { type }).format([...names].map(isolated));
}
