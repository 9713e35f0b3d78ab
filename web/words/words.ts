/** The words of one language by subject; `undefined` stands for English, which comes with what shows it. */
export type Catalogue = Readonly<Record<string, object>>;

/*
 * The words of the page. English is in `en/`, a file per subject, and comes with what shows it; every other language is one
 * catalogue, loaded before the page shows anything. With reactive.ts, whatever reads a word in a template or an effect reads it again
 * when the language changes.
 */
let language = 'en';
let catalogue: Catalogue | undefined;
let noteRead = (): void => undefined;
const listeners = new Set<() => void>();

/** A subject as it is written in English; what is read from the result is in the chosen language. */
export function inLanguage<Words extends object>(subject: string, english: Words): Words {
  return new Proxy(english, {
    get: (_, key) => {
      noteRead();
      const words = (catalogue?.[subject] ?? english) as Record<string | symbol, unknown>;
      return words[key] ?? (english as Record<string | symbol, unknown>)[key];
    },
  });
}

/** The language of the page, such as "en". */
export function currentLanguage(): string {
  noteRead();
  return language;
}

/**
 * The locale for times, numbers and lists, a BCP 47 tag: the reader's own kind of the chosen language, such as en-GB, if the
 * browser names one.
 */
export function currentLocale(): string {
  noteRead();
  const own = globalThis.navigator?.languages?.find((tag) => tag === language || tag.startsWith(`${language}-`));
  return own ?? language;
}

/** Shows the page in a language from now on. */
export function showIn(wanted: string, words: Catalogue | undefined): void {
  language = wanted;
  catalogue = words;
  for (const listener of [...listeners]) listener();
}

/** Calls back when the language has changed. Returns the function that ends it. */
export function onLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Calls back at every read of a word, from now on. */
export function onRead(listener: () => void): void {
  noteRead = listener;
}
