import type { EditorView } from '@codemirror/view';

/** Frames in which a place is approached that was out of sight. */
const FRAMES = 4;

/** Scrolling by lines of the text, which count from 0; what stands beside the text is scrolled together with it. */
export class ScrollLines {
  readonly #view: EditorView;
  #frame = 0;

  constructor(view: EditorView) {
    this.#view = view;
  }

  /** The line at the upper edge of the screen; after the point, how far it is above the edge. */
  lineAtTop(): number {
    const top = topOf(this.#view);
    const block = this.#view.lineBlockAtHeight(top);
    const { number } = this.#view.state.doc.lineAt(block.from);
    const begins = number === 1 ? this.#beginning : block.top;
    return number - 1 + Math.min(0.999, Math.max(0, (top - begins) / (block.bottom - begins)));
  }

  /** Puts a line at the upper edge, as far as the text is long enough; `fraction` of it is above the edge. */
  scrollToLine(line: number, fraction = 0): void {
    cancelAnimationFrame(this.#frame);
    const approach = (frames: number): void => {
      const distance = this.#distanceTo(line, fraction);
      this.#view.scrollDOM.scrollTop += distance;
      // Heights of lines that were never drawn are guesses, until they are.
      if (frames > 0 && this.#view.dom.isConnected) this.#frame = requestAnimationFrame(() => approach(frames - 1));
    };
    approach(FRAMES);
  }

  onScroll(callback: () => void): () => void {
    const { scrollDOM } = this.#view;
    scrollDOM.addEventListener('scroll', callback, { passive: true });
    return () => scrollDOM.removeEventListener('scroll', callback);
  }

  /**
   * Remembers where the line with the caret is on the screen, or the first line if the caret is not on it. What is returned puts
   * it there again, once the view knows its new width.
   */
  hold(): () => void {
    const view = this.#view;
    const top = topOf(view);
    const caret = view.lineBlockAt(view.state.selection.main.head);
    const isSeen = caret.bottom > top && caret.top < top + view.scrollDOM.clientHeight;
    const { from } = isSeen ? caret : view.lineBlockAtHeight(top);
    const before = view.lineBlockAt(from).top - top;
    return () =>
      view.requestMeasure({
        read: () => view.lineBlockAt(Math.min(from, view.state.doc.length)).top - topOf(view) - before,
        write: (moved) => void (view.scrollDOM.scrollTop += moved),
      });
  }

  /** From the upper edge to a place in a line, in pixels. */
  #distanceTo(line: number, fraction: number): number {
    const { doc } = this.#view.state;
    const number = Math.min(doc.lines, Math.max(1, line + 1));
    const block = this.#view.lineBlockAt(doc.line(number).from);
    const begins = number === 1 ? this.#beginning : block.top;
    return begins + fraction * (block.bottom - begins) - topOf(this.#view);
  }

  /** The first line begins with the space above it: where nothing is scrolled, in pixels of the text. */
  get #beginning(): number {
    return topOf(this.#view) - this.#view.scrollDOM.scrollTop;
  }
}

/** The top of the screen, in pixels from the top of the text. */
function topOf(view: EditorView): number {
  return view.scrollDOM.getBoundingClientRect().top - view.documentTop;
}
