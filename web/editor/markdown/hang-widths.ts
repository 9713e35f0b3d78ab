/** A kind of letters: how much larger than the text they are, and how they stand. */
export interface LetterKind {
  /** A multiple of the size of the text. */
  readonly size: number;
  readonly weight: number;
  /** In a quote; its marks are upright all the same, and so is what stands before it. */
  readonly isItalic: boolean;
}

/** Widths wider than this, in ems of the text, are not hung by: on a phone no room would be left. */
const WIDEST = 12;
/** Widths that are kept; beginnings are few, but a text may be made to have many. */
const MOST_KEPT = 500;
/** The box of a task is set in letters of one width, smaller as these look larger. */
const BOX = /\[[ xX]\]/;
export const BOX_SIZE = 0.88;

/**
 * Scripts whose face may bring its own space: browsers set one before a letter of such a script in that face, and a canvas does not.
 * A letter for each.
 */
const SPACED: readonly (readonly [letters: RegExp, sample: string])[] = [
  [/^\p{Script=Hangul}/u, '한'],
  [/^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u, '文'],
];

/** The widths of the beginnings of lines, in CSS pixels, as the reader's fonts have them. */
export class HangWidths {
  readonly #context = document.createElement('canvas').getContext('2d');
  readonly #kept = new Map<string, number>();
  readonly #room: HTMLElement;
  #family = '';
  #mono = '';
  /** Pixels. */
  #size = 0;

  /** `room` is an element of the view that elements may be put into. */
  constructor(room: HTMLElement) {
    this.#room = room;
  }

  /** Takes the font of an element. True if it is another than before. */
  takeFont(element: Element): boolean {
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize);
    if (style.fontFamily === this.#family && size === this.#size) return false;
    [this.#family, this.#mono, this.#size] = [style.fontFamily, style.getPropertyValue('--mono'), size];
    this.#kept.clear();
    return true;
  }

  /** How far what is in a list may stand in, in pixels. */
  get widest(): number {
    return WIDEST * this.#size;
  }

  /** The width of a text before a letter `next` (may be empty). Undefined if it is too wide, or nothing can be measured. */
  of(text: string, next: string, kind: LetterKind): number | undefined {
    if (this.#context === null || this.#size === 0) return undefined;
    const sample = text.endsWith(' ') ? SPACED.find(([letters]) => letters.test(next))?.[1] : undefined;
    const width = this.#keep(`${fontOf(kind, this.#size)} ${text}${sample ?? ''}`, () => {
      const [before, box, after] = splitAtBox(text);
      const boxKind = { ...kind, size: kind.size * BOX_SIZE, isItalic: false };
      const spacing = sample === undefined ? 0 : this.#spacing(sample, kind);
      return this.#marks(before, kind) + this.#drawn(box, boxKind, this.#mono) + this.#marks(after, kind) + spacing;
    });
    return width > WIDEST * this.#size ? undefined : width;
  }

  /** The width of marks with their spaces. What is in a quote is italic from its mark on, but for marks. */
  #marks(text: string, kind: LetterKind): number {
    const upright = { ...kind, isItalic: false };
    if (!kind.isItalic) return this.#drawn(text, upright, this.#family);
    const quoted = text.indexOf('>') + 1;
    const runs = text.slice(quoted).match(/\S+|\s+/g) ?? [];
    return runs.reduce(
      (width, run) => width + this.#drawn(run, run.trim() === '' ? kind : upright, this.#family),
      this.#drawn(text.slice(0, quoted), upright, this.#family),
    );
  }

  #drawn(text: string, kind: LetterKind, family: string): number {
    if (text === '') return 0;
    this.#context!.font = `${fontOf(kind, this.#size)} ${family}`;
    return this.#context!.measureText(text).width;
  }

  /** How much wider a space before a letter is on the page than on a canvas. */
  #spacing(letter: string, kind: LetterKind): number {
    return this.#keep(`${fontOf(kind, this.#size)} before ${letter}`, () => {
      const probe = document.createElement('div');
      const mark = document.createElement('span');
      probe.className = 'weft-probe';
      probe.style.font = `${fontOf(kind, this.#size)} ${this.#family}`;
      mark.textContent = '-';
      probe.append(mark, ` ${letter}`);
      this.#room.append(probe);
      const range = document.createRange();
      range.setStart(probe.lastChild!, 0);
      range.setEnd(probe.lastChild!, 1);
      const { width } = range.getBoundingClientRect();
      probe.remove();
      return width - this.#drawn(' ', kind, this.#family);
    });
  }

  #keep(key: string, measure: () => number): number {
    let width = this.#kept.get(key);
    if (width === undefined) {
      width = measure();
      if (this.#kept.size >= MOST_KEPT) this.#kept.clear();
      this.#kept.set(key, width);
    }
    return width;
  }
}

function fontOf({ size, weight, isItalic }: LetterKind, textSize: number): string {
  return `${isItalic ? 'italic ' : ''}${weight} ${size * textSize}px`;
}

function splitAtBox(text: string): [before: string, box: string, after: string] {
  const box = BOX.exec(text);
  if (box === null) return [text, '', ''];
  return [text.slice(0, box.index), box[0], text.slice(box.index + box[0].length)];
}
