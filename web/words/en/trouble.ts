import { counted } from '../formats.ts';
import { inLanguage } from '../words.ts';

const STILL_HERE = 'Your text is still in this tab.';

/** What went wrong with a document, why, and what can be done: bands and the pages in the place of a document. */
export const troubleWords = inLanguage('trouble', {
  accessEndedWhy: `This document is no longer shared with you. ${STILL_HERE}`,
  readOnlyWhy: `You can no longer write here. ${STILL_HERE}`,
  deletedWhy: `This document is no longer available. ${STILL_HERE}`,
  binnedWhy: `Nobody can open this document until you restore it. ${STILL_HERE}`,
  elsewhereWhy: 'Another tab has taken over this session.',
  signedOutWhy: 'The server no longer knows who you are. Reload to go on.',
  outdatedWhy: 'This page is older than the server. Reload it.',
  tooLargeWhy: 'The document has reached its maximum size. Remove some text.',
  notTakenWhy: 'The server did not accept the last changes. Copy your text, then reload.',

  unsavedLeft: (count: number): string =>
    counted(count, { one: '# change of yours is not saved.', other: '# changes of yours are not saved.' }),
  readOn: 'Discard my changes and read on',
  reload: 'Reload',

  stuck: 'Not saved yet',
  silent: 'The server does not answer.',
  serverSays: (message: string): string => `The server says: ${message}.`,
  keptUntilThen: 'What you typed is kept on this device and is saved as soon as the server can.',
  openUntilThen: 'Keep this tab open: what you typed is only here until the server can save it.',

  olderCopy:
    'The server went back to an older copy of this document. What you had not sent yet was added to it; the text you had before is kept in this tab.',
  someRefused: (message: string): string =>
    `Some changes could not be saved: ${message}. Your whole text is kept here.`,
  notKept: 'Not kept on this device',
  notKeptWhy:
    'This browser does not let Weft keep changes here. What is not saved yet is lost when this tab is closed.',
  plain: 'Shown as plain text',
  plainWhy: 'Reading this text as Markdown made the page hang.',
  showMarkdown: 'Show Markdown',

  saveAsNew: 'Save as a new document',
  openNew: 'Open the new document',
  copyText: 'Copy text',
  download: 'Download',
  textCopied: 'Text copied',
  cannotCopy: 'The browser does not allow copying.',
  useDownload: 'The browser does not allow copying. Use “Download”.',
  savedAsNew: 'Your text was saved as a new document.',
  notSavedAsNew: (why: string): string => `It could not be saved as a new document. ${why}`,

  forHelpers: 'Details for support',
  copyDetails: 'Copy details',
  detailsCopied: 'Details copied',
  what: 'Problem',
  code: 'Code',
  document: 'Document',
  connection: 'Connection',
  noConnection: 'none',
  version: 'Version',
  unsaved: 'Unsaved changes',
  time: 'Time',
});
