import { isolated } from '../../shared/isolated.ts';
import type { Attempt } from '../app/attempt.svelte.ts';
import type { AppContext } from '../app/context.ts';
import { removeMember } from '../links/sharing-api.ts';
import { partWords } from '../words/en/parts.ts';
import { shareWords } from '../words/en/share.ts';
import type { SharedPage } from './sharing.svelte.ts';

/** Gives up what one has by name and by share links, and goes to the list; the attempt says why if that cannot be. */
export async function leaveDocument(
  { router, toasts }: Pick<AppContext, 'router' | 'toasts'>,
  page: SharedPage,
  attempt: Attempt,
  onleft: () => void,
): Promise<void> {
  const { title } = page;
  const ownId = page.live.session.self?.user.id;
  if (page.live.unsaved > 0) attempt.refuse(shareWords.unsaved);
  else if (ownId === undefined) attempt.refuse(shareWords.noAnswer);
  else if (await attempt.run(() => removeMember(page.id, ownId), { not_found: shareWords.nothingToLeave })) {
    onleft();
    router.navigate('/');
    toasts.show(shareWords.left(isolated(title) || partWords.untitled));
  }
}
