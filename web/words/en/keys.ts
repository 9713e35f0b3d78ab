import { inLanguage } from '../words.ts';

/** What the keys do, and what is good to know beside them. */
export const keyWords = inLanguage('keys', {
  places: {
    everywhere: 'Everywhere',
    document: 'In a document',
    text: 'In the text',
    home: 'In the list of documents',
  },
  shortcuts: {
    commands: 'Commands, and these keys',
    find: 'Find and replace',
    findNext: 'Next match',
    findPrevious: 'Previous match',
    goToLine: 'Go to a line',
    undo: 'Undo what you did; others keep what they did',
    redo: 'Redo',
    save: 'Hear whether everything is saved',
    selectAll: 'Select all',
    bold: 'Bold',
    italic: 'Italic',
    link: 'Link',
    moveLineUp: 'Move the line up',
    moveLineDown: 'Move the line down',
    people: 'People in this document',
    preview: 'The preview, or back to the text',
    print: 'Print the rendered document',
    nextRegion: 'Next part of the page',
    previousRegion: 'Previous part of the page',
    search: 'Search your documents',
  },
  enter: 'Go on with a list or a quote',
  plainBreak: 'A plain line break',
  tab: 'A tab; Shift takes it away',
  leaveText: 'Leave the text with the keyboard',
  escape: 'Close what is open, then stop following somebody',
  savingHint:
    'Everything is saved while you type: once it says “Saved”, it is on the server’s disk. Without a connection you can go on; your changes wait on this device.',
  markdownHint: 'Headings, lists, bold and italic are written as Markdown:',
});
