import { createDocument, messageOf } from './api.ts';
import type { AppContext } from './context.ts';

/** Makes a document and goes there. A refusal is said in a toast. */
export async function makeDocument(
  { currentUser, router, toasts }: Pick<AppContext, 'currentUser' | 'router' | 'toasts'>,
  fields: { title?: string; content?: string } = {},
): Promise<void> {
  try {
    await currentUser.ensure();
    const { id } = await createDocument(fields);
    router.navigate(`/d/${id}`, { isNew: true });
  } catch (error) {
    toasts.show(messageOf(error));
  }
}
