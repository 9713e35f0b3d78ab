import { expect, it } from 'vitest';

const catalogue = import.meta.glob<Record<string, object>>('./en/*.ts', { eager: true });
const sources = Object.entries(
  import.meta.glob<string>(['../**/*.{ts,svelte}', '!../**/*.test.ts', '!../{gallery,testing}/**', '!./ko/**'], {
    eager: true,
    query: '?raw',
    import: 'default',
  }),
);

/** Words that are read by a name that is put together or looked up, as `roleWords[role]`. */
const LOOKED_UP: Readonly<Record<string, RegExp>> = {
  embedWords: /Why$/,
  peopleWords: /^(above|below|here|(now)?(Viewer|Commenter)|(viewer|commenter)Why)$/,
  problemWords: /^/,
  roleWords: /^/,
  templateWords: /^/,
  troubleWords: /Why$/,
};

/** What a file calls the words of a subject; undefined if it does not use them. */
function nameIn(source: string, words: string): string | undefined {
  const found = new RegExp(`\\b${words}(?: as (\\w+))?\\b`).exec(source);
  return found === null ? undefined : (found[1] ?? words);
}

it.each(Object.values(catalogue).flatMap((module) => Object.entries(module)))(
  'every one of %s is read',
  (name, words) => {
    const readers = sources.flatMap(([, source]) => {
      const called = nameIn(source, name);
      return called === undefined ? [] : [{ source, called }];
    });
    const isRead = (key: string): boolean =>
      LOOKED_UP[name]?.test(key) === true ||
      readers.some(({ source, called }) => new RegExp(`\\b${called}\\.${key}\\b`).test(source));
    expect(Object.keys(words).filter((key) => !isRead(key))).toEqual([]);
  },
);
