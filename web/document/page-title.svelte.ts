import type { DocumentBody } from '../../shared/protocol/http.ts';
import { UNTITLED } from '../../shared/text/untitled.ts';

/** A title, and whether somebody has given it. */
type Title = Pick<DocumentBody, 'title' | 'isNamed'>;

/** What a title is made of, as state. */
export interface TitleSources {
  /** As the session has it: `title` is empty before the server has said it. `beginning` is the text as far as its heading may be. */
  readonly live: Title & { readonly beginning: string };
  /** As it was read over HTTP, if it was. */
  readonly record: Title | undefined;
}

/** What a document is called: its name or, until somebody has given it one, what its text begins with. */
export class PageTitle {
  readonly #sources: TitleSources;
  /** Loaded for documents without a name; until then the server's word for it counts. */
  #headingOf = $state.raw<((text: string) => string | undefined) | undefined>(undefined);
  readonly #known = $derived.by(() => this.#read());

  constructor(sources: TitleSources) {
    this.#sources = sources;
  }

  /** Empty if it is called nothing; undefined until that is known. */
  get known(): string | undefined {
    return this.#known;
  }

  /** From now on, a document without a name is called what its text begins with. Nothing changes if that cannot be loaded. */
  async readHeading(): Promise<void> {
    const part = await import('../../shared/text/opening.ts').catch(() => undefined);
    this.#headingOf = part?.headingOf;
  }

  #read(): string | undefined {
    const { live, record } = this.#sources;
    const isSaid = live.title !== '';
    if (isSaid && !live.isNamed && this.#headingOf !== undefined) return this.#headingOf(live.beginning) ?? '';
    const said = isSaid ? live : record;
    // The server's word for a text without a beginning is not one of this page, and the text may have one by now.
    return said === undefined || (!said.isNamed && said.title === UNTITLED) ? undefined : said.title;
  }
}
