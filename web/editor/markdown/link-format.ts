import type { EditorState, TransactionSpec } from '@codemirror/state';
import { changed } from './block-format.ts';
import { nodeAround, selectedPieces } from './inline-format.ts';
import { behindMarks } from './line-start.ts';

/** A text that is one address and nothing else: the kinds that people paste. */
const ADDRESS = /^(?:https?:\/\/|mailto:)[^\s<>]+$/i;

export function isAddress(text: string): boolean {
  return ADDRESS.test(text.trim());
}

/**
 * Makes a link of what is selected, or of the word at the caret. Of an address it is the target and the caret comes where the words
 * go, of other words the caret comes where the target goes. Within a link only its words are left.
 */
export function toggleLink(selected: EditorState): TransactionSpec {
  const state = behindMarks(selected);
  const { main } = state.selection;
  const link = nodeAround(state, main, 'Link');
  if (link !== undefined) {
    const [open, close] = link.getChildren('LinkMark');
    if (open !== undefined && close !== undefined)
      return changed(state, [
        { from: open.from, to: open.to },
        { from: close.from, to: link.to },
      ]);
  }
  const bare = main.empty ? nodeAround(state, main, 'URL') : undefined;
  // A link does not go over lines.
  const { from, to } = bare ?? selectedPieces(state)[0]!;
  const text = state.sliceDoc(from, to);
  if (bare !== undefined || isAddress(text)) return linked(state, { from, to }, '', text);
  return linked(state, { from, to }, text, '');
}

/** A pasted address over selected words makes a link of them; undefined where it is to be pasted as it is. */
export function pastedLink(state: EditorState, pasted: string): TransactionSpec | undefined {
  const { from, to, empty } = behindMarks(state).selection.main;
  const text = state.sliceDoc(from, to);
  if (empty || !isAddress(pasted) || isAddress(text) || /[\n[\]]/.test(text) || text.trim() === '') return undefined;
  const isVerbatim = ['FencedCode', 'InlineCode', 'CodeBlock', 'Link'].some(
    (name) => nodeAround(state, { from, to }, name) !== undefined,
  );
  if (isVerbatim) return undefined;
  const insert = `[${text}](${targetOf(pasted.trim())})`;
  return {
    changes: { from, to, insert },
    selection: { anchor: from + insert.length },
    scrollIntoView: true,
    userEvent: 'input.paste',
  };
}

function linked(
  state: EditorState,
  { from, to }: { readonly from: number; readonly to: number },
  words: string,
  target: string,
): TransactionSpec {
  const shown = words.replaceAll(/(?<!\\)(?=[[\]])/g, '\\');
  const insert = `[${shown}](${targetOf(target)})`;
  // Where something is missing; without both, where the words go.
  const anchor = words === '' ? from + 1 : from + insert.length - 1;
  return { ...changed(state, { from, to, insert }), selection: { anchor } };
}

/** A target as it stands in the brackets: parentheses would end it. */
function targetOf(address: string): string {
  return /[()\s]/.test(address) ? `<${address}>` : address;
}
