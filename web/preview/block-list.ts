import { nextTask } from '../editor/binding/pace.ts';
import { elementsOf, writeWords } from './elements.ts';
import type { FilledBlock } from './renderer.ts';

/** Milliseconds for which elements are made before the page may draw and hear keys. */
const SLICE = 8;
/** Blocks from which on those that cannot be seen are not laid out. */
const MANY = 300;
const FOCUSABLE = 'a[href], input, summary, pre, .wide';

/** A block as it is shown. */
export interface ShownBlock {
  readonly block: FilledBlock;
  readonly element: HTMLElement;
}

/** The rendered document in the page. After an edit only the blocks are exchanged that it changed. */
export class BlockList {
  readonly root: HTMLElement;
  readonly #onMade: (block: HTMLElement) => void;
  #shown: readonly ShownBlock[] = [];
  /** Counts calls of `show`: a newer one ends those before it. */
  #calls = 0;

  /** `onMade` hears of every block before it is shown. */
  constructor(root: HTMLElement, onMade: (block: HTMLElement) => void) {
    this.root = root;
    this.#onMade = onMade;
  }

  get shown(): readonly ShownBlock[] {
    return this.#shown;
  }

  /**
   * Shows these blocks; elements are made in slices, and put in at once by what is handed to `arrange`. Nothing is done if a newer
   * call comes meanwhile.
   */
  async show(blocks: readonly FilledBlock[], arrange: (change: () => void) => void): Promise<void> {
    this.#calls += 1;
    const call = this.#calls;
    const known = new Map<number, HTMLElement[]>();
    for (const { block, element } of this.#shown) known.set(block.key, [...(known.get(block.key) ?? []), element]);
    for (const elements of known.values()) elements.reverse();
    const next: ShownBlock[] = [];
    let since = performance.now();
    for (const block of blocks) {
      const element = known.get(block.key)?.pop() ?? this.#make(block);
      next.push({ block, element });
      if (performance.now() - since < SLICE) continue;
      await nextTask();
      if (call !== this.#calls) return;
      since = performance.now();
    }
    arrange(() => this.#arrange(next));
  }

  #make(block: FilledBlock): HTMLElement {
    const element = document.createElement('div');
    element.className = 'block';
    element.append(elementsOf(block.nodes));
    writeWords(element);
    this.#onMade(element);
    return element;
  }

  #arrange(next: readonly ShownBlock[]): void {
    const before = this.#shown;
    const places = new Map(next.map(({ element }, index) => [element, index]));
    let last = -1;
    for (const { element } of before) {
      const place = places.get(element);
      if (place === undefined) {
        // What follows the same neighbour is the same block in other words.
        takeOver(element, next[last + 1]?.element);
        element.remove();
      }
      last = place ?? last + 1;
    }
    let place = this.root.firstElementChild;
    for (const { block, element } of next) {
      element.classList.toggle('goes-on', block.goesOn);
      if (element === place) place = place.nextElementSibling;
      else this.root.insertBefore(element, place);
    }
    this.root.classList.toggle('is-long', next.length > MANY);
    this.#shown = next;
  }
}

/** What is open stays open, and who was at the third link of a block, or ticked its third task, is there again. */
function takeOver(old: HTMLElement, fresh: HTMLElement | undefined): void {
  if (fresh === undefined) return;
  const details = fresh.querySelectorAll('details');
  for (const [index, one] of old.querySelectorAll('details').entries())
    if (details[index] !== undefined) details[index].open = one.open;
  if (!old.contains(document.activeElement)) return;
  const place = [...old.querySelectorAll(FOCUSABLE)].indexOf(document.activeElement!);
  // It is not in the page yet.
  queueMicrotask(() => fresh.querySelectorAll<HTMLElement>(FOCUSABLE)[place]?.focus({ preventScroll: true }));
}
