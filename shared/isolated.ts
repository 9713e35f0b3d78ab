/** Letters of right-to-left scripts, and control characters that set a direction. */
const TURNS =
  /[\u0590-\u08FF\u200F\uFB1D-\uFDFF\uFE70-\uFEFF\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}\u202A-\u202E\u2066-\u2069]/u;
/** Control characters that set the direction of what follows; an unclosed one would reach beyond the name. */
const DIRECTIONS = /[\u202A-\u202E\u2066-\u2069]/gu;

/**
 * A name or title for a sentence of plain text. If it may contain right-to-left text, it is put between isolating marks, so that the
 * text around it keeps its order; in markup `bdi` does that.
 */
export function isolated(name: string): string {
  return TURNS.test(name) ? `\u2068${name.replace(DIRECTIONS, '')}\u2069` : name;
}
