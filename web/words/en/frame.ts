import { inDigits } from '../formats.ts';
import { inLanguage } from '../words.ts';

/** The frame of a document: bar, band, text, what lies beside it, and the commands of the page. */
export const frameWords = inLanguage('frame', {
  allDocuments: 'All documents',
  skip: 'Skip to the text',
  document: 'Document',
  opening: 'Opening the document…',
  title: 'Title',
  titleProblem: (problem: string): string => `The title ${problem}`,
  beside: 'Beside the text',
  people: 'People',
  /** The first of several bands is shown; pressing shows the next. */
  nextNotice: (at: number, all: number): string => `${inDigits(at)} of ${inDigits(all)}. Show the next notice`,
  noticeAt: (at: number, all: number): string => `${inDigits(at)}/${inDigits(all)}`,
  details: 'Details',

  share: 'Share',
  shareAlso: 'invite people link access',
  find: 'Find and replace',
  copyLink: 'Copy link',
  download: 'Download as Markdown',
  outline: 'Outline',
  checkSaved: 'Is everything saved?',
  nextRegion: 'Next part of the page',
  previousRegion: 'Previous part of the page',

  /** What could not be loaded, as the beginning of a sentence. */
  partOfPage: 'Part of the page',
});
