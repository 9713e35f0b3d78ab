import type { DocumentBody } from '../../shared/protocol/http.ts';
import { isolated } from '../../shared/isolated.ts';
import { messageOf } from '../app/api.ts';
import type { AppContext } from '../app/context.ts';
import { homeWords } from '../words/en/home.ts';
import { named } from './duplicate.ts';

/** Puts a document into the bin, which is told with the way back; so is a refusal. True if it is there. */
export async function moveToBin(
  { toasts }: Pick<AppContext, 'toasts'>,
  document: Pick<DocumentBody, 'title'>,
  { trash, restore }: { readonly trash: () => Promise<unknown>; readonly restore: () => Promise<unknown> },
): Promise<boolean> {
  if (!(await attempt(toasts, trash()))) return false;
  toasts.show(homeWords.binned(named(document)), {
    label: homeWords.undo,
    run: () => void attempt(toasts, restore()),
  });
  return true;
}

/** Watches a document, or no longer does; that is told, and so is a refusal. True if it is done. */
export async function watchTold(
  { toasts, announcer }: Pick<AppContext, 'toasts' | 'announcer'>,
  { title }: Pick<DocumentBody, 'title'>,
  isWatched: boolean,
  set: (isWatched: boolean) => Promise<unknown>,
): Promise<boolean> {
  if (!(await attempt(toasts, set(isWatched)))) return false;
  announcer.say((isWatched ? homeWords.watching : homeWords.notWatching)(isolated(title)));
  return true;
}

/** True if it is done; else it is told why not. */
export async function attempt(toasts: AppContext['toasts'], work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    toasts.show(messageOf(error));
    return false;
  }
}
