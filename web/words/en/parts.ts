import { inLanguage } from '../words.ts';

/** What is the same all over the page. */
export const partWords = inLanguage('parts', {
  close: 'Close',
  larger: 'Larger',
  smaller: 'Smaller',
  cancel: 'Cancel',
  done: 'Done',
  more: 'More',
  retry: 'Try again',
  untitled: 'Untitled',
});
