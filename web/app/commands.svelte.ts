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

/** Milliseconds for which a shortcut that was pressed before its command was there is still meant. */
const STILL_MEANT = 5_000;

/** What can be done at the moment: every part of the page offers what is its own for as long as it is there. */
export class Commands {
  #offers = $state.raw<readonly (readonly Command[])[]>([]);
  #isIncomplete = false;
  /** Pressed before it was offered, and when. */
  #early: { readonly shortcut: ShortcutId; readonly at: number } | undefined;
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
    untrack(() => {
      this.#offers = [...this.#offers, commands];
      this.#catchUp();
    });
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

  /**
   * From now on more is to be offered: a shortcut that nothing has yet is kept, and carried out when it is offered. Returns the
   * function that ends that.
   */
  expectMore(): () => void {
    this.#isIncomplete = true;
    return () => {
      this.#isIncomplete = false;
      this.#early = undefined;
    };
  }

  /** Carries out the command whose shortcut was pressed in `where`, now or once it is offered; false if there is none. */
  press(event: KeyboardEvent, where: Place): boolean {
    if (isTyping(event)) return false;
    const isPressed = (shortcut: ShortcutId | undefined): shortcut is ShortcutId =>
      shortcut !== undefined &&
      (SHORTCUTS[shortcut].where as readonly Place[]).includes(where) &&
      isShortcut(shortcut, event);
    const command = this.list.find(({ shortcut }) => isPressed(shortcut));
    if (command !== undefined) {
      command.run();
      return true;
    }
    const offered = new Set(this.#offers.flat().map(({ shortcut }) => shortcut));
    const early = (Object.keys(SHORTCUTS) as ShortcutId[]).find((id) => isPressed(id) && !offered.has(id));
    if (!this.#isIncomplete || early === undefined) return false;
    this.#early = { shortcut: early, at: performance.now() };
    return true;
  }

  #catchUp(): void {
    const early = this.#early;
    const command = early && this.list.find(({ shortcut }) => shortcut === early.shortcut);
    if (command === undefined) return;
    this.#early = undefined;
    if (performance.now() - early!.at < STILL_MEANT) command.run();
  }
}

/** A letter or sign for the field that has the focus. */
function isTyping({ key, ctrlKey, metaKey, target }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || [...key].length > 1) return false;
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}
