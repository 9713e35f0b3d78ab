import type { Stay, StayChrome } from '../stay/stay.ts';

/** Milliseconds before it is asked for again. */
const RETRY = 5_000;

/** What surrounds the text of a stay, once it is loaded; asked for until it is. */
export function chromeOf(stay: Stay): Promise<StayChrome> {
  return (stay.chrome ??= load().then(({ makeChrome }) => makeChrome(stay)));
}

async function load(): Promise<{ makeChrome: (stay: Stay) => StayChrome }> {
  for (;;) {
    try {
      return await import('../chrome/chrome.ts');
    } catch {
      await new Promise((resolve) => setTimeout(resolve, RETRY));
    }
  }
}
