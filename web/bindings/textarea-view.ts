import { applyToString, type Edit } from '../../shared/text/edit.ts';
import { mapPosition, mapRange, type SelectionRange } from '../../shared/text/position.ts';
import { transformPair } from '../../shared/text/transform.ts';
import { changedPlace, changesFromEdit } from '../editor/binding/change-edit.ts';
import { cleanText } from '../editor/binding/clean-text.ts';
import type { LineSpan } from '../editor/binding/composition-hold.ts';
import type { BoundView } from '../editor/binding/session-binding.ts';
import { rowTops } from './textarea-rows.ts';
import { typedEdit } from './typed-edit.ts';

export type TextField = HTMLTextAreaElement | HTMLInputElement;

/** A text field of the page as a view. In a field of one line, line breaks are shown as spaces. */
export class TextareaView implements BoundView {
  readonly #field: TextField;
  readonly #typed: (edit: Edit) => void;
  /** What the field showed when this last looked, with line breaks. */
  #text: string;
  /** Something is being composed. */
  isComposing = false;
  /** The field is being changed by this. */
  isShowing = false;

  /** `typed` is called with what was done in the field, also by a script that says nothing of it. */
  constructor(field: TextField, typed: (edit: Edit) => void) {
    this.#field = field;
    this.#typed = typed;
    this.#text = field.value;
  }

  get text(): string {
    return this.#text;
  }

  get isReadOnly(): boolean {
    return this.#field.readOnly || this.#field.disabled;
  }

  /** All of the text: whatever a script changes in a field, browsers leave a stray syllable behind (measured in Chromium 156). */
  get composed(): LineSpan | undefined {
    return this.isComposing ? { from: 0, to: this.#text.length } : undefined;
  }

  get selection(): SelectionRange {
    const { selectionStart, selectionEnd, selectionDirection } = this.#field;
    const [start, end] = [selectionStart ?? 0, selectionEnd ?? 0];
    return selectionDirection === 'backward' ? { anchor: end, head: start } : { anchor: start, head: end };
  }

  /** Tells what was done in the field since this last looked. */
  look(): void {
    const clean = cleanText(this.#field.value);
    if (clean !== this.#field.value) this.#write([0, this.#field.value.length, clean]);
    const edit = this.#unseen();
    if (edit.length === 0) return;
    this.#text = applyToString(this.#text, edit);
    this.#typed(edit);
  }

  show(edit: Edit): void {
    if (edit.length === 0) return;
    // Both were made on the text that this knows.
    const { later: unseen, earlier: others } = transformPair(this.#unseen(), edit);
    this.#keepPlace(others, () => this.#apply(others, mapRange(this.selection, others)));
    if (unseen.length > 0) this.#typed(unseen);
  }

  lead(edit: Edit, selection: SelectionRange): void {
    this.look();
    this.#apply(edit, selection);
    const field = this.#field;
    if (!isTextarea(field)) return;
    const [top = 0] = rowTops(field, [selection.head]);
    const isSeen = top >= field.scrollTop && top < field.scrollTop + field.clientHeight - 1;
    if (!isSeen) field.scrollTop = top - field.clientHeight / 2;
  }

  #unseen(): Edit {
    return typedEdit(this.#shown(this.#text), this.#field.value, this.#field.selectionEnd ?? 0);
  }

  #shown(text: string): string {
    return isTextarea(this.#field) ? text : text.replaceAll('\n', ' ');
  }

  /** Changes the field, and what this knows of it. The page hears of it as of what is typed. */
  #apply(edit: Edit, { anchor, head }: SelectionRange): void {
    const field = this.#field;
    const { scrollTop } = field;
    for (const { from, to, insert } of changesFromEdit(edit).reverse()) this.#write([from, to, this.#shown(insert)]);
    this.#text = applyToString(this.#text, edit);
    field.setSelectionRange(Math.min(anchor, head), Math.max(anchor, head), head < anchor ? 'backward' : 'forward');
    field.scrollTop = scrollTop;
    this.isShowing = true;
    field.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    this.isShowing = false;
  }

  #write([from, to, text]: readonly [from: number, to: number, text: string]): void {
    this.#field.setRangeText(text, from, to, 'preserve');
  }

  /** Keeps the row of the caret at its height while others change the text; what is shown first if the caret is out of sight. */
  #keepPlace(edit: Edit, apply: () => void): void {
    const field = this.#field;
    if (!isTextarea(field) || field.scrollTop === 0) return apply();
    const { scrollTop, clientHeight, scrollHeight } = field;
    const { head } = this.selection;
    const place = changedPlace(edit);
    const [caret = 0, changed = 0] = rowTops(field, [head, Math.min(place.from, this.#text.length)]);
    apply();
    const isCaretSeen = caret >= scrollTop && caret < scrollTop + clientHeight;
    if (!isCaretSeen) {
      if (changed < scrollTop) field.scrollTop = scrollTop + field.scrollHeight - scrollHeight;
      return;
    }
    const [moved = caret] = rowTops(field, [mapPosition(head, edit)]);
    field.scrollTop = scrollTop + moved - caret;
  }
}

/** By its name, because it may be of another window. */
function isTextarea(field: TextField): field is HTMLTextAreaElement {
  return field.localName === 'textarea';
}
