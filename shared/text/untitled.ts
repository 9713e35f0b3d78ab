/** The title that the server gives a document that has neither a name nor text. */
export const UNTITLED = 'Untitled';
