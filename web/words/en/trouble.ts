import { counted } from '../formats.ts';
import { inLanguage } from '../words.ts';

const STILL_HERE = 'What you have is still in this tab.';

/** What went wrong with a document, why, and what can be done: bands and the pages in the place of a document. */
export const troubleWords = inLanguage('trouble', {
  accessEnded: 'Access ended',
  accessEndedWhy: `This document is no longer shared with you. ${STILL_HERE}`,
  readOnly: 'Read-only',
  readOnlyWhy: `You can no longer write here. ${STILL_HERE}`,
  deleted: 'Document deleted',
  deletedWhy: `This document is no longer there. ${STILL_HERE}`,
  elsewhere: 'Open in another tab',
  elsewhereWhy: 'Another tab went on with this session.',
  signedOut: 'Signed out',
  signedOutWhy: 'The server no longer knows who this is. Reload to go on.',
  outdated: 'Update needed',
  outdatedWhy: 'This page is older than the server. Reload it.',
  tooLarge: 'Document too large',
  tooLargeWhy: 'The document has reached its largest size. Remove some text.',
  notTaken: 'Not saved',
  notTakenWhy: 'The server did not take the last changes. Copy your text, then reload.',

  unsavedLeft: (count: number): string =>
    counted(count, { one: '# change of yours is not saved.', other: '# changes of yours are not saved.' }),
  readOn: 'Put my changes away and read on',
  reload: 'Reload',

  stuck: 'Not saved yet',
  silent: 'The server does not answer.',
  serverSays: (message: string): string => `The server says: ${message}.`,
  keptUntilThen: 'What you typed is kept on this device and is saved as soon as the server can.',
  openUntilThen: 'Keep this tab open: what you typed is only here until the server can save it.',

  olderCopy:
    'The server went back to an older copy of this document. What you had not sent yet is added to it; the text that you had before is kept in this tab.',
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
  cannotCopy: 'The browser does not allow to copy.',
  useDownload: 'The browser does not allow to copy. Use “Download”.',
  savedAsNew: 'Your text is saved as a new document.',
  notSavedAsNew: (why: string): string => `It could not be saved as a new document. ${why}`,

  forHelpers: 'Details for whoever helps you',
  copyDetails: 'Copy details',
  detailsCopied: 'Details copied',
  what: 'What',
  code: 'Code',
  document: 'Document',
  connection: 'Connection',
  noConnection: 'none',
  version: 'Version',
  unsaved: 'Unsaved changes',
  time: 'Time',
});
