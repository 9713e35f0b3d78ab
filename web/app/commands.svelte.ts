import { untrack } from 'svelte';
import { isShortcut, SHORTCUTS, type ShortcutId } from '../editor/keys/shortcuts.ts';

/** What commands are about, in the order in which they are listed. */
export const COMMAND_GROUPS = ['document', 'people', 'text', 'view', 'weft'] as const;

/** Where a shortcut may be pressed. */
type Place = (typeof SHORTCUTS)[ShortcutId]['where'][number];

/** Something that a person can do here, by typing its name, from a menu or with a shortcut. */
export interface Command {
  readonly id: string;
  /** In the chosen language; read whenever it is shown. */
  label(): string;
  /** Other words by which it is found. */
  also?(): string;
  /** What it is about; the document, if it does not say. */
  readonly group?: (typeof COMMAND_GROUPS)[number];
  /** Its row in the table of shortcuts. */
  readonly shortcut?: ShortcutId;
  /** On or off, of what is switched. */
  isOn?(): boolean;
  /** False while it cannot be done; it is not shown then. */
  isAvailable?(): boolean;
  run(): void;
}

/** What can be done at the moment: every part of the page offers what is its own for as long as it is there. */
export class Commands {
  #offers = $state.raw<readonly (readonly Command[])[]>([]);
  #sources = $state.raw<readonly (() => readonly Command[])[]>([]);

  /** Those that can be done now, in the order in which they were offered. */
  get list(): readonly Command[] {
    return this.#offers.flat().filter((command) => command.isAvailable?.() ?? true);
  }

  /** What is found by typing alone, because there can be much of it. It is made when it is read. */
  get typed(): readonly Command[] {
    return this.#sources.flatMap((source) => source());
  }

  find(id: string): Command | undefined {
    return this.list.find((command) => command.id === id);
  }

  /** Returns the function that takes them away. */
  offer(commands: readonly Command[]): () => void {
    // Effects that offer must not run again because others do.
    untrack(() => (this.#offers = [...this.#offers, commands]));
    return () => untrack(() => (this.#offers = this.#offers.filter((one) => one !== commands)));
  }

  /** Offers what `typed` tells. Returns the function that takes it away. */
  offerTyped(source: () => readonly Command[]): () => void {
    untrack(() => (this.#sources = [...this.#sources, source]));
    return () => untrack(() => (this.#sources = this.#sources.filter((one) => one !== source)));
  }

  /** Offers what has to be loaded first, and nothing if it cannot be. Returns the function that takes it away, loaded or not. */
  offerLater(load: () => Promise<readonly Command[]>): () => void {
    let end: (() => void) | undefined;
    let isOver = false;
    load().then(
      (commands) => {
        if (!isOver) end = this.offer(commands);
      },
      () => undefined,
    );
    return () => {
      isOver = true;
      end?.();
    };
  }

  /** Carries out the command whose shortcut was pressed in `where`; false if there is none. */
  press(event: KeyboardEvent, where: Place): boolean {
    if (isTyping(event)) return false;
    const command = this.list.find(
      ({ shortcut }) =>
        shortcut !== undefined &&
        (SHORTCUTS[shortcut].where as readonly Place[]).includes(where) &&
        isShortcut(shortcut, event),
    );
    command?.run();
    return command !== undefined;
  }
}

/** A letter or sign for the field that has the focus. */
function isTyping({ key, ctrlKey, metaKey, target }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || [...key].length > 1) return false;
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}
