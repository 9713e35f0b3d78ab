import type { Command } from '../app/commands.svelte.ts';
import type { Toasts } from '../app/toasts.svelte.ts';
import type { DocumentEditor } from '../editor/document-editor.ts';
import { copyText } from '../ui/text-export.ts';
import { commandWords } from '../words/en/commands.ts';
import { partWords } from '../words/en/parts.ts';
import type { DocumentPageModel } from './document-page-model.svelte.ts';
import { textCommands } from './text-commands.ts';

interface Means {
  readonly page: DocumentPageModel;
  /** The text, once it is shown. */
  editor(): DocumentEditor | undefined;
  readonly toasts: Pick<Toasts, 'show'>;
  share(): void;
}

/** What can be done with a document. */
export function documentCommands({ page, editor, toasts, share }: Means): Command[] {
  return [
    { id: 'share', label: () => commandWords.share, also: () => commandWords.shareAlso, run: share },
    {
      id: 'copy-link',
      label: () => commandWords.copyLink,
      run: () => void copyLink(toasts),
    },
    {
      id: 'save',
      label: () => commandWords.save,
      also: () => commandWords.saveAlso,
      shortcut: 'save',
      run: () => page.answerSave(),
    },
    ...textCommands(editor),
  ];
}

async function copyLink(toasts: Means['toasts']): Promise<void> {
  const url = `${location.origin}${location.pathname}`;
  toasts.show((await copyText(url)) ? commandWords.linkCopied : partWords.copyByHand(url));
}
