import type { Transaction } from './trace.ts';

/** A character that somebody typed, for good. */
interface Item {
  readonly character: string;
  /** Per agent: whether it stands in that agent's text now. */
  readonly visible: boolean[];
}

/** What a transaction did, by the identity of characters. */
interface Effect {
  readonly inserted: readonly Item[];
  readonly deleted: readonly Item[];
}

/**
 * What each author of a concurrent trace had in front of them: their own typing and as much of the others' as they had seen.
 * Characters keep their identity here, so that positions can be followed without the product's algebra; what is typed at one
 * place by two people at once stands later-first.
 */
export class Branches {
  /** All characters ever typed, in their final order. */
  readonly #order: Item[] = [];
  readonly #texts: Item[][];
  readonly #effects: Effect[][];
  readonly #merged: number[][];

  constructor(agents: number) {
    this.#texts = Array.from({ length: agents }, () => []);
    this.#effects = Array.from({ length: agents }, () => []);
    this.#merged = Array.from({ length: agents }, () => new Array<number>(agents).fill(0));
  }

  /** The text of an agent. */
  text(agent: number): string {
    return this.#texts[agent]!.map((item) => item.character).join('');
  }

  /** Brings an agent's text to what it was before a transaction of theirs; true where that changed it. */
  see(agent: number, seen: readonly number[]): boolean {
    let changed = false;
    seen.forEach((count, other) => {
      if (other === agent) return;
      const merged = this.#merged[agent]!;
      for (; merged[other]! < count; merged[other]! += 1) {
        this.#merge(agent, this.#effects[other]![merged[other]!]!);
        changed = true;
      }
    });
    return changed;
  }

  /** Has an agent type a transaction whose parents were seen. */
  type({ agent, edit }: Transaction): void {
    const text = this.#texts[agent]!;
    const inserted: Item[] = [];
    const deleted: Item[] = [];
    let position = 0;
    for (const part of edit) {
      if (typeof part === 'string') {
        const items = [...part].map((character) => this.#newItem(character, agent));
        const left = text[position - 1];
        this.#order.splice(left === undefined ? 0 : this.#order.indexOf(left) + 1, 0, ...items);
        text.splice(position, 0, ...items);
        inserted.push(...items);
        position += items.length;
      } else if (part > 0) {
        position += part;
      } else {
        const gone = text.splice(position, -part);
        for (const item of gone) item.visible[agent] = false;
        deleted.push(...gone);
      }
    }
    this.#effects[agent]!.push({ inserted, deleted });
  }

  #newItem(character: string, agent: number): Item {
    const visible = this.#texts.map((_, index) => index === agent);
    return { character, visible };
  }

  #merge(agent: number, effect: Effect): void {
    const text = this.#texts[agent]!;
    for (const item of effect.deleted) {
      if (!item.visible[agent]) continue;
      item.visible[agent] = false;
      text.splice(text.indexOf(item), 1);
    }
    for (const item of effect.inserted) {
      let before = this.#order.indexOf(item) - 1;
      while (before >= 0 && !this.#order[before]!.visible[agent]) before -= 1;
      const position = before < 0 ? 0 : text.indexOf(this.#order[before]!) + 1;
      item.visible[agent] = true;
      text.splice(position, 0, item);
    }
  }
}
