import { createSubscriber } from 'svelte/reactivity';
import { LANGUAGES, bestLanguage, type Catalogue, type Language } from './languages.ts';

/**
 * The words of the page. English is in `en/`, a file per subject, and comes with what shows it; every other language is one
 * catalogue, loaded before the page shows anything. Whatever reads a word in a template or an effect reads it again when the
 * language changes.
 */
let language: Language = 'en';
let catalogue: Catalogue | undefined;
const updates = new Set<() => void>();
const subscribe = createSubscriber((update) => {
  updates.add(update);
  return () => updates.delete(update);
});

/** A subject as it is written in English; what is read from the result is in the chosen language. */
export function inLanguage<Words extends object>(subject: string, english: Words): Words {
  return new Proxy(english, {
    get: (_, key) => {
      subscribe();
      const words = (catalogue?.[subject] ?? english) as Record<string | symbol, unknown>;
      return words[key] ?? (english as Record<string | symbol, unknown>)[key];
    },
  });
}

/** The language of the page. */
export function currentLanguage(): Language {
  subscribe();
  return language;
}

/**
 * The locale for times, numbers and lists, a BCP 47 tag: the reader's own kind of the chosen language, such as en-GB, if the
 * browser names one.
 */
export function currentLocale(): string {
  subscribe();
  const own = globalThis.navigator?.languages?.find((tag) => tag === language || tag.startsWith(`${language}-`));
  return own ?? language;
}

/** Loads a language and shows the page in it. Rejects if it cannot be loaded; then nothing changes. */
export async function useLanguage(wanted: Language): Promise<void> {
  const loaded = await LANGUAGES[wanted].load();
  language = wanted;
  catalogue = loaded;
  if (globalThis.document !== undefined) document.documentElement.lang = wanted;
  for (const update of updates) update();
}

/** The language that the page begins with: the one chosen in this browser, else the first of the browser's that there is. */
export async function useFirstLanguage(chosen: string | undefined): Promise<void> {
  const wanted = bestLanguage([...(chosen === undefined ? [] : [chosen]), ...navigator.languages]);
  // Without its words the page is in English, which is better than no page.
  if (wanted !== 'en') await useLanguage(wanted).catch(() => undefined);
}
