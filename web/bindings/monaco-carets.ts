import type { editor as monaco, IPosition } from 'monaco-editor';
import type { Edit } from '../../shared/text/edit.ts';
import { mapRange } from '../../shared/text/position.ts';
import type { OtherCaret } from '../editor/binding/session-binding.ts';
import { firstNameOf } from '../words/names.ts';
import { adoptCaretStyles, selectionClass } from './monaco-styles.ts';
import { rangeAt, type MonacoCarets } from './monaco-view.ts';

/** How long, in milliseconds, a name stays after its caret has moved. */
const NAME_STAYS = 3000;
/** `ContentWidgetPositionPreference.EXACT`. */
const EXACT = 0;

/** Draws the carets of others as widgets, which change nothing of the text, and their selections as decorations. */
export class MonacoCaretWidgets implements MonacoCarets {
  readonly #editor: monaco.ICodeEditor;
  readonly #model: monaco.ITextModel;
  readonly #hasNames: boolean;
  readonly #selections: monaco.IEditorDecorationsCollection;
  readonly #widgets = new Map<string, CaretWidget>();
  #carets: readonly OtherCaret[] = [];

  constructor(editor: monaco.ICodeEditor, model: monaco.ITextModel, hasNames: boolean) {
    this.#editor = editor;
    this.#model = model;
    this.#hasNames = hasNames;
    this.#selections = editor.createDecorationsCollection();
  }

  set(carets: readonly OtherCaret[]): void {
    const length = this.#model.getValueLength();
    const before = new Map(this.#carets.map(({ sessionId, head }) => [sessionId, head]));
    this.#carets = carets.map((one) => ({
      ...one,
      anchor: Math.min(one.anchor, length),
      head: Math.min(one.head, length),
    }));
    this.#draw();
    for (const { sessionId, head } of this.#carets)
      if (before.get(sessionId) !== head) this.#widgets.get(sessionId)?.showName();
  }

  carry(edit: Edit): void {
    this.#carets = this.#carets.map((one) => ({ ...one, ...mapRange(one, edit) }));
    this.#draw();
  }

  /** Takes everything away. */
  end(): void {
    this.#carets = [];
    this.#draw();
  }

  #draw(): void {
    const root = this.#editor.getDomNode()?.getRootNode();
    adoptCaretStyles(
      root,
      this.#carets.map(({ color }) => color),
    );
    this.#selections.set(
      this.#carets
        .filter(({ anchor, head }) => anchor !== head)
        .map(({ anchor, head, color }) => ({
          range: rangeAt(this.#model, Math.min(anchor, head), Math.max(anchor, head)),
          options: { className: selectionClass(color) },
        })),
    );
    for (const [id, widget] of this.#widgets) {
      if (this.#carets.some(({ sessionId }) => sessionId === id)) continue;
      this.#widgets.delete(id);
      widget.stop();
      this.#editor.removeContentWidget(widget);
    }
    for (const caret of this.#carets) this.#place(caret);
  }

  #place(caret: OtherCaret): void {
    const position = this.#model.getPositionAt(caret.head);
    const known = this.#widgets.get(caret.sessionId);
    const widget = known ?? new CaretWidget(caret.sessionId, this.#hasNames);
    const lineHeight = this.#editor.getBottomForLineNumber(1) - this.#editor.getTopForLineNumber(1);
    widget.show(caret, position, lineHeight);
    this.#widgets.set(caret.sessionId, widget);
    if (known === undefined) this.#editor.addContentWidget(widget);
    else this.#editor.layoutContentWidget(widget);
  }
}

/** Somebody else's caret. */
class CaretWidget implements monaco.IContentWidget {
  readonly suppressMouseDown = true;
  readonly #id: string;
  readonly #dom = document.createElement('div');
  readonly #name = document.createElement('span');
  #position: IPosition = { lineNumber: 1, column: 1 };
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(sessionId: string, hasName: boolean) {
    this.#id = `weft-caret-${sessionId}`;
    this.#dom.className = 'weft-caret';
    this.#dom.dataset['testid'] = 'remote-caret';
    this.#dom.setAttribute('aria-hidden', 'true');
    this.#name.className = 'weft-name';
    this.#name.dataset['testid'] = 'caret-name';
    this.#name.dir = 'auto';
    this.#name.translate = false;
    if (hasName) this.#dom.append(this.#name);
  }

  show({ name, color, isIdle }: OtherCaret, position: IPosition, lineHeight: number): void {
    this.#dom.style.setProperty('--person', color);
    this.#dom.style.setProperty('--line-height', `${lineHeight}px`);
    this.#dom.dataset['name'] = name;
    this.#dom.title = name;
    this.#dom.classList.toggle('is-idle', isIdle);
    this.#dom.classList.toggle('is-first', position.lineNumber === 1);
    this.#name.textContent = firstNameOf(name);
    this.#position = position;
  }

  /** Shows the name for a while, because the caret came or moved. */
  showName(): void {
    this.#dom.classList.add('is-named');
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#dom.classList.remove('is-named'), NAME_STAYS);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  getId(): string {
    return this.#id;
  }

  getDomNode(): HTMLElement {
    return this.#dom;
  }

  getPosition(): monaco.IContentWidgetPosition {
    return { position: this.#position, preference: [EXACT] };
  }
}
