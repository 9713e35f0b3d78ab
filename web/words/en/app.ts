import { counted } from '../formats.ts';
import { inLanguage } from '../words.ts';

/** What every page says: who came, what could not be loaded or saved. */
export const appWords = inLanguage('app', {
  joined: (names: string): string => `${names} joined.`,
  left: (names: string): string => `${names} left.`,
  manyJoined: (count: number): string => counted(count, { one: '# person joined.', other: '# people joined.' }),
  manyLeft: (count: number): string => counted(count, { one: '# person left.', other: '# people left.' }),

  page: 'The page',
  commands: 'Commands',
  openCommands: 'Commands…',
  language: 'The language',
  settings: 'Settings',
  /** `what` is a name such as `page` or `part`. */
  outdated: (what: string): string =>
    `${what} could not be loaded. Weft may have been updated; what you wrote is not affected.`,
  unloaded: (what: string): string =>
    `${what} could not be loaded because the server cannot be reached. Try again later.`,
  reload: 'Reload',

  /** Both end a sentence that begins with the name of a field. */
  notChanged: (value: string, reason: string): string => `was not changed to “${value}”. ${reason}`,
  notSavedYet: 'is not saved yet. It is kept here and sent as soon as the server accepts it.',
});
