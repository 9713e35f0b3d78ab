import type { ShownBlock } from './block-list.ts';

/** A line of the text, from 0, and the distance of where it is rendered from the top of the document, in pixels. */
interface Anchor {
  readonly line: number;
  readonly top: number;
}

/** Where the lines of the text are in the rendered document, as it is laid out now. Between known places lines count evenly. */
export class LineMap {
  readonly #root: HTMLElement;
  readonly #blocks: readonly ShownBlock[];

  constructor(root: HTMLElement, shown: readonly ShownBlock[]) {
    this.#root = root;
    this.#blocks = shown.filter(({ block }) => block.line !== undefined);
  }

  /** Pixels from the top of the document to a line, which may have a fraction. */
  topOf(line: number): number {
    const index = lastIndex(this.#blocks, ({ block }) => block.line! <= line);
    return between(this.#anchors(index), line, 'line', 'top');
  }

  /** The line, with its fraction, that is so many pixels below the top of the document. */
  lineAt(top: number): number {
    const index = lastIndex(this.#blocks, ({ element }) => this.#top(element) <= top);
    return between(this.#anchors(index), top, 'top', 'line');
  }

  /** Known places from the beginning of a block (-1 is what is before all) to that of the next, rising in both. */
  #anchors(index: number): Anchor[] {
    const shown = this.#blocks[index];
    const next = this.#blocks[index + 1];
    const anchors: Anchor[] = [];
    const add = (line: number, top: number): void => {
      const last = anchors.at(-1);
      if (last === undefined || (line > last.line && top > last.top)) anchors.push({ line, top });
    };
    if (shown === undefined || index < 0) add(0, 0);
    else {
      const first = shown.block.line!;
      const bottom = this.#edge(shown.element) + shown.element.offsetHeight;
      // The text begins at the very top, whatever stands above its first line.
      add(index === 0 ? 0 : first, index === 0 ? 0 : this.#top(shown.element));
      for (const inner of shown.element.querySelectorAll<HTMLElement>('[data-line]')) {
        const top = this.#edge(inner);
        if (top < bottom) add(first + Number(inner.dataset['line']), top);
      }
      if (next === undefined) add(first + shown.block.lines, bottom);
    }
    if (next !== undefined) add(next.block.line!, this.#top(next.element));
    return anchors;
  }

  /** The top of what is seen of an element: blocks begin with the space above their content. */
  #top(element: Element): number {
    return this.#edge(element.firstElementChild ?? element);
  }

  #edge(element: Element): number {
    return element.getBoundingClientRect().top - this.#root.getBoundingClientRect().top;
  }
}

type Side = keyof Anchor;

function between(anchors: readonly Anchor[], value: number, from: Side, to: Side): number {
  const index = Math.max(
    0,
    lastIndex(anchors, (anchor) => anchor[from] <= value),
  );
  const [low, high] = [anchors[index]!, anchors[index + 1]];
  if (high === undefined) return low[to];
  return low[to] + ((value - low[from]) / (high[from] - low[from])) * (high[to] - low[to]);
}

/** The last index for which `isBefore` holds, which holds up to some point; -1 if for none. */
function lastIndex<Item>(items: readonly Item[], isBefore: (item: Item) => boolean): number {
  let [low, high] = [-1, items.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (isBefore(items[middle]!)) low = middle;
    else high = middle - 1;
  }
  return low;
}
