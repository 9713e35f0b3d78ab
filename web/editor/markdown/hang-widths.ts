/** A kind of letters: how much larger than the text they are, and how they stand. */
export interface LetterKind {
  /** A multiple of the size of the text. */
  readonly size: number;
  readonly weight: number;
  readonly isItalic: boolean;
}

/** Widths wider than this, in ems of the text, are not hung by: on a phone no room would be left. */
const WIDEST = 12;
/** Widths that are kept; prefixes are few, but a text may be made to have many. */
const MOST_KEPT = 500;

/** The widths of the beginnings of lines, in CSS pixels, as the reader's fonts have them. */
export class HangWidths {
  readonly #context = document.createElement('canvas').getContext('2d');
  readonly #kept = new Map<string, number>();
  #family = '';
  /** Pixels. */
  #size = 0;

  /** Takes the font of an element. True if it is another than before. */
  takeFont(element: Element): boolean {
    const { fontFamily, fontSize } = getComputedStyle(element);
    const size = parseFloat(fontSize);
    if (fontFamily === this.#family && size === this.#size) return false;
    [this.#family, this.#size] = [fontFamily, size];
    this.#kept.clear();
    return true;
  }

  /** Undefined if it is too wide, or nothing can be measured. */
  of(text: string, { size, weight, isItalic }: LetterKind): number | undefined {
    if (this.#context === null || this.#size === 0) return undefined;
    const font = `${isItalic ? 'italic ' : ''}${weight} ${size * this.#size}px ${this.#family}`;
    const key = `${font} ${text}`;
    let width = this.#kept.get(key);
    if (width === undefined) {
      this.#context.font = font;
      width = this.#context.measureText(text).width;
      if (this.#kept.size >= MOST_KEPT) this.#kept.clear();
      this.#kept.set(key, width);
    }
    return width > WIDEST * this.#size ? undefined : width;
  }
}
