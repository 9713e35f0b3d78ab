import { trashDocument, updateDocument } from '../app/api.ts';
import type { Command } from '../app/commands.svelte.ts';
import type { AppContext } from '../app/context.ts';
import { setWatched } from '../home/documents-api.ts';
import { moveToBin, watchTold } from '../home/told-actions.ts';
import type { SharedPage } from '../share/sharing.svelte.ts';
import { homeWords } from '../words/en/home.ts';
import { partWords } from '../words/en/parts.ts';
import { shareWords } from '../words/en/share.ts';

/** What these commands need to know of the page. */
export interface OwnListPage {
  readonly id: string;
  readonly title: string;
  readonly record: { readonly isWatched: boolean } | undefined;
  readonly live: Pick<SharedPage['live'], 'role' | 'unsaved'> & { readonly isReady: boolean };
}

/** What becomes of an open document in one's own list: it is watched, left or moved to the bin. `leave` asks first. */
export function ownListCommands(
  page: OwnListPage,
  app: Pick<AppContext, 'router' | 'toasts' | 'announcer'>,
  leave: () => void,
): Command[] {
  /** What was chosen since the record was read. */
  let chosen = $state<boolean>();
  const isWatched = (): boolean => chosen ?? page.record?.isWatched ?? false;

  async function watch(): Promise<void> {
    const next = !isWatched();
    if (await watchTold(app, page, next, (value) => setWatched(page.id, value))) chosen = next;
  }

  async function bin(): Promise<void> {
    if (page.live.unsaved > 0) return app.toasts.show(homeWords.binUnsaved);
    const { id } = page;
    const title = page.title || partWords.untitled;
    const moves = {
      trash: () => trashDocument(id),
      // Back to where one was.
      restore: () => updateDocument(id, { trashed: false }).then(() => app.router.navigate(`/d/${id}`)),
    };
    if (await moveToBin(app, { title }, moves)) app.router.navigate('/');
  }

  return [
    {
      id: 'watch',
      label: () => (isWatched() ? homeWords.unwatch : homeWords.watch),
      isAvailable: () => page.live.isReady && page.record !== undefined,
      run: () => void watch(),
    },
    {
      id: 'leave',
      label: () => shareWords.leave,
      also: () => shareWords.leaveAlso,
      isAvailable: () => page.live.isReady && page.live.role !== undefined && page.live.role !== 'owner',
      run: leave,
    },
    {
      id: 'bin',
      label: () => homeWords.toBin,
      also: () => homeWords.binAlso,
      isAvailable: () => page.live.isReady && page.live.role === 'owner',
      run: () => void bin(),
    },
  ];
}
