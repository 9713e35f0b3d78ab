import type { ChangeSpec, EditorState, Line, TransactionSpec } from '@codemirror/state';
import { selectedLines, startOf, type LineKind, type LineStart } from './line-start.ts';

/** Headings that a command goes through; deeper ones are typed. */
const DEEPEST_HEADING = 3;

/** Makes the selected lines headings of the next level after that of the first of them; after the third level none. */
export function cycleHeading(state: EditorState): TransactionSpec {
  const lines = writtenLines(state);
  const { level } = startOf(lines[0]!.text);
  const next = level >= DEEPEST_HEADING ? 0 : level + 1;
  const mark = next === 0 ? '' : `${'#'.repeat(next)} `;
  return changed(
    state,
    lines.map((line) => markChange(line, mark)),
  );
}

/** Makes the selected lines items of a list; if all of them are such items already, plain lines. */
export function toggleList(state: EditorState, kind: Exclude<LineKind, 'plain' | 'heading'>): TransactionSpec {
  const lines = writtenLines(state);
  const isOff = lines.every(({ text }) => startOf(text).kind === kind);
  const counts = new Map<string, number>();
  return changed(
    state,
    lines.map((line) => {
      if (isOff) return markChange(line, '');
      const start = startOf(line.text);
      if (start.kind === kind && kind !== 'number') return [];
      return markChange(line, markOf(kind, start, counts));
    }),
  );
}

/** Puts the selected lines into a quote; if all of them are in one, takes them out of the innermost. */
export function toggleQuote(state: EditorState): TransactionSpec {
  const lines = selectedLines(state);
  const isOff = writtenLines(state).every(({ text }) => startOf(text).quote !== '');
  return changed(
    state,
    lines.map(({ from, text }) => {
      if (!isOff) return { from, insert: text === '' && lines.length > 1 ? '>' : '> ' };
      const mark = /^[ \t]*>[ \t]?/.exec(text)?.[0].length ?? 0;
      return { from, to: from + mark };
    }),
  );
}

/** A transaction of its own undo step; the selection stays on its letters, a caret goes behind what is inserted at it. */
export function changed(state: EditorState, specs: ChangeSpec, assoc: -1 | 1 = 1): TransactionSpec {
  const changes = state.changes(specs);
  return { changes, selection: state.selection.map(changes, assoc), scrollIntoView: true, userEvent: 'input.format' };
}

/** The selected lines that are not blank; a blank one if it is the only one. */
function writtenLines(state: EditorState): Line[] {
  const lines = selectedLines(state);
  const written = lines.filter(({ text }) => text.trim() !== '');
  return written.length === 0 ? lines : written;
}

function markChange({ from, text }: Line, insert: string): ChangeSpec {
  const { quote, indent, mark } = startOf(text);
  const at = from + quote.length + indent.length;
  return { from: at, to: at + mark.length, insert };
}

/** The mark of an item; numbers count on for each depth, those of the deeper ones anew. */
function markOf(kind: LineKind, { indent }: LineStart, counts: Map<string, number>): string {
  if (kind !== 'number') return kind === 'task' ? '- [ ] ' : '- ';
  for (const deeper of counts.keys()) if (deeper.length > indent.length) counts.delete(deeper);
  const count = (counts.get(indent) ?? 0) + 1;
  counts.set(indent, count);
  return `${count}. `;
}
