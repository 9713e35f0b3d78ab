import { inDigits } from '../formats.ts';
import { inLanguage } from '../words.ts';

/** The text of a document: what it is called, and what goes wrong in it. */
export const editorWords = inLanguage('editor', {
  label: 'Document text',
  /** Of an empty document that one can write in. */
  placeholder: 'Start writing…',
  nothingYet: 'Nothing has been written here yet.',
  /** The editor refused an edit. */
  refused: 'That change cannot be made here.',
  atLimit: (length: number): string => `No more than ${inDigits(length)} characters can be written here.`,
  /** Read out when a task is ticked, or no longer is. */
  ticked: 'Ticked',
  cleared: 'No longer ticked',
  /** On a link; the key is the one that is held. */
  opensLink: (key: string): string => `${key}-click opens the link`,
  openLink: 'Open',
  copyLink: 'Copy',
  linkMenu: 'Link',
  /** Parts of the editor that could not be loaded, as a sentence begins. */
  search: 'The search',
  goToLine: 'Going to a line',
  linkPart: 'The link menu',
  textSettings: 'Part of the editor',
});
