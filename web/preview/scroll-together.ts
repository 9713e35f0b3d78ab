import type { BlockList } from './block-list.ts';
import { LineMap } from './line-map.ts';
import type { TextScroller } from './preview-page.ts';

/** What a person does to scroll. */
const ACTIONS = ['wheel', 'pointerdown', 'touchstart', 'keydown', 'focusin'] as const;

/**
 * Scrolls text and preview together. The one that the person touched last leads, and only scrolling of the leader moves the other:
 * what others write moves neither.
 */
export class ScrollTogether {
  readonly #scroller: HTMLElement;
  readonly #list: BlockList;
  readonly #text: TextScroller;
  readonly #endings: (() => void)[] = [];
  #leader: 'text' | 'preview' = 'text';
  /** Where the preview was last put by the page itself, in pixels. */
  #put = 0;

  constructor(scroller: HTMLElement, list: BlockList, text: TextScroller) {
    this.#scroller = scroller;
    this.#list = list;
    this.#text = text;
    const act = (event: Event): void => {
      this.#leader = event.target instanceof Node && scroller.contains(event.target) ? 'preview' : 'text';
    };
    for (const action of ACTIONS) document.addEventListener(action, act, { capture: true, passive: true });
    this.#endings.push(() => {
      for (const action of ACTIONS) document.removeEventListener(action, act, { capture: true });
    });
    const scrolled = (): void => this.#previewScrolled();
    scroller.addEventListener('scroll', scrolled, { passive: true });
    this.#endings.push(
      () => scroller.removeEventListener('scroll', scrolled),
      text.onScroll(() => this.#leader === 'text' && this.follow()),
    );
  }

  /** Puts the preview where the text is. */
  follow(): void {
    // Where blocks out of sight are only guessed, the second time knows those that have come into sight.
    for (let time = 0; time < 2; time += 1) this.#place(this.#map().topOf(this.#text.lineAtTop()));
  }

  /** Puts a line at the top of the preview and of the text. */
  goToLine(line: number): void {
    for (let time = 0; time < 2; time += 1) this.#place(this.#map().topOf(line));
    this.#text.scrollToLine(Math.floor(line), line % 1);
  }

  /** Changes the document, while what is at the top of the preview stays there. */
  keep(change: () => void): void {
    const edge = this.#scroller.getBoundingClientRect().top;
    const shown = this.#list.shown.find(({ element }) => element.getBoundingClientRect().bottom > edge);
    const before = shown?.element.getBoundingClientRect().top;
    const isAtTop = this.#scroller.scrollTop <= 0;
    change();
    if (shown === undefined || isAtTop || !shown.element.isConnected) return;
    this.#place(this.#scroller.scrollTop + shown.element.getBoundingClientRect().top - before!);
  }

  stop(): void {
    for (const end of this.#endings) end();
  }

  #map(): LineMap {
    return new LineMap(this.#list.root, this.#list.shown);
  }

  #place(top: number): void {
    this.#scroller.scrollTop = top;
    this.#put = this.#scroller.scrollTop;
  }

  #previewScrolled(): void {
    const top = this.#scroller.scrollTop;
    if (this.#leader !== 'preview' || Math.abs(top - this.#put) < 1) return;
    this.#put = top;
    const line = this.#map().lineAt(top);
    this.#text.scrollToLine(Math.floor(line), line % 1);
  }
}
