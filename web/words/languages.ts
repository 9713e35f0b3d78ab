/** The words of one language by subject; `undefined` stands for English, which comes with what shows it. */
export type Catalogue = Readonly<Record<string, object>>;

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
