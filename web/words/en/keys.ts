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
    commands: 'Commands, and these shortcuts',
    find: 'Find and replace',
    findNext: 'Next match',
    findPrevious: 'Previous match',
    goToLine: 'Go to a line',
    undo: 'Undo your own changes, not those of others',
    redo: 'Redo',
    save: 'Check whether everything is saved',
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
  enter: 'Continue a list or a quote',
  plainBreak: 'Plain line break',
  tab: 'Insert a tab, or nest an item of a list; with Shift, take it back',
  leaveText: 'Leave the text with the keyboard',
  escape: 'Close what is open, then stop following',
  savingHint:
    'Everything is saved as you type: once it says “Saved”, it is on the server’s disk. Without a connection you can go on writing; your changes wait on this device.',
  markdownHint: 'Headings, lists, bold and italic are written as Markdown:',
});
