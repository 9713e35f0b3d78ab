/** What is remembered of the panel in this browser. */
interface Remembered {
  readonly tab: string;
  readonly isOpen: boolean;
}

const KEY = 'weft:side';

/** Which tab is open beside the text, if any. The same in every document, and remembered. */
export class Side {
  #open = $state.raw<string | undefined>(undefined);
  #last: string | undefined;
  #takesFocus = $state.raw<object | undefined>(undefined);

  /** `known`: the ids of the tabs there are. `canReopen`: the panel comes back as it was left. */
  constructor(known: readonly string[], { canReopen }: { readonly canReopen: boolean }) {
    const remembered = readRemembered();
    if (remembered === undefined || !known.includes(remembered.tab)) return;
    this.#last = remembered.tab;
    if (canReopen && remembered.isOpen) this.#open = remembered.tab;
  }

  /** The id of the open tab. */
  get open(): string | undefined {
    return this.#open;
  }

  /** Another one each time that a key asked for the panel, which takes the focus then. */
  get takesFocus(): object | undefined {
    return this.#takesFocus;
  }

  show(tab: string, { takesFocus = false } = {}): void {
    this.#open = this.#last = tab;
    this.#takesFocus = takesFocus ? {} : undefined;
    this.#remember();
  }

  close(): void {
    this.#open = undefined;
    this.#remember();
  }

  #remember(): void {
    if (this.#last === undefined) return;
    const remembered: Remembered = { tab: this.#last, isOpen: this.#open !== undefined };
    try {
      localStorage.setItem(KEY, JSON.stringify(remembered));
    } catch {
      // Then it is remembered in this tab alone.
    }
  }
}

function readRemembered(): Remembered | undefined {
  try {
    const { tab, isOpen } = JSON.parse(localStorage.getItem(KEY) ?? '') as Partial<Remembered>;
    return typeof tab === 'string' ? { tab, isOpen: isOpen === true } : undefined;
  } catch {
    return undefined;
  }
}
