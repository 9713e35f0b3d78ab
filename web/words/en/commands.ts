import { inLanguage } from '../words.ts';

/** Other words by which commands of the text are found. */
const TEXT_ALSO: Readonly<Record<string, string>> = {
  goToLine: 'jump number',
  bold: 'strong thick',
  italic: 'emphasis',
  link: 'URL',
  heading: 'title section',
  bulletList: 'points items',
  taskList: 'to-do checklist checkbox',
  tickTask: 'done check',
  quote: 'blockquote citation',
  code: 'block monospace',
};

/** Everything that can be done by typing its name, and the keys for it. */
export const commandWords = inLanguage('commands', {
  title: 'Commands and shortcuts',
  list: 'Commands',
  keyboard: 'Keyboard',
  search: 'What do you want to do?',
  results: 'Matching commands',
  nothing: 'No command has that name. Try another word.',
  isOn: 'on',
  recent: 'Used recently',
  groups: { document: 'Document', people: 'People', text: 'Text', view: 'View', weft: 'Weft' },

  settings: 'Settings…',
  settingsAlso: 'preferences options name colour language',
  keys: 'Keyboard shortcuts',
  keysAlso: 'help keys hotkeys Markdown',
  allDocuments: 'All documents',
  allDocumentsAlso: 'home list back',
  newDocument: 'New document',
  showIn: (language: string): string => `Show Weft in ${language}`,
  showInAlso: 'language',
  largerText: 'Larger text',
  smallerText: 'Smaller text',
  textSizeAlso: 'zoom font size',
  lineNumbers: 'Line numbers',
  focusMode: 'Focus on the current paragraph',
  spelling: 'Check spelling',

  inText: {
    goToLine: 'Go to line…',
    bold: 'Bold',
    italic: 'Italic',
    link: 'Link',
    openLink: 'Open the link',
    heading: 'Heading: next size',
    bulletList: 'Bulleted list',
    numberedList: 'Numbered list',
    taskList: 'Task list',
    tickTask: 'Tick the task',
    quote: 'Quote',
    code: 'Code',
    undo: 'Undo',
    redo: 'Redo',
  },
  inTextAlso: TEXT_ALSO,
});
