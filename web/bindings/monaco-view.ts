import type { editor as monaco, IRange, ISelection } from 'monaco-editor';
import { fold, replaceEdit, type Edit } from '../../shared/text/edit.ts';
import { mapRange, type SelectionRange } from '../../shared/text/position.ts';
import { changesFromEdit } from '../editor/binding/change-edit.ts';
import type { LineSpan } from '../editor/binding/composition-hold.ts';
import type { BoundView, OtherCaret } from '../editor/binding/session-binding.ts';

/*
 * Members of Monaco's enums, which are the same in all its versions. Nothing of it is imported to run: a page has one Monaco, and loads
 * it as it likes.
 */
const END_OF_LINE_SEQUENCE_LF = 0;
const END_OF_LINE_PREFERENCE_LF = 1;

/** Draws the others. */
export interface MonacoCarets {
  set(carets: readonly OtherCaret[]): void;
  /** The text has changed. */
  carry(edit: Edit): void;
}

/** A Monaco editor, with the model that it has now, as a view. The lines of the model end with LF, as those of documents do. */
export class MonacoView implements BoundView {
  readonly #editor: monaco.ICodeEditor;
  readonly #model: monaco.ITextModel;
  readonly #carets: MonacoCarets | undefined;
  isComposing = false;
  /** The model is being changed by this. */
  isShowing = false;

  constructor(editor: monaco.ICodeEditor, model: monaco.ITextModel, carets: MonacoCarets | undefined) {
    this.#editor = editor;
    this.#model = model;
    this.#carets = carets;
    this.useLineFeeds();
  }

  get text(): string {
    return this.#model.getValue(END_OF_LINE_PREFERENCE_LF);
  }

  get isReadOnly(): boolean {
    return this.#editor.getRawOptions().readOnly === true;
  }

  /** The line that a composition stands in. */
  get composed(): LineSpan | undefined {
    const position = this.isComposing ? this.#editor.getPosition() : null;
    if (position === null) return undefined;
    const from = this.#model.getOffsetAt({ lineNumber: position.lineNumber, column: 1 });
    return { from, to: from + this.#model.getLineLength(position.lineNumber) };
  }

  get selections(): SelectionRange[] {
    return (this.#editor.getSelections() ?? []).map((one) => ({
      anchor: this.#model.getOffsetAt({ lineNumber: one.selectionStartLineNumber, column: one.selectionStartColumn }),
      head: this.#model.getOffsetAt({ lineNumber: one.positionLineNumber, column: one.positionColumn }),
    }));
  }

  useLineFeeds(): void {
    if (this.#model.getEOL() !== '\n') this.#model.setEOL(END_OF_LINE_SEQUENCE_LF);
  }

  show(edit: Edit, carets: readonly OtherCaret[] | undefined): void {
    if (edit.length > 0) {
      const wanted = this.selections.map((range) => mapRange(range, edit));
      this.#apply(edit);
      // Setting them would disturb a composition.
      if (JSON.stringify(wanted) !== JSON.stringify(this.selections)) this.#select(wanted);
    }
    if (carets !== undefined) this.#carets?.set(carets);
  }

  lead(edit: Edit, selection: SelectionRange): void {
    this.#apply(edit);
    this.#select([selection]);
    this.#editor.revealPositionInCenterIfOutsideViewport(this.#model.getPositionAt(selection.head));
  }

  #apply(edit: Edit): void {
    const edits = changesFromEdit(edit).map(({ from, to, insert }) => ({
      range: this.#rangeOf(from, to),
      text: insert,
    }));
    this.isShowing = true;
    try {
      this.#model.pushEditOperations(null, edits, () => null);
    } finally {
      this.isShowing = false;
    }
    this.#carets?.carry(edit);
  }

  #select(ranges: readonly SelectionRange[]): void {
    this.#editor.setSelections(ranges.map((range) => this.#selectionOf(range)));
  }

  #rangeOf(from: number, to: number): IRange {
    return rangeAt(this.#model, from, to);
  }

  #selectionOf({ anchor, head }: SelectionRange): ISelection {
    const [start, position] = [this.#model.getPositionAt(anchor), this.#model.getPositionAt(head)];
    return {
      selectionStartLineNumber: start.lineNumber,
      selectionStartColumn: start.column,
      positionLineNumber: position.lineNumber,
      positionColumn: position.column,
    };
  }
}

/** `[from, to)` of a text, in UTF-16 units, as Monaco counts. */
export function rangeAt(model: monaco.ITextModel, from: number, to: number): IRange {
  const [start, end] = [model.getPositionAt(from), model.getPositionAt(to)];
  return {
    startLineNumber: start.lineNumber,
    startColumn: start.column,
    endLineNumber: end.lineNumber,
    endColumn: end.column,
  };
}

/** What a change of a model did. Its parts are told from the end of the text to its beginning; so each sees the text after the ones before. */
export function editFromMonaco(
  changes: readonly Pick<monaco.IModelContentChange, 'rangeOffset' | 'rangeLength' | 'text'>[],
): Edit {
  return fold(
    changes.map(({ rangeOffset, rangeLength, text }) =>
      replaceEdit(rangeOffset, rangeOffset + rangeLength, text.replace(/\r\n?/g, '\n')),
    ),
  );
}
