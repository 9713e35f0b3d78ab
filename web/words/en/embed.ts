import { inDigits } from '../formats.ts';
import { inLanguage } from '../words.ts';

/** An editor in the page of somebody else. */
export const embedWords = inLanguage('embed', {
  /** The link to the page of the document. */
  openInWeft: 'Open in Weft',
  /** Why a form cannot be submitted, as the browser shows it beside the field. */
  fillIn: 'Write something here.',
  tooLong: (most: number, length: number): string =>
    `Shorten this text to ${inDigits(most)} characters; it has ${inDigits(length)}.`,
  notSavedYet: 'This text is not saved yet.',
  viewerReadsOnly: 'You can read this document here, but not change it.',
  signedOutWhy: 'The server does not know who you are.',
  notHereWhy: 'This document cannot be shown here.',
  elsewhereWhy: 'It was opened in another place with the same session.',
  outdatedWhy: 'This page brings an editor that is older than the server.',
  /** In a sandbox of the host. */
  noOrigin: 'This frame needs allow-same-origin in its sandbox attribute.',
  /** The text of the person is not lost. */
  textIsHere: 'Your text is still here.',
});
