import type { DocumentSession } from '../../../shared/client/document-session.ts';
import type { SessionEvents } from '../../../shared/client/events/session-events.ts';
import { platformClock } from '../../../shared/client/transport/platform.ts';
import { difference } from '../../../shared/text/difference.ts';
import { fold, IDENTITY, type Edit } from '../../../shared/text/edit.ts';
import type { SelectionRange } from '../../../shared/text/position.ts';
import type { RemoteCaret } from '../carets/remote-caret.ts';
import { retractionOf, type Retraction } from '../keys/retraction.ts';
import { canWrite } from './can-write.ts';
import { changedPlace } from './change-edit.ts';
import { CompositionHold, LONGEST_HOLD, LONGEST_REST, type LineSpan } from './composition-hold.ts';
import { Pace } from './pace.ts';

/**
 * Milliseconds between two updates of the view with remote edits, at least: with twenty people typing, drawing each letter by
 * itself costs a third of a core, and nobody sees the difference.
 */
const DRAW_EVERY = 50;

/** Somebody else's caret, as it is told to a view. */
export type OtherCaret = Omit<RemoteCaret, 'movedAt'>;

/** What a binding needs of a view. Positions are UTF-16 units of the text that it shows. */
export interface BoundView {
  /** All of the text that it shows. */
  readonly text: string;
  readonly isReadOnly: boolean;
  /** What must not change while something is being composed, such as its line; undefined if nothing is. */
  readonly composed: LineSpan | undefined;
  /** Shows what others did, as far as there is something, and their carets, if it is known where these are in the view. */
  show(edit: Edit, carets: readonly OtherCaret[] | undefined): void;
  /** Shows what was undone or redone, and leads the person there. */
  lead(edit: Edit, selection: SelectionRange): void;
}

/** An edit that was made in the view. */
export interface ViewEdit {
  readonly edit: Edit;
  /** What was selected before. */
  readonly selection: readonly SelectionRange[];
  /** It joins the edit before it in one step of undo. */
  readonly isTyping: boolean;
}

/**
 * Keeps a view, of whatever kind, and a document session together. The session owns the text, the order of edits and undo. Both
 * texts are equal, except while remote edits wait to be drawn or for the end of a composition.
 */
export class SessionBinding {
  readonly #session: DocumentSession;
  readonly #hold = new CompositionHold();
  readonly #pace = new Pace(platformClock, DRAW_EVERY, () => this.#draw());
  readonly #endings: (() => void)[] = [];
  #view: BoundView | undefined;
  /** Runs while remote edits wait for a composition. */
  #holdTimer: ReturnType<typeof setTimeout> | undefined;
  /** Milliseconds of `performance.now()`. */
  #heldSince = 0;
  /** An edit of this view is being submitted; the session emits `change` for it as for any other. */
  #isSubmitting = false;
  /** The view shows an edit that was refused, which is about to be taken back. */
  #isAstray = false;

  constructor(session: DocumentSession) {
    this.#session = session;
  }

