import * as commands from '@codemirror/commands';
import type { StateCommand } from '@codemirror/state';
import type { EditorView, KeyBinding } from '@codemirror/view';
import { isShortcut, type ShortcutId } from './shortcuts.ts';

/** Breaks the line; its indentation goes on. Lists and quotes are a matter of Markdown. */
export const breakLine: StateCommand = ({ state, dispatch }) => {
  if (state.readOnly) return false;
  const { from } = state.selection.main;
  const indentation = /^[ \t]*/.exec(state.sliceDoc(state.doc.lineAt(from).from, from))![0];
  dispatch(state.update(state.replaceSelection(`\n${indentation}`), { scrollIntoView: true, userEvent: 'input' }));
  return true;
};

/** Breaks the line, and nothing more. */
const breakLinePlainly: StateCommand = ({ state, dispatch }) => {
  if (state.readOnly) return false;
  dispatch(state.update(state.replaceSelection('\n'), { scrollIntoView: true, userEvent: 'input' }));
  return true;
};

/**
 * The keys of a text editor. CodeMirror's ready-made lists also bind what programmers need, and bring its code along: 8 KiB
 * for every page.
 */
export const textKeys: readonly KeyBinding[] = [
  { key: 'Enter', run: breakLine, shift: breakLinePlainly },
  { key: 'Tab', run: commands.insertTab, shift: commands.indentLess },
  onShortcut('moveLineUp', (view) => void commands.moveLineUp(view)),
  onShortcut('moveLineDown', (view) => void commands.moveLineDown(view)),
  onShortcut('selectAll', (view) => void commands.selectAll(view)),
  { key: 'ArrowLeft', run: commands.cursorCharLeft, shift: commands.selectCharLeft, preventDefault: true },
  { key: 'ArrowRight', run: commands.cursorCharRight, shift: commands.selectCharRight, preventDefault: true },
  { key: 'ArrowUp', run: commands.cursorLineUp, shift: commands.selectLineUp, preventDefault: true },
  { key: 'ArrowDown', run: commands.cursorLineDown, shift: commands.selectLineDown, preventDefault: true },
  ...words('ArrowLeft', commands.cursorGroupLeft, commands.selectGroupLeft),
  ...words('ArrowRight', commands.cursorGroupRight, commands.selectGroupRight),
  { mac: 'Cmd-ArrowLeft', run: commands.cursorLineBoundaryLeft, shift: commands.selectLineBoundaryLeft },
  { mac: 'Cmd-ArrowRight', run: commands.cursorLineBoundaryRight, shift: commands.selectLineBoundaryRight },
  { mac: 'Cmd-ArrowUp', run: commands.cursorDocStart, shift: commands.selectDocStart },
  { mac: 'Cmd-ArrowDown', run: commands.cursorDocEnd, shift: commands.selectDocEnd },
  { key: 'Home', run: commands.cursorLineBoundaryBackward, shift: commands.selectLineBoundaryBackward },
  { key: 'End', run: commands.cursorLineBoundaryForward, shift: commands.selectLineBoundaryForward },
  { key: 'Mod-Home', run: commands.cursorDocStart, shift: commands.selectDocStart },
  { key: 'Mod-End', run: commands.cursorDocEnd, shift: commands.selectDocEnd },
  { key: 'PageUp', run: commands.cursorPageUp, shift: commands.selectPageUp },
  { key: 'PageDown', run: commands.cursorPageDown, shift: commands.selectPageDown },
  { key: 'Backspace', run: commands.deleteCharBackward, shift: commands.deleteCharBackward, preventDefault: true },
  { key: 'Delete', run: commands.deleteCharForward, preventDefault: true },
  { key: 'Mod-Backspace', mac: 'Alt-Backspace', run: commands.deleteGroupBackward, preventDefault: true },
  { key: 'Mod-Delete', mac: 'Alt-Delete', run: commands.deleteGroupForward, preventDefault: true },
  { mac: 'Mod-Backspace', run: commands.deleteLineBoundaryBackward, preventDefault: true },
  { mac: 'Mod-Delete', run: commands.deleteLineBoundaryForward, preventDefault: true },
];

function words(
  arrow: string,
  run: NonNullable<KeyBinding['run']>,
  shift: NonNullable<KeyBinding['run']>,
): KeyBinding[] {
  return [{ key: `Mod-${arrow}`, mac: `Alt-${arrow}`, run, shift, preventDefault: true }];
}

/**
 * Binds a shortcut of the table, on every layout. CodeMirror's own bindings also match the position of a key if the layout types
 * another Latin letter there. `scope` is CodeMirror's: the text, and `search-panel` for the fields above it.
 */
export function onShortcut(id: ShortcutId, run: (view: EditorView) => void, scope = 'editor'): KeyBinding {
  return {
    scope,
    any: (view, event) => {
      if (!isShortcut(id, event)) return false;
      run(view);
      return true;
    },
  };
}
