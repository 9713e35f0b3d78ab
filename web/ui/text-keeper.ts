/** What replaced a text of ours in the page. */
interface Cover {
  readonly nodes: Node[];
  /** What the text said when it was covered. */
  readonly words: string;
}

const WATCHED: MutationObserverInit = {
  ...{ childList: true, subtree: true },
  ...{ characterData: true, characterDataOldValue: true },
};

/**
 * Keeps the texts of the page up to date under translators and extensions. These replace text nodes by elements of their own, or
 * wrap and split them. The framework still writes into the nodes it made, which are no longer visible, and uses them as boundaries
 * of what it removes. So a replaced node is put back, empty, in front of its replacement (its cover); when it is written to or
 * removed, the cover goes. The editor looks after its own text.
 */
export class TextKeeper {
  readonly #covers = new WeakMap<Node, Cover>();
  /** The text that lies under a node. */
  readonly #under = new WeakMap<Node, Text>();
  readonly #observer = new MutationObserver((records) => this.#look(records));

  /** Begins to watch what is in `root`. */
  keep(root: Node): void {
    this.#observer.observe(root, WATCHED);
  }

  #look(records: readonly MutationRecord[]): void {
    /** Covered in this very look: what was written to them meanwhile is in `words`. */
    const fresh = new Set<Node>();
    for (const [index, record] of records.entries()) {
      const { target, type } = record;
      if (type === 'characterData') {
        if (this.#covers.has(target)) this.#uncover(target as Text, fresh.has(target));
        else this.#lookForCut(target as Text, record.oldValue ?? '', fresh);
        continue;
      }
      for (const node of record.removedNodes) {
        if (this.#under.has(node)) this.#follow(node, record);
        else if (isText(node) && !isInEditor(target)) this.#lookFor(node, record, records.slice(index + 1), fresh);
      }
      const before = record.previousSibling;
      const under = before !== null && isText(before) ? this.#under.get(before) : undefined;
      // A piece over a text was cut in two.
      if (under !== undefined) this.#add(under, [...record.addedNodes].filter(isText));
    }
    // All that is left was done here.
    this.#observer.takeRecords();
  }

  /** A text was taken away: by the framework, or by somebody who put something into its place. */
  #lookFor(text: Text, record: MutationRecord, later: readonly MutationRecord[], fresh: Set<Node>): void {
    const cover = this.#covers.get(text);
    const inItsPlace =
      cover !== undefined && text.isConnected && text.data === '' ? [] : placeTakers(text, record, later);
    if (inItsPlace.some((node) => this.#under.has(node))) return;
    if (inItsPlace.length > 0 && cover === undefined) {
      this.#cover(text, inItsPlace);
      fresh.add(text);
    } else if (inItsPlace.length > 0) {
      // Somebody covers even what is empty; who puts it back once more does so for ever.
      this.#add(text, inItsPlace);
      this.#observer.observe(text, WATCHED);
    } else if (cover !== undefined && text.isConnected) {
      // It was moved.
      text.after(...cover.nodes);
    } else if (cover !== undefined) {
      this.#uncover(text, true);
    }
  }

  /** Somebody who marks words cuts a text into pieces, and puts others into the place of some. */
  #lookForCut(text: Text, before: string, fresh: Set<Node>): void {
    if (text.data === '' || !before.startsWith(text.data) || isInEditor(text)) return;
    const pieces: Node[] = [];
    let words = text.data;
    for (let next = text.nextSibling; next !== null && words.length < before.length; next = next.nextSibling) {
      pieces.push(next);
      words += next.textContent ?? '';
    }
    if (pieces.length === 0 || words !== before) return;
    const piece = document.createTextNode(text.data);
    text.after(piece);
    text.data = before;
    this.#cover(text, [piece, ...pieces]);
    fresh.add(text);
  }

  #cover(text: Text, nodes: readonly Node[]): void {
    const words = text.data;
    // It was not replaced but wrapped: what wraps it gets a copy.
    if (nodes.some((node) => node.contains(text))) text.replaceWith(text.cloneNode());
    (nodes[0] as ChildNode).before(text);
    text.data = '';
    this.#covers.set(text, { nodes: [], words });
    this.#add(text, nodes);
  }

  #add(text: Text, nodes: readonly Node[]): void {
    this.#covers.get(text)?.nodes.push(...nodes);
    for (const node of nodes) this.#under.set(node, text);
  }

  /** The text counts again; `asItWas` puts back what it said. */
  #uncover(text: Text, asItWas: boolean): void {
    const { nodes, words } = this.#covers.get(text)!;
    this.#covers.delete(text);
    if (asItWas && text.data === '') text.data = words;
    const shown = nodes.find((node) => node.parentNode !== null) as ChildNode | undefined;
    if (!text.isConnected && shown?.isConnected === true && !asItWas) shown.before(text);
    for (const node of nodes) {
      this.#under.delete(node);
      (node as ChildNode).remove();
    }
  }

  /** What stood over a text was taken away: for something else, or to show it again. */
  #follow(node: Node, { addedNodes }: MutationRecord): void {
    const text = this.#under.get(node)!;
    const cover = this.#covers.get(text);
    if (cover === undefined || node.isConnected) return;
    this.#under.delete(node);
    cover.nodes.splice(cover.nodes.indexOf(node), 1);
    this.#add(
      text,
      [...addedNodes].filter((added) => added !== text),
    );
    if (cover.nodes.length === 0) this.#uncover(text, true);
  }
}

function isText(node: Node): node is Text {
  return node.nodeType === Node.TEXT_NODE;
}

function isInEditor(node: Node): boolean {
  const element = node instanceof Element ? node : node.parentElement;
  return element !== null && element.closest('.cm-editor') !== null;
}

/** What somebody put in the place of a text. The framework replaces nothing in one step, wraps no text, and makes no `font`. */
function placeTakers(text: Text, record: MutationRecord, later: readonly MutationRecord[]): readonly Node[] {
  const { target, previousSibling, nextSibling, addedNodes } = record;
  const isThere = (node: Node | null): node is Node => node !== null && node !== text && node.parentNode === target;
  if (record.removedNodes.length === 1 && addedNodes.length > 0) return [...addedNodes].filter(isThere);
  let around: Node | null = text.parentNode;
  while (around !== null && around.parentNode !== target) around = around.parentNode;
  if (around !== null) return [around];
  const isFont = (node: Node | null): node is Node => isThere(node) && node.nodeName === 'FONT';
  const beside = [previousSibling, nextSibling].filter(isFont).slice(0, 1);
  if (beside.length > 0) return beside;
  const same = later.find(
    (one) => one.target === target && one.previousSibling === previousSibling && one.nextSibling === nextSibling,
  );
  return [...(same?.addedNodes ?? [])].filter(isFont);
}
