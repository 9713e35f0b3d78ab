import { inLanguage } from '../words.ts';

/** Files that are dropped or pasted into a text; `name` is that of a file. */
export const fileWords = inLanguage('files', {
  tooLarge: 'That file is too large for a document.',
  allTooLarge: 'Those files are too large for a document.',
  unreadable: (name: string): string => `“${name}” could not be read.`,
  notText: (name: string): string =>
    `“${name}” was not inserted: it is not text, or its encoding is unknown. Save it as UTF-8 and try again.`,
  guessed: (name: string): string => `“${name}” is not UTF-8 and was read as Western European. Undo if it looks wrong.`,
});
