import { serverNow } from '../app/api.ts';
import type { AppContext } from '../app/context.ts';
import { makeDocument } from '../app/new-document.ts';
import { templateWords } from '../words/en/templates.ts';
import { dateInWords } from '../words/formats.ts';

export type TemplateId = keyof typeof templateWords;

/** In the order in which they are offered. */
export const TEMPLATES: readonly TemplateId[] = ['meeting', 'project', 'journal'];

/** Makes documents and opens them. */
export class DocumentMaker {
  readonly #app: Pick<AppContext, 'currentUser' | 'router' | 'toasts'>;
  #isMaking = $state(false);

  constructor(app: Pick<AppContext, 'currentUser' | 'router' | 'toasts'>) {
    this.#app = app;
  }

  get isMaking(): boolean {
    return this.#isMaking;
  }

  /** A blank one, or one from a template. A refusal is told in a toast. */
  async make(template?: TemplateId): Promise<void> {
    if (this.#isMaking) return;
    this.#isMaking = true;
    const content = template && templateWords[template].content(dateInWords(serverNow()));
    await makeDocument(this.#app, content === undefined ? {} : { content });
    this.#isMaking = false;
  }
}
