import type { EditorState, TransactionSpec } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import { cycleHeading, toggleList, toggleQuote } from './block-format.ts';
import { toggleCode } from './code-format.ts';
import { FORMATS, toggleInline } from './inline-format.ts';
import { toggleLink } from './link-format.ts';
import { tickTasks } from './tasks.ts';

/** What each command does to a text; undefined if there is nothing it can be done to. */
export const TEXT_COMMANDS = {
  bold: (state) => toggleInline(state, FORMATS.bold),
  italic: (state) => toggleInline(state, FORMATS.italic),
  link: toggleLink,
  heading: cycleHeading,
  bulletList: (state) => toggleList(state, 'bullet'),
  numberedList: (state) => toggleList(state, 'number'),
  taskList: (state) => toggleList(state, 'task'),
  quote: toggleQuote,
  code: toggleCode,
  tickTask: tickTasks,
} as const satisfies Readonly<Record<string, (state: EditorState) => TransactionSpec | undefined>>;

export type TextCommand = keyof typeof TEXT_COMMANDS;

/** Whether a command can do something: what cannot be written in cannot be formatted. */
export function canRunText(id: TextCommand, state: EditorState): boolean {
  return !state.readOnly && (id !== 'tickTask' || tickTasks(state) !== undefined);
}

/** Runs a command on what is selected, as one edit. Nothing happens to read-only text, nor while a syllable is being composed. */
export function runText(id: TextCommand, view: EditorView): void {
  if (view.state.readOnly || view.compositionStarted) return;
  const change = TEXT_COMMANDS[id](view.state);
  if (change !== undefined) view.dispatch(change);
}
