import {
  Annotation,
  EditorSelection,
  Text,
  Transaction,
  type Extension,
  type TransactionSpec,
} from '@codemirror/state';
import { EditorView, type ViewUpdate } from '@codemirror/view';
import type { DocumentSession } from '../../../shared/client/document-session.ts';
import type { Edit } from '../../../shared/text/edit.ts';
import type { SelectionRange } from '../../../shared/text/position.ts';
import { setRemoteCarets } from '../carets/remote-caret.ts';
import { changesFromEdit, editFromChanges } from './change-edit.ts';
import { cleanText } from './clean-text.ts';
import type { LineSpan } from './composition-hold.ts';
import { ScrollPlace } from './scroll-place.ts';
import { SessionBinding, type BoundView, type OtherCaret, type ViewEdit } from './session-binding.ts';

/** Marks a transaction whose changes came from the session. */
const fromSession = Annotation.define<true>();

/** What goes with a change: a selection that the view scrolls to, or effects, with which it keeps its scroll position. */
type Along = Pick<TransactionSpec, 'selection' | 'scrollIntoView' | 'effects'>;

/**
 * Connects a CodeMirror view with a document session. A view of ours asks the session before it shows an edit (`dispatch`). One of
 * somebody else has shown it when this is told (`heed`, `handOver`); what the session refuses is taken back then.
 */
export class CodeMirrorBinding {
  readonly #binding: SessionBinding;
  readonly #refused: () => void;
  readonly #place = new ScrollPlace();
  #hasBeenFocused = false;
  /** What the view did on its own, in its order, and the session has not heard of. */
  #unheard: Transaction[] = [];

  /** `refused` is called if the session refuses an edit of `dispatch`; the view does not take it either. */
  constructor(session: DocumentSession, refused: () => void) {
    this.#binding = new SessionBinding(session);
    this.#refused = refused;
  }

  /** Subscribes to the session. Changes from here on wait for a view that shows the text of this moment, or for `showAll`. */
  begin(): void {
    this.#binding.begin();
  }

  attach(view: EditorView): void {
    this.#binding.attach(boundView(view, (edit, along) => this.#apply(view, edit, along)));
  }

  /** Puts the text of the session into the view, whatever that shows. */
  showAll(): void {
    this.#binding.showAll();
  }

  destroy(): void {
    this.#binding.destroy();
  }

  /** CodeMirror's `dispatchTransactions`: the session takes an edit first; if it refuses, the view stays as it was. */
  dispatch(transactions: readonly Transaction[], view: EditorView): void {
    const taken: Transaction[] = [];
    for (const transaction of transactions) {
      if (isOwn(transaction)) {
        try {
          this.#binding.submit(viewEdit(transaction));
        } catch {
          this.#refused();
          break;
        }
      }
      taken.push(transaction);
    }
    view.update(taken);
  }

  /** To be called by a plugin of the view in each update, because updates are told to plugins in their order. */
  heed(update: ViewUpdate): void {
    this.#unheard.push(...update.transactions.filter(isOwn));
  }

  /** Hands over what was heeded, once the update is done. */
  handOver(): void {
    for (const transaction of this.#unheard.splice(0)) this.#binding.take(viewEdit(transaction));
  }

  undo(): boolean {
    return this.#binding.retract('undo');
  }

  redo(): boolean {
    return this.#binding.retract('redo');
  }

  retractOn(event: KeyboardEvent | InputEvent): boolean {
    return this.#binding.retractOn(event);
  }

  extendHold(): void {
    this.#binding.extendHold();
  }

  releaseSoon(): void {
    this.#binding.releaseSoon();
  }

  tellSelection(update: ViewUpdate): void {
    this.#hasBeenFocused ||= update.view.hasFocus;
    if (!this.#hasBeenFocused || !(update.selectionSet || update.docChanged || update.focusChanged)) return;
    this.#binding.tellSelection(update.state.selection.ranges);
  }

  #apply(view: EditorView, edit: Edit, along: Along): void {
    const isLed = along.selection !== undefined;
    const specs = changesFromEdit(edit).map((one) => ({ ...one, insert: Text.of(one.insert.split('\n')) }));
    const changes = view.state.changes(specs);
    const annotations = [fromSession.of(true), Transaction.remote.of(!isLed), Transaction.addToHistory.of(false)];
    // What is in the text already is nothing that a filter may alter.
    const dispatch = (): void => view.dispatch({ changes, annotations, filter: false, ...along });
    if (isLed) dispatch();
    else this.#place.keep(view, edit, changes, dispatch);
  }
}

/** What binds the text of a view; `bindingOf` tells the binding of a view that has one. */
export function bindingExtension(bindingOf: (view: EditorView) => CodeMirrorBinding | undefined): Extension {
  const retractOn = (event: KeyboardEvent | InputEvent, view: EditorView): boolean =>
    bindingOf(view)?.retractOn(event) ?? false;
  return [
    EditorView.clipboardInputFilter.of((text) => cleanText(text)),
    EditorView.updateListener.of((update) => {
      const binding = bindingOf(update.view);
      binding?.handOver();
      binding?.tellSelection(update);
    }),
    EditorView.domEventHandlers({
      compositionupdate: (_, view) => bindingOf(view)?.extendHold(),
      compositionend: (_, view) => bindingOf(view)?.releaseSoon(),
      blur: (_, view) => bindingOf(view)?.releaseSoon(),
      keydown: retractOn,
      beforeinput: retractOn,
    }),
  ];
}

function boundView(view: EditorView, apply: (edit: Edit, along: Along) => void): BoundView {
  return {
    get text(): string {
      return view.state.doc.toString();
    },
    get isReadOnly(): boolean {
      return view.state.readOnly;
    },
    /** The line that a composition stands in. */
    get composed(): LineSpan | undefined {
      return view.compositionStarted ? view.state.doc.lineAt(view.state.selection.main.head) : undefined;
    },
    show(edit: Edit, carets: readonly OtherCaret[] | undefined): void {
      const effects = carets === undefined ? [] : [setRemoteCarets.of(carets)];
      if (edit.length > 0) apply(edit, { effects });
      else if (effects.length > 0) view.dispatch({ effects });
    },
    lead(edit: Edit, { anchor, head }: SelectionRange): void {
      if (edit.length > 0) apply(edit, { selection: EditorSelection.range(anchor, head), scrollIntoView: true });
    },
  };
}

function isOwn(transaction: Transaction): boolean {
  return transaction.docChanged && transaction.annotation(fromSession) === undefined;
}

function viewEdit(transaction: Transaction): ViewEdit {
  const { changes, startState } = transaction;
  return {
    edit: editFromChanges(changes, startState.doc),
    selection: startState.selection.ranges,
    isTyping: transaction.isUserEvent('input.type') || transaction.isUserEvent('delete'),
  };
}
