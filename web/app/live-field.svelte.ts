import { createSubscriber } from 'svelte/reactivity';
import { platformClock } from '../../shared/client/transport/platform.ts';
import { isolated } from '../../shared/isolated.ts';
import { appWords } from '../words/en/app.ts';
import { messageOf, type SendOptions } from './api.ts';
import { SavedField, type KeptDraft, type Shelf } from './saved-field.ts';

export interface LiveFieldOptions {
  /** Sends a value to the server. Rejects with ApiError. */
  readonly save: (value: string, options?: SendOptions) => Promise<void>;
  /** A value was not saved. `problem` ends a sentence that begins with the name of the field. */
  readonly failed: (problem: string) => void;
  /** The key in `localStorage` of a value that the server does not have yet. */
  readonly shelf?: string;
}

/** A field that saves itself, as state. */
export class LiveField {
  readonly #field: SavedField;
  readonly #subscribe: () => void;
  #tell = (): void => undefined;

  constructor({ save, failed, shelf }: LiveFieldOptions) {
    this.#subscribe = createSubscriber((update) => {
      this.#tell = update;
    });
    this.#field = new SavedField({
      clock: platformClock,
      save,
      changed: () => this.#tell(),
      failed: (error, value, isFinal) =>
        failed(isFinal ? appWords.notChanged(isolated(value), messageOf(error)) : appWords.notSavedYet),
      ...(shelf !== undefined && { shelf: shelfAt(shelf) }),
    });
  }

  get shown(): string {
    this.#subscribe();
    return this.#field.shown;
  }

  /** What is shown could not be saved. */
  get hasFailed(): boolean {
    this.#subscribe();
    return this.#field.hasFailed;
  }

  tell(value: string): void {
    this.#field.tell(value);
  }

  type(value: string): void {
    this.#field.type(value);
  }

  commit(): void {
    this.#field.commit();
  }

  cancel(): void {
    this.#field.cancel();
  }

  /** Watches the connection and the end of the page. Returns the function that ends it, which sends what was typed. */
  open(): () => void {
    const retry = (): void => this.#field.retry();
    const leave = (): void => this.#field.leave();
    window.addEventListener('online', retry);
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('online', retry);
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }
}

/** A place in `localStorage`; keeps nothing if the browser refuses. */
function shelfAt(key: string): Shelf {
  return {
    read: () => {
      try {
        return (JSON.parse(localStorage.getItem(key) ?? 'null') as KeptDraft | null) ?? undefined;
      } catch {
        return undefined;
      }
    },
    write: (draft) => {
      try {
        if (draft === undefined) localStorage.removeItem(key);
        else localStorage.setItem(key, JSON.stringify(draft));
      } catch {
        // Then it is kept in this tab alone.
      }
    },
  };
}
