import { Annotation, EditorSelection, Transaction, type Extension, type TransactionSpec } from '@codemirror/state';
import { EditorView, type ViewUpdate } from '@codemirror/view';
import type { DocumentSession } from '../../../shared/client/document-session.ts';
import { platformClock } from '../../../shared/client/transport/platform.ts';
import type { SessionEvents } from '../../../shared/client/events/session-events.ts';
import { fold, type Edit } from '../../../shared/text/edit.ts';
import { changedPlace, changesFromEdit, editFromChanges } from './change-edit.ts';
import { cleanText } from './clean-text.ts';
import { CompositionHold, LONGEST_HOLD, LONGEST_REST, type LineSpan } from './composition-hold.ts';
import { Pace } from './pace.ts';
import { setRemoteCarets } from '../carets/remote-caret.ts';
import { ScrollPlace } from './scroll-place.ts';
import { retractionOf, type Retraction } from '../keys/retraction.ts';

/** Marks a transaction whose changes came from the session. */
const fromSession = Annotation.define<true>();

/**
 * Milliseconds between two updates of the view with remote edits, at least: with twenty people typing, drawing each letter by
 * itself costs a third of a core, and nobody sees the difference.
 */
const DRAW_EVERY = 50;

/** What goes with a change: a selection that the view scrolls to, or effects, with which it keeps its scroll position. */
type Along = Pick<TransactionSpec, 'selection' | 'scrollIntoView' | 'effects'>;

/**
 * Connects a view with a document session. The session owns the text, the order of edits and undo; the view shows it. Both texts
 * are equal, except while remote edits wait to be drawn or for the end of a composition.
 */
export class CodeMirrorBinding {
  readonly #session: DocumentSession;
  readonly #refused: () => void;
  readonly #hold = new CompositionHold();
  readonly #place = new ScrollPlace();
  readonly #pace = new Pace(platformClock, DRAW_EVERY, () => this.#draw());
  readonly #endings: (() => void)[] = [];
  #view: EditorView | undefined;
  /** Runs while remote edits wait for a composition. */
  #holdTimer: ReturnType<typeof setTimeout> | undefined;
  /** Milliseconds of `performance.now()`. */
  #heldSince = 0;
  /** An edit of this view is being submitted; the session emits `change` for it as for any other. */
  #isSubmitting = false;
  #hasBeenFocused = false;

  /** `refused` is called if the session refuses an edit; the view does not take it either. */
  constructor(session: DocumentSession, refused: () => void) {
    this.#session = session;
    this.#refused = refused;
  }

  get extension(): Extension {
    return [
      EditorView.clipboardInputFilter.of((text) => cleanText(text)),
      EditorView.updateListener.of((update) => this.#tellSelection(update)),
      EditorView.domEventHandlers({
        compositionupdate: () => this.#extendHold(),
        compositionend: () => this.#releaseSoon(),
        blur: () => this.#releaseSoon(),
        keydown: (event) => this.#retractOn(event),
        beforeinput: (event) => this.#retractOn(event),
      }),
    ];
  }

  /** Subscribes to the session. Changes from here on wait for a view that shows the text of this moment. */
  begin(): void {
    this.#endings.push(
      this.#session.on('change', (change) => this.#receive(change)),
      this.#session.on('collaborators', () => this.#pace.soon()),
    );
  }

  attach(view: EditorView): void {
    this.#view = view;
    this.#pace.soon();
  }

