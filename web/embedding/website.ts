/**
 * The origin of the website that somebody means, as browsers write it: they may give a link into it, or leave out `https://`. Undefined
 * if it is none.
 */
export function websiteOf(text: string): string | undefined {
  const given = text.trim();
  // Some browsers take a space for a letter of a host.
  if (/\s/.test(given)) return undefined;
  const link = /^[a-z][a-z\d+.-]*:\/\//i.test(given) ? given : `https://${given}`;
  const url = URL.parse(link);
  return url !== null && /^https?:$/.test(url.protocol) ? url.origin : undefined;
}

/** The host of a website, which is enough to tell it from others in a summary. */
export function hostOf(website: string): string {
  return URL.parse(website)?.host ?? website;
}
