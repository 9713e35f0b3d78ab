import { inLanguage } from '../words.ts';

/** What everybody chooses for themselves. */
export const settingWords = inLanguage('settings', {
  title: 'Settings',
  you: 'You',
  text: 'Text',
  language: 'Language',
  notKnown: 'Weft does not know who you are yet: the server cannot be reached.',
  textSize: 'Text size',
  sizes: { small: 'Small', usual: 'Medium', large: 'Large', largest: 'Largest' },
  sample: 'The quick brown fox jumps over the lazy dog.',
  lineNumbers: 'Line numbers',
  lineNumbersHint: 'In the margin; you can also go to a line by its number.',
  focusMode: 'Focus on the current paragraph',
  focusModeHint: 'Only the paragraph you are writing in stands out.',
  spelling: 'Check spelling',
  spellingHint: 'Your browser marks words that it does not know.',
  onlyYou: 'Only you see this. It is kept in this browser.',
  languageOfWeft: 'Language of Weft',
  asBrowser: 'Same as the browser',
  languageHint: 'Your documents stay as they were written.',
});
