import type { EditorState, TransactionSpec } from '@codemirror/state';
import { changed } from './block-format.ts';
import { FORMATS, nodeAround, toggleInline } from './inline-format.ts';
import { selectedLines, startOf } from './line-start.ts';

/** The shortest fence of a block of code. */
const FENCE = '```';

/**
 * Makes lines a block of code, and letters within a line code; takes the fences of the block around the selection away, or the marks.
 * An empty line becomes an empty block.
 */
export function toggleCode(state: EditorState): TransactionSpec {
  const block = nodeAround(state, state.selection.main, 'FencedCode');
  if (block !== undefined) return withoutFences(state, block);
  const lines = selectedLines(state);
  const [first, last] = [lines[0]!, lines.at(-1)!];
  if (lines.length === 1 && first.text.trim() !== '') return toggleInline(state, FORMATS.code);
  const { quote, indent } = startOf(first.text);
  const prefix = first.text.trim() === '' ? '' : quote + indent;
  const fence = prefix + fenceFor(state.sliceDoc(first.from, last.to));
  const { anchor, head } = state.selection.main;
  const within = (place: number): number => Math.min(place, last.to) + fence.length + 1;
  return {
    ...changed(state, [
      { from: first.from, insert: `${fence}\n` },
      { from: last.to, insert: `\n${fence}` },
    ]),
    selection: { anchor: within(anchor), head: within(head) },
  };
}

function withoutFences(state: EditorState, block: { readonly from: number; readonly to: number }): TransactionSpec {
  const [first, last] = [state.doc.lineAt(block.from), state.doc.lineAt(block.to)];
  const opening = { from: first.from, to: Math.min(first.to + 1, state.doc.length) };
  const isClosed = last.number > first.number && /^[ \t>]*(?:`{3,}|~{3,})[ \t]*$/.test(last.text);
  if (!isClosed) return changed(state, opening);
  // Of an empty block nothing is left but an empty line.
  if (last.number === first.number + 1) return changed(state, { from: first.from, to: last.to });
  return changed(state, [opening, { from: last.from - 1, to: last.to }]);
}

/** A fence longer than each in the text. */
function fenceFor(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`{3,}/g)].map(([row]) => row.length));
  return longest === 0 ? FENCE : '`'.repeat(longest + 1);
}
