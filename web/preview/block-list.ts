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
    const before = this.#shown;
    const [start, end] = unchanged(before, blocks);
    const old = before.slice(start, before.length - end);
    const known = new Map<number, HTMLElement[]>();
    for (const { block, element } of old.toReversed()) {
      const same = known.get(block.key);
      if (same === undefined) known.set(block.key, [element]);
      else same.push(element);
    }
    const fresh: ShownBlock[] = [];
    let since = performance.now();
    for (const block of blocks.slice(start, blocks.length - end)) {
      fresh.push({ block, element: known.get(block.key)?.pop() ?? this.#make(block) });
      if (performance.now() - since < SLICE) continue;
      await nextTask();
      if (call !== this.#calls) return;
      since = performance.now();
    }
    const offset = before.length - blocks.length;
    const next = blocks.map((block, index): ShownBlock => {
      if (index < start) return { block, element: before[index]!.element };
      return fresh[index - start] ?? { block, element: before[index + offset]!.element };
    });
    arrange(() => {
      this.#exchange(old, fresh, before[before.length - end]?.element ?? null);
      this.root.classList.toggle('is-long', next.length > MANY);
      this.#shown = next;
    });
  }

  #make(block: FilledBlock): HTMLElement {
    const element = document.createElement('div');
    element.className = 'block';
    element.append(elementsOf(block.nodes));
    writeWords(element);
    this.#onMade(element);
    return element;
  }

  /** Puts `fresh` in the place of `old`, in front of `end`; elements that are in both stay in the page. */
  #exchange(old: readonly ShownBlock[], fresh: readonly ShownBlock[], end: HTMLElement | null): void {
    const places = new Map(fresh.map(({ element }, index) => [element, index]));
    let place: Element | null = old.find(({ element }) => places.has(element))?.element ?? end;
    let last = -1;
    for (const { element } of old) {
      const stays = places.get(element);
      if (stays === undefined) {
        // What follows the same neighbour is the same block in other words.
        takeOver(element, fresh[last + 1]?.element);
        element.remove();
      }
      last = stays ?? last + 1;
    }
    for (const { block, element } of fresh) {
      element.classList.toggle('goes-on', block.goesOn);
      if (element === place) place = place.nextElementSibling;
      else this.root.insertBefore(element, place);
    }
  }
}

/** How many blocks are the same at the beginning, and how many of the others at the end. */
function unchanged(before: readonly ShownBlock[], blocks: readonly FilledBlock[]): [start: number, end: number] {
  const most = Math.min(before.length, blocks.length);
  const isSame = (old: ShownBlock | undefined, block: FilledBlock | undefined): boolean =>
    old?.block.key === block?.key && old?.block.goesOn === block?.goesOn;
  let start = 0;
  while (start < most && isSame(before[start], blocks[start])) start += 1;
  let end = 0;
  while (end < most - start && isSame(before.at(-1 - end), blocks.at(-1 - end))) end += 1;
  return [start, end];
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
