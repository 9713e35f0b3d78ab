import { inLanguage } from '../words.ts';

/** The pages in the place of a document or the list: nothing there, cannot be opened, a link's password. */
export const pageWords = inLanguage('pages', {
  goToDocuments: 'Go to your documents',
  noPage: 'There is nothing here',
  noPageWhy: 'This link does not lead to any page.',
  noDocument: 'This document cannot be found',
  noDocumentWhy: 'It was deleted, it is not shared with you, or the link is incomplete. Ask whoever sent you the link.',
  binned: 'This document is in the bin',
  binnedWhy: 'Nobody can open it there. Restore it, and everyone it was shared with can open it again.',
  damaged: 'This link is damaged',
  damagedWhy:
    'Part of it was changed or lost on the way; some mail programs do that. Copy the whole link, or ask whoever sent it.',

  signIn: 'You need to be signed in',
  signInWhy:
    'This server does not allow guests. Open Weft from the application that you use it with; it tells the server who you are.',

  unopened: 'This document cannot be opened right now',
  unopenedWhat: 'The document cannot be opened',
  asksAgain: (message: string): string => `${message}. This page tries again by itself from time to time.`,

  hasPassword: 'This link has a password',
  hasPasswordWhy: 'Whoever sent you the link knows it.',
  password: 'Password',
  tooMany: (when: string): string => `Too many attempts. Try again ${when}.`,
  openDocument: 'Open the document',
  ended: 'This link does not work',
  endedWhy:
    'It was revoked, it has expired, the document was deleted, or part of the link is missing. Ask whoever sent it for a new one.',
  notTried: 'The link could not be checked',
  isOpening: 'Opening the document',
  notNeeded: 'That link no longer works, but you can open the document without it.',
});
