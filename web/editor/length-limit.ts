import { EditorState, Transaction, type Extension } from '@codemirror/state';
import { editorWords } from '../words/en/editor.ts';

/**
 * Own typing and pasting end at a length, in UTF-16 units, as in the fields of browsers. What others write is not stopped by it, and a
 * text that is too long can be made shorter. `tell` gets a sentence for the person.
 */
export function lengthLimit(maximum: () => number | undefined, tell: (message: string) => void): Extension {
  return EditorState.transactionFilter.of((transaction) => {
    const limit = maximum();
    const isOwn = transaction.isUserEvent('input') || transaction.isUserEvent('move');
    if (limit === undefined || !isOwn || transaction.annotation(Transaction.remote) === true) return transaction;
    const { newDoc, startState } = transaction;
    if (newDoc.length <= limit || newDoc.length <= startState.doc.length) return transaction;
    tell(editorWords.atLimit(limit));
    return [];
  });
}
