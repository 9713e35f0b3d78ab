/** What the server's time was at a moment of this page. Milliseconds. */
let known: { readonly server: number; readonly page: number } | undefined;

/** Learns the server's time from the header `Date` of an answer, which is exact to a second. */
export function learnServerTime(date: string | null): void {
  const server = Date.parse(date ?? '');
  if (!Number.isNaN(server)) known = { server, page: performance.now() };
}

/**
 * Milliseconds since 1970, to be compared with stamps of the server: by its clock, because the machine's may be wrong by years or
 * be set while the page is open. Whole, as stamps are. Until the server has answered once, what the machine says.
 */
export function serverNow(): number {
  return known === undefined ? Date.now() : Math.round(known.server + performance.now() - known.page);
}
