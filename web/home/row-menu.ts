import type { ListedDocumentBody } from '../../shared/protocol/http.ts';
import { mayEdit } from '../../shared/protocol/roles.ts';
import type { MenuItem } from '../ui/menu-item.ts';
import { homeWords } from '../words/en/home.ts';
import { partWords } from '../words/en/parts.ts';
import type { DocumentActions } from './document-actions.svelte.ts';

interface Source {
  readonly document: ListedDocumentBody;
  readonly actions: DocumentActions;
  readonly rename: () => void;
  /** Asks before it deletes for good. */
  readonly doom: () => void;
}

/** What can be done with a document of the list, by the role in it and by whether it is in the bin. */
export function itemsOf({ document, actions, rename, doom }: Source): MenuItem[] {
  const { role, isWatched, trashedAt } = document;
  if (trashedAt !== undefined) {
    return [
      { id: 'restore', label: partWords.restore, run: () => void actions.restore(document) },
      { id: 'delete', label: homeWords.deleteForGood, isDanger: true, run: doom },
    ];
  }
  const lines: (MenuItem | false)[] = [
    { id: 'open', label: homeWords.open, run: () => actions.open(document) },
    mayEdit(role) && { id: 'rename', label: homeWords.rename, run: rename },
    { id: 'duplicate', label: homeWords.duplicate, run: () => void actions.duplicate(document) },
    {
      id: 'watch',
      label: isWatched ? homeWords.unwatch : homeWords.watch,
      run: () => void actions.toggleWatch(document),
    },
    { id: 'copy-link', label: homeWords.copyLink, run: () => void actions.copyLink(document) },
    role === 'owner' && {
      id: 'bin',
      label: homeWords.toBin,
      isDanger: true,
      run: () => void actions.trash(document),
    },
  ];
  return lines.filter((line) => line !== false);
}
