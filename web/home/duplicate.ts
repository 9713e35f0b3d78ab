import type { DocumentBody } from '../../shared/protocol/http.ts';
import { isolated } from '../../shared/isolated.ts';
import { messageOf } from '../app/api.ts';
import type { AppContext } from '../app/context.ts';
import { cutWhole } from '../ui/letters.ts';
import { LONGEST_TITLE } from '../ui/titles.ts';
import { homeWords } from '../words/en/home.ts';
import { partWords } from '../words/en/parts.ts';

/** UTF-16 units of a title in a toast. */
const LONGEST_IN_TOAST = 40;

/** Has a copy of a document made, which is told with the way there; so is a refusal. `copy` makes it, with the title it is given. */
export async function duplicate(
  { toasts, router }: Pick<AppContext, 'toasts' | 'router'>,
  title: string,
  copy: (title: string) => Promise<DocumentBody>,
): Promise<void> {
  // The words around the title count too.
  const room = LONGEST_TITLE - homeWords.copyOf('').length;
  try {
    const made = await copy(homeWords.copyOf(cutWhole(title || partWords.untitled, room).trimEnd()));
    toasts.show(homeWords.duplicated(named(made)), {
      label: homeWords.openIt,
      run: () => router.navigate(`/d/${made.id}`),
    });
  } catch (error) {
    toasts.show(messageOf(error));
  }
}

/** The title of a document for a sentence, which has no room for all of it. */
export function named({ title }: Pick<DocumentBody, 'title'>): string {
  return isolated(title.length > LONGEST_IN_TOAST ? `${cutWhole(title, LONGEST_IN_TOAST - 1)}…` : title);
}
