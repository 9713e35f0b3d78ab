/** Pages of which origins may do something, besides our own: of any, or of those in a list, which are written as `originOf` writes them. */
export type Origins = 'any' | readonly string[];

/** What the setting WEFT_ORIGINS says. */
export interface OriginRules {
  /** Whose pages may use `/api` and `/live`, without cookies. */
  readonly calls: Origins;
  /** Whose pages may show ours in a frame. */
  readonly frames: Origins;
}

/** While nothing is set, anybody may do without our cookies what they could do by a program of their own, and nobody may frame us. */
export const DEFAULT_RULES: OriginRules = { calls: 'any', frames: [] };

/** An origin as browsers write it, in lower case, without the default port and a trailing slash; undefined if `given` is none of the web. */
export function originOf(given: string): string | undefined {
  const isOrigin = /^https?:\/\/([\p{L}\p{N}_.-]+|\[[\da-f:.]+\])(:\d+)?\/?$/iu.test(given) && URL.canParse(given);
  return isOrigin ? new URL(given).origin : undefined;
}

/** Whether pages of `origin`, which is written as `originOf` writes it, are among them. */
export function isAmong(origins: Origins, origin: string): boolean {
  return origins === 'any' || origins.includes(origin);
}

/** Those that are among both. */
export function amongBoth(some: Origins, others: Origins): Origins {
  if (some === 'any') return others;
  return some.filter((origin) => isAmong(others, origin));
}
