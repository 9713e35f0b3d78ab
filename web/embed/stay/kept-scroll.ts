/** How far a text is scrolled, for when its element is moved in the page: browsers forget it then. */
export class KeptScroll {
  #scroller: HTMLElement | undefined;
  /** Pixels. */
  #top = 0;

  /** To be called for all that scrolls around the text and within. */
  readonly note = ({ target }: Event): void => {
    if (!(target instanceof HTMLElement) || !target.isConnected || !target.matches('.cm-scroller')) return;
    this.#scroller = target;
    this.#top = target.scrollTop;
  };

  restore(): void {
    if (this.#scroller !== undefined) this.#scroller.scrollTop = this.#top;
  }
}
