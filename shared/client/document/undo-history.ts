import { compose, IDENTITY, invert, type Edit, type TextSource } from '../../text/edit.ts';
import { mapRange, type SelectionRange } from '../../text/position.ts';
import { transformPair } from '../../text/transform.ts';
import type { Clock } from '../transport/transport.ts';

/** Typing joins the step before it within this time, in milliseconds. */
const GROUP_WITHIN = 500;
/** Steps that are kept. */
const STEPS_MAX = 1000;

interface Step {
  /** Takes the step back; applies to the text at its time. */
  edit: Edit;
  /** What others changed since the step was the newest, not yet carried into it. */
  pending: Edit;
  /** What was selected before the step. */
  selection: readonly SelectionRange[] | undefined;
}

/** What an undo or redo does to the text, and what to select then, if that is known. */
export interface Retraction {
  readonly edit: Edit;
  readonly selection: readonly SelectionRange[] | undefined;
}

/**
 * Undo and redo of one's own edits only. A stack of inverses; others' edits are composed onto the newest step, and are carried
 * one step down when that step is looked at, so that a remote edit costs the same however long the history is.
 */
export class UndoHistory {
  readonly #clock: Clock;
  #done: Step[] = [];
  #undone: Step[] = [];
  /** When the newest step last grew; undefined if it must not grow any more. */
  #openSince: number | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get canUndo(): boolean {
    return settle(this.#done) !== undefined;
  }

  get canRedo(): boolean {
    return settle(this.#undone) !== undefined;
  }

  /** A local edit is about to be applied to `before`. */
  record(edit: Edit, before: TextSource, options: { selection?: readonly SelectionRange[]; isTyping: boolean }): void {
    const inverse = invert(edit, before);
    const now = this.#clock.monotonic();
    const top = this.#openSince !== undefined && options.isTyping ? settle(this.#done) : undefined;
    if (top !== undefined && now - this.#openSince! < GROUP_WITHIN && touches(top.edit, edit)) {
      top.edit = compose(inverse, top.edit);
    } else {
      this.#done.push({ edit: inverse, pending: IDENTITY, selection: options.selection });
      if (this.#done.length > STEPS_MAX) this.#done.shift();
    }
    this.#undone = [];
    this.#openSince = options.isTyping ? now : undefined;
  }

  /** Somebody else's edit of the visible text. */
  carry(edit: Edit): void {
    for (const stack of [this.#done, this.#undone]) {
      const top = stack.at(-1);
      if (top !== undefined) top.pending = compose(top.pending, edit);
    }
  }

  /** Undoes the newest step that still does something; the caller applies the edit to `text`. */
  undo(text: TextSource): Retraction | undefined {
    return this.#move(this.#done, this.#undone, text);
  }

  /** Redoes what was undone last; the caller applies the edit to `text`. */
  redo(text: TextSource): Retraction | undefined {
    return this.#move(this.#undone, this.#done, text);
  }

  #move(from: Step[], to: Step[], text: TextSource): Retraction | undefined {
    const step = settle(from);
    if (step === undefined) return undefined;
    from.pop();
    to.push({ edit: invert(step.edit, text), pending: IDENTITY, selection: undefined });
    this.#openSince = undefined;
    return { edit: step.edit, selection: step.selection };
  }
}

/** The newest step, carried over what others did since. Steps of which nothing is left are dropped. */
function settle(stack: Step[]): Step | undefined {
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    // The others' edits in the role that goes left: what comes back then stands behind what they wrote in front of its place.
    const { later: others, earlier: edit } = transformPair(top.pending, top.edit);
    const below = stack.at(-2);
    if (below !== undefined) below.pending = compose(below.pending, others);
    top.edit = edit;
    top.pending = IDENTITY;
    top.selection = top.selection?.map((range) => mapRange(range, others));
    if (edit.length > 0) return top;
    stack.pop();
  }
  return undefined;
}

/** True if an edit begins or ends at the place that the step before it changed. */
function touches(inverse: Edit, edit: Edit): boolean {
  const last = span(inverse);
  const next = span(edit);
  return next.from <= last.to && next.to >= last.from;
}

/** From the first to the last place that an edit changes, in the text before it. */
function span(edit: Edit): { from: number; to: number } {
  let position = 0;
  for (const part of edit) if (typeof part === 'number') position += Math.abs(part);
  return { from: typeof edit[0] === 'number' && edit[0] > 0 ? edit[0] : 0, to: position };
}
