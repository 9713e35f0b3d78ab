import type { DocumentBody, ListedDocumentBody } from '../../shared/protocol/http.ts';
import { isolated } from '../../shared/isolated.ts';
import type { SendOptions } from '../app/api.ts';
import { hrefOf } from '../app/base.ts';
import type { AppContext } from '../app/context.ts';
import { copyLink, linkTo } from '../app/copy-link.ts';
import { homeWords } from '../words/en/home.ts';
import type { DocumentList } from './document-list.svelte.ts';
import { duplicate, named } from './duplicate.ts';
import { attempt, moveToBin, watchTold } from './told-actions.ts';

/** What a person does with a document of the list, and what they are told of it. Nothing rejects but `rename`. */
export class DocumentActions {
  readonly #app: AppContext;
  readonly #list: DocumentList;

  constructor(app: AppContext, list: DocumentList) {
    this.#app = app;
    this.#list = list;
  }

  open({ id }: DocumentBody): void {
    window.open(hrefOf(`/d/${id}`), '_blank', 'noopener');
  }

  /** Rejects with ApiError. */
  async rename({ id }: DocumentBody, title: string, options?: SendOptions): Promise<void> {
    await this.#list.rename(id, title, options);
    this.#app.announcer.say(homeWords.renamed(isolated(title)));
  }

  async copyLink({ id }: DocumentBody): Promise<void> {
    await copyLink(this.#app, linkTo(id));
  }

  async toggleWatch({ id, title, isWatched }: DocumentBody): Promise<void> {
    await watchTold(this.#app, { title }, !isWatched, (value) => this.#list.watchDocument(id, value));
  }

  async duplicate({ id, title }: ListedDocumentBody): Promise<void> {
    await duplicate(this.#app, title, (name) => this.#list.copy(id, name));
  }

  async trash(document: DocumentBody): Promise<void> {
    await moveToBin(this.#app, document, {
      trash: () => this.#list.trash(document.id),
      restore: () => this.#list.restore(document.id),
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

  #attempt(work: Promise<unknown>): Promise<boolean> {
    return attempt(this.#app.toasts, work);
  }
}
