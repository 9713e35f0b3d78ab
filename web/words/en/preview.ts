import { inDigits } from '../formats.ts';
import { inLanguage } from '../words.ts';

/** The preview: the document as readers see it, and its outline. */
export const previewWords = inLanguage('preview', {
  preview: 'Preview',
  close: 'Close the preview',
  print: 'Print…',
  copyRichText: 'Copy as rich text',
  copied: 'Copied as rich text.',
  notCopied: 'Your browser did not allow copying. Select the text in the preview and copy it.',
  empty: 'Nothing has been written here yet.',
  tooLong: (length: number, most: number): string =>
    `This document is too long to preview: it has ${inDigits(length)} characters, and the preview shows up to ${inDigits(most)}.`,
  longPart: 'This part is too long to preview.',
  slow: 'This text takes too long to preview.',
  unloaded: 'The preview could not be loaded.',
  notTicked: 'That task has changed in the meantime. Tick it again.',
  /** The name of a task without words. */
  task: 'Task',
  alerts: { note: 'Note', tip: 'Tip', important: 'Important', warning: 'Warning', caution: 'Caution' },
  noHeadings: 'Lines that begin with # become headings, and are listed here.',
  untitledHeading: 'Empty heading',
});
