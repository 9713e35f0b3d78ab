import { currentLanguage, showIn, type Catalogue } from './words.ts';

/** The languages of the page, by BCP 47 tag, each with its own name for itself. */
export const LANGUAGES = {
  en: { name: 'English', load: async (): Promise<Catalogue | undefined> => undefined },
  ko: {
    name: '한국어',
    load: async (): Promise<Catalogue | undefined> => (await import('./ko/catalogue.ts')).catalogue,
  },
} as const;

export type Language = keyof typeof LANGUAGES;

/** The first of some language tags, such as ko-KR, that the page has words for; English if none. */
export function bestLanguage(tags: readonly string[]): Language {
  for (const tag of tags) {
    const language = tag.toLowerCase().split('-', 1)[0]!;
    if (Object.hasOwn(LANGUAGES, language)) return language as Language;
  }
  return 'en';
}

/** The language that was asked for last. */
let latest: Language = 'en';

/** Loads a language and shows the page in it. Rejects if it cannot be loaded; then nothing changes. */
export async function useLanguage(wanted: Language): Promise<void> {
  latest = wanted;
  if (wanted === currentLanguage()) return;
  const words = await LANGUAGES[wanted].load();
  // Another one may have been chosen meanwhile.
  if (latest === wanted) showIn(wanted, words);
}

/** The language that the page begins with: the one chosen in this browser, else the first of the browser's that there is. */
export async function useFirstLanguage(chosen: Language | undefined): Promise<void> {
  const wanted = chosen ?? bestLanguage(navigator.languages);
  // Without its words the page is in English, which is better than no page.
  if (wanted !== 'en') await useLanguage(wanted).catch(() => undefined);
}