  destroy(): void {
    clearTimeout(this.#holdTimer);
    this.#pace.stop();
    for (const end of this.#endings) end();
    this.#view = undefined;
  }

  /** CodeMirror's `dispatchTransactions`: the session takes an edit first; if it refuses, the view stays as it was. */
  dispatch(transactions: readonly Transaction[], view: EditorView): void {
    const taken: Transaction[] = [];
    for (const transaction of transactions) {
      if (transaction.docChanged && transaction.annotation(fromSession) === undefined) {
        try {
          this.#submit(transaction);
        } catch {
          this.#refused();
          break;
        }
      }
      taken.push(transaction);
    }
    view.update(taken);
  }

  undo(): boolean {
    return this.#retract('undo');
  }

  redo(): boolean {
    return this.#retract('redo');
  }

  /** Always true: the browser's own undo must not step in. */
  #retract(direction: Retraction): boolean {
    if (this.#view?.state.readOnly !== false) return true;
    this.#release();
    this.#session[direction]();
    return true;
  }

  #retractOn(event: KeyboardEvent | InputEvent): boolean {
    const direction = retractionOf(event);
    if (direction === undefined) return false;
    event.preventDefault();
    return this.#retract(direction);
  }

  #submit(transaction: Transaction): void {
    const carried = this.#hold.carry(editFromChanges(transaction.changes, transaction.startState.doc));
    const isTyping = transaction.isUserEvent('input.type') || transaction.isUserEvent('delete');
    this.#isSubmitting = true;
    try {
      this.#session.edit(carried.edit, {
        selectionBefore: transaction.startState.selection.ranges.map((range) => this.#hold.carryRange(range)),
        group: isTyping ? 'typing' : 'none',
      });
    } finally {
      this.#isSubmitting = false;
    }
    carried.keep();
  }

  #receive({ edit, origin, selection }: SessionEvents['change']): void {
    if (this.#isSubmitting) return;
    if (this.#view !== undefined && (origin === 'undo' || origin === 'redo')) {
      this.#release();
      this.#apply(edit, leadTo(edit, selection, this.#session.text.length));
    } else {
      this.#hold.add(edit);
      this.#pace.soon();
    }
  }

  /** Takes what came since the last time, unless it must wait for a composition. */
  #draw(): void {
    const view = this.#view;
    if (view === undefined || this.#holdTimer !== undefined) return;
    this.#show(this.#hold.releaseFree(composedLine(view)));
    if (this.#hold.isEmpty) return;
    this.#heldSince = performance.now();
    this.#startHold();
  }

  #extendHold(): void {
    if (this.#holdTimer !== undefined) this.#startHold();
  }

  #startHold(): void {
    clearTimeout(this.#holdTimer);
    const left = this.#heldSince + LONGEST_HOLD - performance.now();
    this.#holdTimer = setTimeout(() => this.#release(), Math.min(LONGEST_REST, left));
  }

  /** In a task of its own: the next syllable may begin in the very event that ends this one. */
  #releaseSoon(): void {
    setTimeout(() => {
      if (this.#view?.compositionStarted === false) this.#release();
    });
  }

  #release(): void {
    clearTimeout(this.#holdTimer);
    this.#holdTimer = undefined;
    if (!this.#hold.isEmpty) this.#show(this.#hold.release());
  }

  /** Applies edits that waited to the view, as one, and updates the carets of others. */
  #show(edits: readonly Edit[]): void {
    // While edits wait, positions of the session are not positions of the view; the carets there are carried on.
    const effects = this.#hold.isEmpty ? [setRemoteCarets.of(this.#caretsOfOthers())] : [];
    const edit = fold(edits);
    if (edit.length > 0) this.#apply(edit, { effects });
    else if (effects.length > 0) this.#view?.dispatch({ effects });
  }

  #apply(edit: Edit, along: Along): void {
    const view = this.#view;
    if (view === undefined || edit.length === 0) return;
    const isLed = along.selection !== undefined;
    const changes = view.state.changes(changesFromEdit(edit));
    const annotations = [fromSession.of(true), Transaction.remote.of(!isLed)];
    const dispatch = (): void => view.dispatch({ changes, annotations, ...along });
    if (isLed) dispatch();
    else this.#place.keep(view, edit, changes, dispatch);
  }

  #tellSelection(update: ViewUpdate): void {
    this.#hasBeenFocused ||= update.view.hasFocus;
    if (!this.#hasBeenFocused || !(update.selectionSet || update.docChanged || update.focusChanged)) return;
    this.#session.setSelection(update.state.selection.ranges.map((range) => this.#hold.carryRange(range)));
  }

  #caretsOfOthers() {
    const own = this.#session.self?.id;
    return this.#session.collaborators.flatMap((one) => {
      const range = one.sessionId === own ? undefined : one.cursor?.ranges[0];
      if (range === undefined) return [];
      return [{ sessionId: one.sessionId, ...one.user, ...range, isIdle: one.state !== 'active' }];
    });
  }
}

/** The line that a composition stands in. */
function composedLine(view: EditorView): LineSpan | undefined {
  return view.compositionStarted ? view.state.doc.lineAt(view.state.selection.main.head) : undefined;
}

/** Shows what was undone or redone: the selection of then, or the place that changed. */
function leadTo(edit: Edit, selection: SessionEvents['change']['selection'], length: number): Along {
  const first = selection?.[0];
  const place = changedPlace(edit);
  const range =
    first === undefined ? EditorSelection.cursor(place.to) : EditorSelection.range(first.anchor, first.head);
  if (range.to > length) return { selection: EditorSelection.cursor(place.to), scrollIntoView: true };
  return { selection: range, scrollIntoView: true };
}
