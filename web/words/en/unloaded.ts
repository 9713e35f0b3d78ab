import { inLanguage } from '../words.ts';

/** A page that did not come; these words must be there before. */
export const unloadedWords = inLanguage('unloaded', {
  title: 'The page could not be loaded',
  why: 'The connection was lost, or Weft was updated a moment ago. What you wrote is not affected.',
  loadAgain: 'Load it again',
});
