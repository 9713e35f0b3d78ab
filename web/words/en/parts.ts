import { inLanguage } from '../words.ts';

/** What is the same all over the page. */
export const partWords = inLanguage('parts', {
  close: 'Close',
  cancel: 'Cancel',
  done: 'Done',
  more: 'More',
  retry: 'Try again',
  untitled: 'Untitled',
  dismiss: 'Dismiss',
  justNow: 'just now',
  /** Ends the title of a copy. */
  myCopy: ' (my copy)',
  /** The name of a file whose document has no title that can be one. */
  fileName: 'document',
});
