import type { ErrorCode } from '../../protocol/errors.ts';
import type { Collaborator } from '../../protocol/presence-messages.ts';
import type { Role } from '../../protocol/roles.ts';
import { compose, type Edit } from '../../text/edit.ts';
import type { SelectionRange } from '../../text/position.ts';
import type { SessionStatus } from './session-status.ts';

/** Why `session.text` changed: typed here, typed elsewhere, undone, redone, or replaced by the server's whole text. */
export type ChangeOrigin = 'local' | 'remote' | 'undo' | 'redo' | 'reset';

/** What a document session tells. What one frame brought is told together, after the whole frame was read. */
export interface SessionEvents {
  /** The first text is here. */
  ready: undefined;
  /**
   * `session.text` has changed by `edit`, which is applied already. An undo brings the `selection` from before the edit that it
   * took back, if the editor had told one.
   */
  change: {
    readonly edit: Edit;
    readonly origin: ChangeOrigin;
    readonly selection?: readonly SelectionRange[] | undefined;
  };
  status: SessionStatus;
  /** People came, went or changed, or carets moved. Not told for local edits: the view carries what it draws. */
  collaborators: readonly Collaborator[];
  /** The title changed, or whether somebody named the document. */
  title: string;
  role: Role;
  /** The server went back to a backup. `text` was the local text before the two were merged. */
  fork: { readonly text: string };
  /** An edit could not be taken and stays unsaved; `text` is the whole text as the person has it. */
  refusedEdit: { readonly code: ErrorCode; readonly message: string; readonly text: string };
  /** Whether unsent edits would survive a crash of this tab. */
  keepsUnsent: boolean;
}

type Change = SessionEvents['change'];

/**
 * Tells handlers what happened, one event after the other: an event that a handler causes waits until all have heard the one
 * before, so that every handler sees the changes of the text in their order. If a handler throws, the others still hear the
 * event; the error surfaces on its own.
 */
export class SessionEmitter {
  readonly #handlers = new Map<keyof SessionEvents, Set<(value: never) => void>>();
  #queue: (() => void)[] = [];
  #isTelling = false;
  /** What a frame has brought so far, while it is read. */
  #frame:
    | { change: Change | undefined; others: (() => void)[]; people: (() => readonly Collaborator[]) | undefined }
    | undefined;

  /** Returns the function that ends it. */
  on<K extends keyof SessionEvents>(event: K, handler: (value: SessionEvents[K]) => void): () => void {
    const handlers = this.#handlers.get(event) ?? new Set();
    this.#handlers.set(event, handlers);
    handlers.add(handler);
    return () => void handlers.delete(handler);
  }

  /** Holds back the events of `run` until it returns: then the change of the text is told, as one edit, and then the others. */
  batch(run: () => void): void {
    this.#frame = { change: undefined, others: [], people: undefined };
    try {
      run();
    } finally {
      const { change, others, people } = this.#frame;
      this.#frame = undefined;
      if (change !== undefined && change.edit.length > 0) this.#queue.push(() => this.#emit('change', change));
      this.#queue.push(...others);
      if (people !== undefined) this.#queue.push(() => this.#emit('collaborators', people()));
      this.#tellQueue();
    }
  }

  emit<K extends keyof SessionEvents>(event: K, value: SessionEvents[K]): void {
    (this.#frame?.others ?? this.#queue).push(() => this.#emit(event, value));
    this.#tellQueue();
  }

  emitChange(change: Change): void {
    if (this.#frame === undefined) return this.emit('change', change);
    const before = this.#frame.change;
    if (before === undefined) this.#frame.change = change;
    else {
      const origin = before.origin === 'reset' ? 'reset' : change.origin;
      this.#frame.change = { edit: compose(before.edit, change.edit), origin };
    }
  }

  /** Tells it once per frame, however often it is called; the list is made when it is told. */
  emitCollaborators(list: () => readonly Collaborator[]): void {
    if (this.#frame === undefined) this.emit('collaborators', list());
    else this.#frame.people = list;
  }

  #tellQueue(): void {
    if (this.#isTelling || this.#frame !== undefined) return;
    this.#isTelling = true;
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) next();
    this.#isTelling = false;
  }

  #emit<K extends keyof SessionEvents>(event: K, value: SessionEvents[K]): void {
    for (const handler of [...(this.#handlers.get(event) ?? [])] as ((value: SessionEvents[K]) => void)[]) {
      try {
        handler(value);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
