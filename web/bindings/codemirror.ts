import { EditorState, Facet, Prec, StateEffect, StateField, type Extension } from '@codemirror/state';
import { EditorView, ViewPlugin, type Command, type PluginValue, type ViewUpdate } from '@codemirror/view';
import type { DocumentSession } from '../../shared/client/document-session.ts';
import { canWrite } from '../editor/binding/can-write.ts';
import { bindingExtension, CodeMirrorBinding } from '../editor/binding/codemirror-binding.ts';
import { caretsTheme } from '../editor/carets/carets-theme.ts';
import { remoteCaretLayers } from '../editor/carets/remote-carets.ts';
import { remoteCarets } from '../editor/carets/remote-caret.ts';
import { personColours } from './codemirror-colours.ts';

export interface CollaborationOptions {
  /** Carets and selections of the others are drawn, unless false. */
  readonly carets?: boolean | undefined;
  /** Their names are shown at carets that just moved, unless false. */
  readonly names?: boolean | undefined;
}

/** As the browser's language has it; a host says nothing of its own. */
const formats = {
  inDigits: (value: number): string => value.toLocaleString(),
  inList: (names: readonly string[]): string => new Intl.ListFormat().format(names),
};

const sessions = Facet.define<DocumentSession, DocumentSession | undefined>({ combine: ([first]) => first });

const setWritable = StateEffect.define<boolean>();
/** Whether the view shows the text of the session, and this would take edits. */
const writable = StateField.define<boolean>({
  create: () => false,
  update: (before, { effects }) => effects.reduce((now, one) => (one.is(setWritable) ? one.value : now), before),
});

/** If the text cannot be written, the view cannot either, whatever else is said of it; else this says nothing. */
const readOnlyUnlessWritable: Extension = [
  writable,
  Prec.highest([
    EditorState.readOnly.computeN([writable], (state) => (state.field(writable) ? [] : [true])),
    EditorView.editable.computeN([writable], (state) => (state.field(writable) ? [] : [false])),
    // What cannot be edited would lose the focus, and with it the keys to scroll and to select.
    EditorView.contentAttributes.compute([writable], (state): Record<string, string> =>
      state.field(writable) ? {} : { tabindex: '0' },
    ),
  ]),
];

/** Binds one view to its session, as long as the view lives. */
class Bound implements PluginValue {
  readonly binding: CodeMirrorBinding;
  readonly #view: EditorView;
  readonly #session: DocumentSession;
  readonly #endings: (() => void)[];
  #isAttached = false;
  #isDestroyed = false;

  constructor(view: EditorView) {
    const session = view.state.facet(sessions)!;
    this.#view = view;
    this.#session = session;
    this.binding = new CodeMirrorBinding(session, () => undefined);
    this.binding.begin();
    this.#endings = (['ready', 'status', 'role'] as const).map((event) => session.on(event, this.#refreshSoon));
    this.#refreshSoon();
  }

  update(update: ViewUpdate): void {
    this.binding.heed(update);
  }

  destroy(): void {
    this.#isDestroyed = true;
    for (const end of this.#endings) end();
    this.binding.destroy();
    this.#session.setSelection(null);
  }

  /** A view cannot be changed while it is made or tells of a change. */
  readonly #refreshSoon = (): void => queueMicrotask(() => this.#refresh());

  #refresh(): void {
    if (this.#isDestroyed) return;
    if (!this.#isAttached && this.#session.isReady) {
      this.#isAttached = true;
      this.binding.attach(this.#view);
      this.binding.showAll();
    }
    const isWritable = this.#isAttached && canWrite(this.#session);
    if (isWritable !== this.#view.state.field(writable))
      this.#view.dispatch({ effects: setWritable.of(isWritable), filter: false });
  }
}

const bound = ViewPlugin.fromClass(Bound, {
  provide: (plugin) => bindingExtension((view) => view.plugin(plugin)?.binding),
});

/**
 * Makes a view an editor of the session's document, for `new EditorView({ extensions: [basicSetup, collaboration(session)] })`. Once
 * the session is ready, its text takes the place of what the view shows. Until then, and whenever the session takes no edits, the
 * view is read-only. Undo keys take back one's own edits alone. The session stays its owner's: destroying the view does not leave it.
 */
export function collaboration(
  session: DocumentSession,
  { carets = true, names = true }: CollaborationOptions = {},
): Extension {
  return [
    sessions.of(session),
    // Before the host's keys, and before what it does with a change.
    Prec.highest(bound),
    readOnlyUnlessWritable,
    carets
      ? [remoteCarets, remoteCaretLayers(names ? { over: true, formats } : undefined), caretsTheme, personColours]
      : [],
  ];
}

/** Undoes the newest of one's own edits. A command for keymaps and buttons. */
export const undo: Command = (view) => view.plugin(bound)?.binding.undo() ?? false;

/** Redoes what was undone last. */
export const redo: Command = (view) => view.plugin(bound)?.binding.redo() ?? false;