  /** Subscribes to the session. Changes from here on wait for a view that shows the text of this moment, or for `showAll`. */
  begin(): void {
    this.#endings.push(
      this.#session.on('change', (change) => this.#receive(change)),
      this.#session.on('collaborators', () => this.#pace.soon()),
    );
  }

  attach(view: BoundView): void {
    this.#view = view;
    this.#pace.soon();
  }

  destroy(): void {
    clearTimeout(this.#holdTimer);
    this.#pace.stop();
    for (const end of this.#endings) end();
    this.#view = undefined;
  }

  /** Puts the text of the session into the view, whatever that shows. */
  showAll(): void {
    const view = this.#view;
    if (view === undefined) return;
    this.#stopHolding();
    this.#hold.release();
    this.#isAstray = false;
    const [shown, text] = [view.text, this.#session.text.toString()];
    view.show(shown === text ? IDENTITY : difference(shown, text), this.#caretsOfOthers());
  }

  /** Hands an edit that the view is about to show to the session. Throws what `DocumentSession.edit` throws; nothing is changed then. */
  submit({ edit, selection, isTyping }: ViewEdit): void {
    const carried = this.#hold.carry(edit);
    this.#isSubmitting = true;
    try {
      this.#session.edit(carried.edit, {
        selectionBefore: this.#carry(selection),
        group: isTyping ? 'typing' : 'none',
      });
    } finally {
      this.#isSubmitting = false;
    }
    carried.keep();
  }

  /** Hands over an edit that the view shows already. If the session refuses it, it is taken back in a moment, with all that follow. */
  take(edit: ViewEdit): void {
    if (this.#view === undefined || this.#isAstray) return;
    try {
      if (canWrite(this.#session)) return this.submit(edit);
    } catch {
      // Whatever it is, the view has to go back.
    }
    this.#isAstray = true;
    // A view cannot be changed while it tells of a change.
    queueMicrotask(() => {
      if (this.#isAstray) this.showAll();
    });
  }

  /** Tells the others where the own caret is. */
  tellSelection(ranges: readonly SelectionRange[]): void {
    this.#session.setSelection(this.#carry(ranges));
  }

  /** Undoes or redoes. Always true: the browser's own undo must not step in. */
  retract(direction: Retraction): boolean {
    if (this.#view?.isReadOnly !== false) return true;
    this.#release();
    this.#session[direction]();
    return true;
  }

  /** Undoes or redoes if that is what a key, a menu or a keyboard on the screen asks for. */
  retractOn(event: KeyboardEvent | InputEvent): boolean {
    const direction = retractionOf(event);
    if (direction === undefined) return false;
    event.preventDefault();
    return this.retract(direction);
  }

  /** To be called at each step of a composition. */
  extendHold(): void {
    if (this.#holdTimer !== undefined) this.#startHold();
  }

  /** To be called when a composition may have ended. In a task of its own: the next one may begin in the very event that ends this one. */
  releaseSoon(): void {
    setTimeout(() => {
      if (this.#view?.composed === undefined) this.#release();
    });
  }

  #receive({ edit, origin, selection }: SessionEvents['change']): void {
    if (this.#isSubmitting || this.#isAstray) return;
    if (this.#view !== undefined && (origin === 'undo' || origin === 'redo')) {
      this.#release();
      this.#view.lead(edit, whereToLead(edit, selection, this.#session.text.length));
    } else {
      this.#hold.add(edit);
      this.#pace.soon();
    }
  }

  /** Takes what came since the last time, unless it must wait for a composition. */
  #draw(): void {
    if (this.#view === undefined || this.#holdTimer !== undefined) return;
    this.#show(this.#hold.releaseFree(this.#view.composed));
    if (this.#hold.isEmpty) return;
    this.#heldSince = performance.now();
    this.#startHold();
  }

  #startHold(): void {
    clearTimeout(this.#holdTimer);
    const left = this.#heldSince + LONGEST_HOLD - performance.now();
    this.#holdTimer = setTimeout(() => this.#release(), Math.min(LONGEST_REST, left));
  }

  #stopHolding(): void {
    clearTimeout(this.#holdTimer);
    this.#holdTimer = undefined;
  }

  #release(): void {
    this.#stopHolding();
    if (!this.#hold.isEmpty) this.#show(this.#hold.release());
  }

  /** Shows edits that waited, as one, and where the others are. */
  #show(edits: readonly Edit[]): void {
    // While edits wait, positions of the session are not positions of the view; the carets there are carried on.
    this.#view?.show(fold(edits), this.#hold.isEmpty ? this.#caretsOfOthers() : undefined);
  }

  #carry(ranges: readonly SelectionRange[]): SelectionRange[] {
    return ranges.map((range) => this.#hold.carryRange(range));
  }

  #caretsOfOthers(): OtherCaret[] {
    const own = this.#session.self?.id;
    return this.#session.collaborators.flatMap((one) => {
      const range = one.sessionId === own ? undefined : one.cursor?.ranges[0];
      if (range === undefined) return [];
      return [{ sessionId: one.sessionId, ...one.user, ...range, isIdle: one.state !== 'active' }];
    });
  }
}

/** What to select after an undo or redo: what was selected then, or the place that changed. */
function whereToLead(edit: Edit, selection: SessionEvents['change']['selection'], length: number): SelectionRange {
  const [first] = selection ?? [];
  if (first !== undefined && Math.max(first.anchor, first.head) <= length) return first;
  const { to } = changedPlace(edit);
  return { anchor: to, head: to };
}
