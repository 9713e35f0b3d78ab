import { isolated } from '../../../shared/isolated.ts';
import { inLanguage } from '../words.ts';

/** What is the same all over the page. */
export const partWords = inLanguage('parts', {
  close: 'Close',
  larger: 'Larger',
  smaller: 'Smaller',
  cancel: 'Cancel',
  done: 'Done',
  dismiss: 'Dismiss',
  more: 'More',
  moreOf: (name: string): string => `More about ${isolated(name)}`,
  copied: 'Copied',
  linkCopied: 'Link copied.',
  /** After a button that copies, where the browser does not allow it. */
  notCopied: 'Not copied',
  copyByHand: (text: string): string => `The browser does not let Weft copy. Copy it yourself: ${text}`,
  retry: 'Try again',
  restore: 'Restore',
  untitled: 'Untitled',
  /** Ends the title of a copy. */
  myCopy: ' (my copy)',
  /** The name of a file whose document has no title that can be one. */
  fileName: 'document',
});
