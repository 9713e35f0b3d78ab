import type { DocumentBody, ListedDocumentBody } from '../../shared/protocol/http.ts';
import { isolated } from '../../shared/isolated.ts';
import { messageOf, type SendOptions } from '../app/api.ts';
import type { AppContext } from '../app/context.ts';
import { cutWhole } from '../ui/letters.ts';
import { copyText } from '../ui/text-export.ts';
import { LONGEST_TITLE } from '../ui/titles.ts';
import { homeWords } from '../words/en/home.ts';
import type { DocumentList } from './document-list.svelte.ts';

/** UTF-16 units of a title in a toast. */
const LONGEST_IN_TOAST = 40;

/** What a person does with a document of the list, and what they are told of it. Nothing rejects but `rename`. */
export class DocumentActions {
  readonly #app: AppContext;
  readonly #list: DocumentList;

  constructor(app: AppContext, list: DocumentList) {
    this.#app = app;
    this.#list = list;
  }

  open({ id }: DocumentBody): void {
    window.open(`/d/${id}`, '_blank', 'noopener');
  }

  /** Rejects with ApiError. */
  async rename({ id }: DocumentBody, title: string, options?: SendOptions): Promise<void> {
    await this.#list.rename(id, title, options);
    this.#app.announcer.say(homeWords.renamed(isolated(title)));
  }

  async copyLink({ id }: DocumentBody): Promise<void> {
    const link = `${location.origin}/d/${id}`;
    this.#app.toasts.show((await copyText(link)) ? homeWords.linkCopied : homeWords.linkNotCopied(link));
  }

  async toggleWatch({ id, title, isWatched }: DocumentBody): Promise<void> {
    if (!(await this.#attempt(this.#list.watchDocument(id, !isWatched)))) return;
    this.#app.announcer.say((isWatched ? homeWords.notWatching : homeWords.watching)(isolated(title)));
  }

  async duplicate({ id, title }: ListedDocumentBody): Promise<void> {
    const { toasts, router } = this.#app;
    // The words around the title count too.
    const room = LONGEST_TITLE - homeWords.copyOf('').length;
    try {
      const copy = await this.#list.copy(id, homeWords.copyOf(cutWhole(title, room).trimEnd()));
      toasts.show(homeWords.duplicated(named(copy)), {
        label: homeWords.openIt,
        run: () => router.navigate(`/d/${copy.id}`),
      });
    } catch (error) {
      toasts.show(messageOf(error));
    }
  }

  async trash(document: DocumentBody): Promise<void> {
    if (!(await this.#attempt(this.#list.trash(document.id)))) return;
    this.#app.toasts.show(homeWords.binned(named(document)), {
      label: homeWords.undo,
      run: () => void this.#attempt(this.#list.restore(document.id)),
    });
  }

  async restore(document: DocumentBody): Promise<void> {
    if (!(await this.#attempt(this.#list.restore(document.id)))) return;
    this.#app.toasts.show(homeWords.restored(named(document)), {
      label: homeWords.openIt,
      run: () => this.#app.router.navigate(`/d/${document.id}`),
    });
  }

  async deleteForGood(document: DocumentBody): Promise<void> {
    if (await this.#attempt(this.#list.deleteForGood(document.id)))
      this.#app.toasts.show(homeWords.deleted(named(document)));
  }

  async #attempt(work: Promise<unknown>): Promise<boolean> {
    try {
      await work;
      return true;
    } catch (error) {
      this.#app.toasts.show(messageOf(error));
      return false;
    }
  }
}

function named({ title }: DocumentBody): string {
  return isolated(title.length > LONGEST_IN_TOAST ? `${cutWhole(title, LONGEST_IN_TOAST - 1)}…` : title);
}
