import type { Command } from '../app/commands.svelte.ts';
import type { EditorCommand } from '../editor/editor-commands.ts';
import { SHORTCUTS, type ShortcutId } from '../editor/keys/shortcuts.ts';
import { commandWords } from '../words/en/commands.ts';
import type { DocumentPageModel } from './document-page-model.svelte.ts';

/** What can be done in the text, in the order in which it is listed. */
const TEXT = [
  'goToLine',
  'bold',
  'italic',
  'link',
  'openLink',
  'heading',
  'bulletList',
  'numberedList',
  'taskList',
  'tickTask',
  'quote',
  'code',
  'undo',
  'redo',
] as const satisfies readonly EditorCommand[];

/** What can be done in the text, while it is shown. */
export function textCommands(page: DocumentPageModel): Command[] {
  return TEXT.map((id) => ({
    id,
    group: 'text',
    label: () => commandWords.inText[id],
    also: () => commandWords.inTextAlso[id] ?? '',
    ...(id in SHORTCUTS && { shortcut: id as ShortcutId }),
    isAvailable: () => page.cover === undefined && page.editor?.canRun(id) === true,
    run: () => page.editor?.run(id),
  }));
}
