import { syntaxTree } from '@codemirror/language';
import type { ChangeSpec, EditorState, Extension, TransactionSpec } from '@codemirror/state';
import { EditorView, ViewPlugin, type PluginValue, type ViewUpdate } from '@codemirror/view';
import { editorWords } from '../../words/en/editor.ts';
import { selectedLines, startLength, startOf } from './line-start.ts';

/** Marks the box of a task in the text; markdown-layout.ts gives it to each box on the screen. */
export const TASK_CLASS = 'weft-task';

/** Ticks or clears the tasks of the selected lines, all as the first of them; undefined if there are none. */
export function tickTasks(state: EditorState): TransactionSpec | undefined {
  const boxes = selectedLines(state).flatMap(({ from, text }) => {
    const start = startOf(text);
    return start.kind === 'task' ? [boxWithin(state, from, from + startLength(start))] : [];
  });
  return boxes.length === 0 ? undefined : ticked(state, boxes);
}

/** Ticks or clears a task by its box, which begins at `from`, in UTF-16 units; undefined if there is none. */
export function tickTaskAt(state: EditorState, from: number): TransactionSpec | undefined {
  return /^\[[ xX]\]$/.test(state.sliceDoc(from, from + 3)) ? ticked(state, [from]) : undefined;
}

/** The change of one letter for each box, so that it meets the edits of others as any other does. */
function ticked(state: EditorState, boxes: readonly number[]): TransactionSpec {
  const isDone = state.sliceDoc(boxes[0]! + 1, boxes[0]! + 2) !== ' ';
  const insert = isDone ? ' ' : 'x';
  const changes = boxes.map((from): ChangeSpec => ({ from: from + 1, to: from + 2, insert }));
  return {
    changes,
    effects: EditorView.announce.of(isDone ? editorWords.cleared : editorWords.ticked),
    userEvent: 'input.tick',
  };
}

function boxWithin(state: EditorState, from: number, to: number): number {
  return from + state.sliceDoc(from, to).lastIndexOf('[');
}

/**
 * A click on the box of a task ticks it. The caret stays where it is, and no keyboard comes up. Where words are composed, the last one
 * stays open until the next key, on phones in every language: it is ended first, because the browser owns its line.
 */
class TaskClicks implements PluginValue {
  /** The box that is to be ticked when the composition has ended. */
  #waiting: number | undefined;

  update({ docChanged, changes }: ViewUpdate): void {
    if (docChanged && this.#waiting !== undefined) this.#waiting = changes.mapPos(this.#waiting);
  }

  destroy(): void {
    this.#waiting = undefined;
  }

  press(event: MouseEvent, view: EditorView): boolean {
    const isPlain = event.button === 0 && !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey;
    const box = isPlain && !view.state.readOnly ? boxUnder(event, view) : undefined;
    if (box === undefined) return false;
    event.preventDefault();
    if (view.compositionStarted) {
      this.#waiting = box;
      view.contentDOM.blur();
      view.focus();
      // The view reads what the composition left before that.
      setTimeout(() => this.#tickWaiting(view));
    } else tick(view, box);
    return true;
  }

  #tickWaiting(view: EditorView): void {
    const box = this.#waiting;
    this.#waiting = undefined;
    if (box !== undefined && !view.state.readOnly && !view.compositionStarted) tick(view, box);
  }
}

export const taskClicks: Extension = ViewPlugin.fromClass(TaskClicks, {
  eventHandlers: {
    mousedown(event, view) {
      return this.press(event, view);
    },
  },
});

function tick(view: EditorView, box: number): void {
  const change = tickTaskAt(view.state, box);
  if (change !== undefined) view.dispatch(change);
}

/** Where the box of a task that was pressed begins, in UTF-16 units. */
function boxUnder(event: MouseEvent, view: EditorView): number | undefined {
  const box = event.target instanceof Element ? event.target.closest(`.${TASK_CLASS}`) : null;
  if (box === null) return undefined;
  const marker = syntaxTree(view.state).resolveInner(view.posAtDOM(box), 1);
  return marker.name === 'TaskMarker' ? marker.from : undefined;
}
