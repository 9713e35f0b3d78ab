import type { Command } from '../app/commands.svelte.ts';
import { copyLink, linkTo } from '../app/copy-link.ts';
import type { AppContext } from '../app/context.ts';
import { copyDocument } from '../home/documents-api.ts';
import { duplicate } from '../home/duplicate.ts';
import { downloadText } from '../ui/text-export.ts';
import { frameWords } from '../words/en/frame.ts';
import { homeWords } from '../words/en/home.ts';
import type { DocumentPageModel } from './document-page-model.svelte.ts';
import { ownListCommands } from './own-list-commands.svelte.ts';

/** What the parts of the page do that are not of the document itself. */
export interface PageActions {
  share(): void;
  /** Asks whether one wants to leave the document. */
  leave(): void;
  /** To the next part of the page, or with -1 to the one before. */
  goRound(step: 1 | -1): void;
}

/** What can be done with an open document. */
export function documentCommands(page: DocumentPageModel, app: AppContext, actions: PageActions): Command[] {
  const isReady = (): boolean => page.live.isReady;
  return [
    {
      id: 'find',
      group: 'text',
      label: () => frameWords.find,
      shortcut: 'find',
      isAvailable: () => page.editor !== undefined && page.cover === undefined,
      run: () => page.editor?.run('find'),
    },
    {
      id: 'share',
      label: () => frameWords.share,
      also: () => frameWords.shareAlso,
      run: () => actions.share(),
    },
    { id: 'copy-link', label: () => frameWords.copyLink, run: () => void copyLink(app, linkTo(page.id)) },
    {
      id: 'duplicate',
      label: () => homeWords.duplicate,
      isAvailable: isReady,
      run: () => void duplicate(app, page.title, (title) => copyDocument(page.id, title)),
    },
    {
      id: 'download',
      label: () => frameWords.download,
      isAvailable: isReady,
      run: () => downloadText(page.live.session.text.toString(), page.title),
    },
    ...ownListCommands(page, app, () => actions.leave()),
    { id: 'save', label: () => frameWords.checkSaved, shortcut: 'save', run: () => page.answerSave() },
    { id: 'next-region', label: () => frameWords.nextRegion, shortcut: 'nextRegion', run: () => actions.goRound(1) },
    {
      id: 'previous-region',
      label: () => frameWords.previousRegion,
      shortcut: 'previousRegion',
      run: () => actions.goRound(-1),
    },
  ];
}
