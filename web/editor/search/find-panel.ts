import {
  SearchQuery,
  closeSearchPanel,
  findNext,
  findPrevious,
  getSearchQuery,
  replaceAll,
  replaceNext,
  setSearchQuery,
} from '@codemirror/search';
import { runScopeHandlers, type EditorView, type Panel, type ViewUpdate } from '@codemirror/view';
import { findWords } from '../../words/en/find.ts';
import { inDigits } from '../../words/formats.ts';
import { findMatches, placeOf, type Matches } from './match-count.ts';
import { choice, iconButton, part, wordButton } from './panel-parts.ts';

/** The row for finding and replacing. On a narrow screen replacing and choices are a second row, which a button opens. */
export class FindPanel implements Panel {
  readonly dom: HTMLElement;
  readonly top = true;
  readonly #view: EditorView;
  readonly #find: HTMLInputElement;
  readonly #replace: HTMLInputElement;
  readonly #count = part('span', { class: 'weft-count', attributes: { role: 'status', 'data-testid': 'find-count' } });
  readonly #case = choice('Aa', findWords.matchCase, () => this.#commit());
  readonly #word = choice('|ab|', findWords.wholeWords, () => this.#commit());
  #query: SearchQuery;
  #matches: Matches | undefined;
  #counting = new AbortController();

  constructor(view: EditorView) {
    this.#view = view;
    this.#query = getSearchQuery(view.state);
    this.#find = field(findWords.find, this.#query.search, () => this.#commit());
    this.#find.setAttribute('main-field', 'true');
    this.#replace = field(findWords.replace, this.#query.replace, () => this.#commit());
    [this.#case.box.checked, this.#word.box.checked] = [this.#query.caseSensitive, this.#query.wholeWord];
    this.dom = this.#build();
    this.#recount();
  }

  mount(): void {
    this.#find.select();
  }

  update(update: ViewUpdate): void {
    for (const { effects } of update.transactions)
      for (const effect of effects)
        if (effect.is(setSearchQuery) && !effect.value.eq(this.#query)) this.#take(effect.value);
    if (update.docChanged) this.#recount();
    else if (update.selectionSet) this.#showCount();
  }

  destroy(): void {
    this.#counting.abort();
  }

  #build(): HTMLElement {
    const view = this.#view;
    const more = iconButton('more', findWords.more, () => this.#toggleMore(more), {
      'aria-expanded': 'false',
      'data-testid': 'find-more',
    });
    more.classList.add('weft-more');
    const close = iconButton('close', findWords.close, () => closeSearchPanel(view));
    close.classList.add('weft-last');
    const canReplace = !view.state.readOnly;
    const replacing = [
      part('div', { class: 'weft-field weft-grows' }, this.#replace),
      wordButton(findWords.replace, () => replaceNext(view)),
      wordButton(findWords.replaceAll, () => replaceAll(view)),
    ];
    const row = part(
      'div',
      { class: 'weft-row' },
      part('div', { class: 'weft-field weft-counted weft-grows' }, this.#find, this.#count),
      iconButton('up', findWords.previous, () => findPrevious(view)),
      iconButton('down', findWords.next, () => findNext(view)),
      part('div', { class: 'weft-second' }, this.#case, this.#word, ...(canReplace ? replacing : [])),
      more,
      close,
    );
    const attributes = { role: 'search', 'aria-label': findWords.find, 'data-testid': 'find' };
    const dom = part('div', { class: 'weft-find weft-panel', attributes }, row);
    dom.addEventListener('keydown', (event) => this.#onKey(event));
    return dom;
  }

  #onKey(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (runScopeHandlers(this.#view, event, 'search-panel')) {
      event.preventDefault();
    } else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
      event.preventDefault();
      if (event.target === this.#replace) replaceNext(this.#view);
      else if (event.target === this.#find) (event.shiftKey ? findPrevious : findNext)(this.#view);
    }
  }

  #toggleMore(button: HTMLElement): void {
    const isOpen = this.dom.classList.toggle('is-open');
    button.setAttribute('aria-expanded', String(isOpen));
  }

  #commit(): void {
    // The words themselves, never a pattern: some of these ((a+)+$) search one line for hours.
    const query = new SearchQuery({
      search: this.#find.value,
      replace: this.#replace.value,
      caseSensitive: this.#case.box.checked,
      wholeWord: this.#word.box.checked,
      literal: true,
    });
    if (query.eq(this.#query)) return;
    this.#query = query;
    this.#view.dispatch({ effects: setSearchQuery.of(query) });
    this.#recount();
  }

  /** Takes what is looked for from elsewhere: the selection, when the panel is opened again. */
  #take(query: SearchQuery): void {
    this.#query = query;
    [this.#find.value, this.#replace.value] = [query.search, query.replace];
    [this.#case.box.checked, this.#word.box.checked] = [query.caseSensitive, query.wholeWord];
    this.#recount();
  }

  #recount(): void {
    this.#counting.abort();
    this.#counting = new AbortController();
    if (!this.#query.valid) {
      this.#matches = undefined;
      return this.#showCount();
    }
    void findMatches(this.#query, this.#view.state, this.#counting.signal).then((matches) => {
      if (matches === undefined) return;
      this.#matches = matches;
      this.#showCount();
    });
  }

  #showCount(): void {
    this.#count.textContent = this.#matches === undefined ? '' : this.#counted(this.#matches);
  }

  #counted(matches: Matches): string {
    const { length } = matches.places;
    if (length === 0) return findWords.none;
    const all = matches.isCapped ? findWords.andMore(length) : inDigits(length);
    const place = placeOf(matches, this.#view.state.selection.main);
    return place === 0 ? all : findWords.placeOf(place, all);
  }
}

function field(label: string, value: string, oninput: () => void): HTMLInputElement {
  const attributes = {
    type: 'text',
    placeholder: label,
    'aria-label': label,
    autocomplete: 'off',
    enterkeyhint: 'search',
  };
  const input = part('input', { attributes });
  input.value = value;
  input.addEventListener('input', oninput);
  return input;
}
