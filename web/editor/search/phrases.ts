import { EditorState, type Extension } from '@codemirror/state';

const said: Record<string, string> = {};

/**
 * What CodeMirror itself says of the search, to screen readers. It stands in a view from its beginning and is filled when the search
 * is loaded: a view that gets other phrases draws its text anew, and loses the row that must not move.
 */
export const searchPhrases: Extension = EditorState.phrases.of(said);

/** Tells the words for what is said, by the English ones of CodeMirror. */
export function saySearch(words: Readonly<Record<string, string>>): void {
  Object.assign(said, words);
}
